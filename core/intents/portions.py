"""A sentence that gives each of several files its own instruction: "trim the first to 3 s and mute the second one".

Each file is spoken of by its number or its name, and what is said of it reaches to where the next one is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.intents.courtesies import is_courtesy
from core.intents.plain import masked

ORDINALS = {
    **{word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh"), 1)},
    **{word: n for n, word in enumerate(("eighth", "ninth", "tenth"), 8)},
    **{f"{n}{end}": n for n, end in enumerate(("st", "nd", "rd", *["th"] * 7), 1)},
    **{digit: n for n, digit in enumerate("一二三四五六七八九十", 1)},
    "两": 2,
}
_NTH = "|".join(word for word in ORDINALS if word.isascii())
_FILE = r"(?:files?|videos?|clips?|ones?|audios?|songs?|tracks?|sounds?|images?|photos?|pictures?|recordings?)"
_FILE_ZH = r"(?:文件|视频|影片|音频|片段|录音|图片|照片|歌曲?|音乐)"
# "the first 3 seconds", "the second half", "the first title": a part of a file, and no file.
_PART = (
    r"(?! ?(?:\d|few|couple|half|halves|parts?|pieces?|bits?|sections?|segments?|quarters?|thirds?|seconds?|secs?"
    r"|minutes?|mins?|frames?|scenes?|shots?|cuts?|moments?|times?|words?|lines?|titles?|captions?|texts?|subtitles?|sentences?"
    r"|chorus|verse|beats?|speakers?|persons?|people|man|woman|voices?)\b"
    rf"| and (?:the )?(?:{_NTH})\b)"
)
_REFERENCE = re.compile(
    rf"(?:in |for |on )?(?:(?:the |my )?(?P<word>{_NTH}) {_FILE}\b|(?:the )(?P<bare>{_NTH})\b{_PART}"
    rf"|\b{_FILE} ?(?:#|no\.? ?|number )?(?P<digits>\d{{1,2}})\b(?!\s*[:%.]?\d)"
    r"|(?P<rest>\bthe (?:rest|other (?:files?|videos?|clips?|ones?|songs?|photos?)|others?)\b)"
    rf"|第(?P<zh>[一二三四五六七八九十]|\d{{1,2}})(?:个|段|条|张|份|首|支|部)(?:的)?{_FILE_ZH}?(?!的?(?:标题|字幕|字))"
    rf"|{_FILE_ZH}(?P<zh2>[一二三四五六七八九十]|\d{{1,2}})(?![\d秒分点:：%])"
    rf"|(?P<rest_zh>(?:其他|其余|剩下|另外?一?(?:个|段|条|张|份|首|支|部))的?{_FILE_ZH}?))",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\s*(?:[;；。\n！!]|\.(?=\s|$)|[,，、]|(?<![\w])(?:and then|and|then|while|but|whereas|plus)\b"
    r"|然后|接着|并且|并|而|再|同时)\s*",
    re.IGNORECASE,
)
# Two files in one picture or sound are one job, whatever else is said of each.
_USES_ANOTHER = re.compile(
    r"\b(?:under|underneath|beneath|over|onto|on top of|behind|after|before|next to|beside|alongside|between)"
    r" (?:it|them|each other|one another|the (?:other|former|latter))\b"
    r"|\b(?:as|for) (?:the |a |its |his |her )?(?:\w+ )?(?:bgm|background|music|soundtrack|cover|intro|outro|narration"
    r"|voice-?over|ending)\b"
    r"|\b(?:merge|combine|join|concat\w*|stitch|splice|together|side by side|split screen|montage|slideshow)\b"
    r"|\bin(?:to)? (?:one|a single) (?:file|video|clip|track)\b"
    r"|合并|合成|拼|连起来|接起来|接在|一起|画中画|分屏|混|同步"
    r"|(?:作为|当作?|做)(?:它的)?(?:背景|配乐|封面|片头|片尾|旁白)|(?:放|加|接|配|铺)(?:到|在)(?:它|前|后|上|下)|[和跟与]它|给它配",
    re.IGNORECASE,
)
# What stands before a file that is used for another one: "replace its sound with the second".
_BY_MEANS_OF = re.compile(
    r"\w.*\b(?:with|by|using|over|under|onto|on top of|after|before|behind|beside|next to|between)\s*(?:the )?$"
    r"|[用和跟与拿以]$",
    re.IGNORECASE | re.DOTALL,
)
_TRIMMINGS = " \t\r\n,，;；.。:：、-–—=→>*•"
_GOES_ON = re.compile(r"(?:to|into|by|at|in|as|for|from)\b", re.IGNORECASE)
_CHINESE_END = re.compile(r"[\u4e00-\u9fff]\s*$")
_LEAD = re.compile(
    r"(?:(?:should|must|needs? to|has to|shall|will|is to|gets?|please|just)\s+(?:be )?|要|需要|给我|就|请|的话)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Where a file is spoken of. `number` counts from 1, 0 stands for the rest."""

    start: int
    end: int
    number: int


