"""What was said not to be done: no operation may do it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from studio.timeline.model import Fit
from studio.timeline.operations import (
    AddMusic,
    AddText,
    Cut,
    ExtractAudio,
    Fade,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding.lexicon import Thing, things_in
from studio.understanding.writing import Clause, lowered

_NOT = re.compile(
    r"(?:\b(?:no|not|never|without|instead of|rather than)\b|n't\b|\bdont\b)(?P<what>[^,.;:!?\n]{0,30})"
    r"|(?:不要|不用|不是要?|别(?=[把将去删剪裁静消加淡混改调])|不想|无需|不需要|不必)(?P<z_what>[^,;。，；！？!?\n]{0,8})"
)
_KEPT_MUSIC = re.compile(
    r"\b(?:keep|leave|keeping|leaving) (?:the |my )?(?:\w+ )?(?:music|song|bgm)\b(?! (?:out|off))|"
    r"(?:保留|留下|留着)(?:背景)?音乐|音乐[也都]?(?:保留|留着|留下|别动|不动|别删|别去)(?=$|\W)"
)
# Behind these words what is asked for begins again: "not X but Y".
_BUT = re.compile(r"\b(?:but|just|only|instead|and)\b|而是|只|就|改")


# A clause that asks for nothing but that something be left: "leave the speed alone", "音乐不用动".
_ONLY_DENIES = re.compile(
    r"^\W*(?:(?:and|but|so|please|just|ok|hey|no)\b\W*)*(?:(?:don'?t|do not|no need to|never|nothing to|"
    r"you (?:don't|needn't) (?:need |have )?(?:to )?|i (?:don'?t|do not) want (?:it|this|that|you to)) (?:\w+ ){0,2}?"
    r"(?:cut|trim|chang|touch|remov|delet|mut|crop|short|long|loud|quiet|speed|slow|add|fad|edit|let it|split|replac|"
    r"merg)\w*\b|(?:leave|keep) (?:the |my |all |everything )?(?:\w+ ){0,3}(?:alone|as (?:it|they) (?:is|are)|"
    r"untouched|unchanged|as is)\b)"
    r"|^\W*[\u4e00-\u9fff]{0,6}(?:不用|不要|别|不必|无需|不是要?)再?(?:剪|动|改|裁|调|删|加|变|淡[入出]|静音|消音|替换|合并|快|慢)[掉了短它到长]*$"
)


_GOES_ON = re.compile(r"\b(?:and|but|then|also|plus|or)\b|[并再]")
_LEFT_ALONE = re.compile(r"\b(?:alone|as is|as it is|unchanged)\b|[用要别]动")


def _is(*kinds: type) -> Callable[[Operation], bool]:
    return lambda operation: isinstance(operation, kinds)


def _fades(kind: str) -> Callable[[Operation], bool]:
    return lambda operation: isinstance(operation, Fade) and operation.kind == kind


def _of_music(operation: Operation) -> bool:
    return isinstance(operation, SetVolume | Mute | Fade) and operation.target == "bgm"


def _draws_waves(operation: Operation) -> bool:
    return isinstance(operation, Visualize) and operation.style == "waveform"


def _crops(operation: Operation) -> bool:
    return isinstance(operation, SetAspect) and operation.fit is Fit.CROP


_DENIED: tuple[tuple[re.Pattern[str], Callable[[Operation], bool]], ...] = tuple(
    (re.compile(words), does)
    for words, does in (
        (r"\bfad(?:e|ing)[ -]?in\b|淡入|渐入", _fades("in")),
        (r"\bfad(?:e|ing)[ -]?out\b|淡出|渐出", _fades("out")),
        (r"\b(?:mut(?:e|ed|ing)|silenc(?:e|ed|ing))\b|静音|消音", _is(Mute)),
        (r"\b(?:cut(?:ting)?|trim(?:ming)?|shorten(?:ing)?|shorter)\b|剪|删", _is(Trim, Cut)),
        (
            r"\b(?:remov\w+|delet\w+|tak\w+ out|drop\w*) (?:the |my |any )?(?:music|bgm)\b|去掉?(?:音乐|配乐)|"
            r"(?:音乐|配乐|bgm).{0,2}[去删消关]",
            _is(RemoveMusic),
        ),
        (r"\b(?:add\w*|put\w*|extra) (?:\w+ )?(?:music|bgm)\b|加(?:背景)?音乐", _is(AddMusic)),
        (r"\bcrop(?:ping|ped)?\b|裁", _crops),
        (r"\b(?:faster|slower|speed\w*)\b|加速|减速|变速", _is(Speed)),
        (r"\b(?:louder|quieter)\b|调大|调小", _is(SetVolume)),
        (r"\b(?:titles?|captions?|subtitles?)\b|标题|字幕", _is(AddText)),
        (r"\b(?:replac\w+|merg\w+)\b|替换|合并", _is(Merge)),
        (r"\bextract\w*\b|提取", _is(ExtractAudio)),
        (r"\bbars\b", _draws_waves),
        (r"\bwave ?forms?\b|波形", _draws_waves),
        (r"\bvoice-?over\b|\bnarration\b|旁白|解说", _is(Merge)),
        (r"\bthe (?:music|bgm|song)\W*$|是(?:背景)?音乐$", _of_music),
    )
)


def only_denies(clause: Clause) -> bool:
    """Nothing is asked for in it, if nothing of what it denies is done. A sound that is to be kept is asked for."""
    words = lowered(clause.raw)
    denies = _ONLY_DENIES.search(words) and not _GOES_ON.search(words, 4)
    if not denies or clause.spans or clause.quotes or re.search(r"\d|%", words):
        return False
    return things_in(words).isdisjoint({Thing.ORIGINAL, Thing.SOUND}) or _LEFT_ALONE.search(words) is not None


def denied(text: str, operations: tuple[Operation, ...]) -> str | None:
    """The words that say that something is not to be done, which would be; not where it is asked for beside them."""
    low = lowered(text)
    kept = _KEPT_MUSIC.search(low)
    if kept and any(isinstance(operation, RemoveMusic) for operation in operations):
        return kept[0]
    for match in _NOT.finditer(low):
        said = match["what"] or match["z_what"] or ""
        phrase = _BUT.split(said)[0]
        elsewhere = f"{low[: match.start()]} {low[match.end() - len(said) + len(phrase) :]}"
        for words, does in _DENIED:
            if words.search(phrase) and not words.search(elsewhere) and any(map(does, operations)):
                return match[0]
    return None