def uses_another(text: str) -> bool:
    """Whether the words bring several files into one picture or sound, whatever else they say of each."""
    return _USES_ANOTHER.search(masked(text)) is not None


def portions(text: str, names: Sequence[str]) -> list[str] | None:
    """What is said of each of the files, in their order; "" for one that nothing is said of. None where the words do
    not tell them apart, or use one with another."""
    veiled = masked(text)
    found = _references(veiled, names)
    numbers = {each.number for each in found}
    if len(numbers) < 2 or max(numbers) > len(names) or uses_another(text):
        return None
    told: dict[int, list[str]] = {}
    for number, words in _stretches(text, veiled, found):
        told.setdefault(number, []).append(words)
    if any(not any(told.get(number, ())) for number in numbers):
        return None
    lead, rest = [each for each in told.pop(-1, []) if not is_courtesy(each)], told.get(0, [])
    return ["\n".join(filter(None, [*lead, *told.get(n, rest)])) for n in range(1, len(names) + 1)]


def _references(veiled: str, names: Sequence[str]) -> list[_Named]:
    found = [_Named(each.start(), each.end(), _number(each)) for each in _REFERENCE.finditer(veiled)]
    for number, name in enumerate(names, 1):
        for called in (name, name.rpartition(".")[0] or name):
            if len(called) > 2 and names.count(name) == 1:
                form = rf"(?<![\w.]){re.escape(called)}(?![\w]|\.\w)"
                found += [_Named(m.start(), m.end(), number) for m in re.finditer(form, veiled, re.IGNORECASE)]
    clear: list[_Named] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not clear or each.start >= clear[-1].end:
            clear.append(each)
    return clear


def _number(found: re.Match[str]) -> int:
    said = found["word"] or found["bare"] or found["digits"] or found["zh"] or found["zh2"]
    if said is None:
        return 0
    return int(said) if said.isdecimal() else ORDINALS[said.lower()]


def _stretches(text: str, veiled: str, found: list[_Named]) -> list[tuple[int, str]]:
    """What is said of one file after another; -1 where none has been named yet. Nothing where one clause names two."""
    stretches: list[tuple[int, int, int]] = []  # of which file, and from where to where
    for start, end in _clauses(veiled, found):
        inside = [named for named in found if start <= named.start and named.end <= end]
        if len({named.number for named in inside}) > 1 or any(
            _BY_MEANS_OF.search(veiled[start : named.start]) for named in inside
        ):
            return []
        about = inside[0].number if inside else stretches[-1][0] if stretches else -1
        goes_on = bool(stretches) and stretches[-1][0] == about
        stretches.append((about, stretches.pop()[1] if goes_on else start, end))
    verb, told = "", []
    for about, start, end in stretches:
        named = [(each.start - start, each.end - start) for each in found if start <= each.start < end]
        words = _without(text[start:end], named)
        if named and named[0][0] > 0:
            verb = text[start : start + named[0][0]].strip()
        elif verb and _GOES_ON.match(words):  # "trim the first to 3 s and the second to 5 s"
            words = f"{verb} it {words}"
        told.append((about, "" if about < 0 and text[start:end].rstrip().endswith((":", "：")) else words))
    return told


def _clauses(veiled: str, found: list[_Named]) -> list[tuple[int, int]]:
    cuts = [0]
    for each in _BREAK.finditer(veiled):
        if not any(named.start < each.end() and each.start() < named.end for named in found):
            cuts += [each.start(), each.end()]
    cuts.append(len(veiled))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return [(start, end) for start, end in pairs if veiled[start:end].strip()]


def _without(clause: str, named: list[tuple[int, int]]) -> str:
    """The clause as if its file were the only one: not named where it begins with it, "it" elsewhere."""
    for start, end in reversed(named):
        before, after = clause[:start], clause[end:]
        if before.strip(_TRIMMINGS):
            clause = f"{before}{'它' if _CHINESE_END.search(before) else 'it'}{after}"
        else:
            after = after.strip(_TRIMMINGS)
            clause = _LEAD.sub("", after, count=1) if _LEAD.match(after) else after
    return clause.strip(_TRIMMINGS)
