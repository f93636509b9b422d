"""What was said held against what is to be done: whatever names a wish has to have come of it. Pure.

The readers look for wishes and may miss one beside another. Here the message is gone through once more, with no grammar
at all: each time, amount, quotation and word of an edit that stands in it must be met by an operation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from studio.timeline.operations import (
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Fade,
    Join,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    RemoveText,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)
from studio.understanding.claims import WHAT_FOR
from studio.understanding.denying import only_denies
from studio.understanding.figures import amount_left, time_left
from studio.understanding.misspeaking import as_meant
from studio.understanding.moods import is_past
from studio.understanding.shapes import COLOUR, shape_in
from studio.understanding.stating import is_of_a_part
from studio.understanding.writing import MARK, Writing, clause_of, clauses_of, lowered

_FILE_NAME = re.compile(r"\.\w{2,4}$")

# What is named on the left comes of one of the operations on the right.
_COMES_OF: tuple[tuple[str, tuple[type, ...]], ...] = (
    (r"\bfad(?:e|es|ing|ed)\b|淡[入出]|渐[入出隐显弱强黑]", (Fade,)),
    (
        r"\b(?:title|caption|subtitle|watermark|headline|heading)s?\b|标题|字幕|水印|文字",
        (AddText, EditText, RemoveText, Visualize),
    ),
    (r"(?<![a-z.])(?:mp3|wav|m4a|aac)\b", (ExtractAudio, RemoveMusic, Merge, AddMusic, Visualize)),
    (
        r"\b(?:faster|slower|speed|slow[ -]?mo\w*|quicker|time-?lapse)\b|倍速|加速|减速|慢放|快放|慢动作|快进",
        (Speed,),
    ),
    (r"\b(?:mute|silence)d?\b|静音|消音", (Mute, SetVolume, Merge, RemoveMusic, Fade)),
    (r"\b(?:louder|quieter|volume)\b|音量|大声|小声", (SetVolume, AddMusic, Merge, Mute, Duck, RemoveMusic)),
    (r"\bduck(?:ing|ed|s)?\b|闪避", (Duck, AddMusic)),
    (r"\bwave ?forms?\b|\baudio ?grams?\b|\bvisuali[sz]er|波形|频谱|可视化", (Visualize,)),
    (r"\b(?:album )?cover\b|\balbum art|封面|\b(?:photo|picture|image) as (?:the |a )?background", (Visualize,)),
    (
        r"\b(?:music|bgm|songs?)\b|音乐|配乐|伴奏",
        (
            *(AddMusic, RemoveMusic, Merge, SetVolume, Fade, Duck, Mute, Visualize),
            *(ExtractAudio, StartOver),
        ),
    ),
    (
        r"\b(?:cut|trim|shorten|chop|snip)\b|剪|截|删|裁掉",
        (
            *(Trim, Cut, RemoveText, RemoveMusic, SetAspect, Mute, ExtractAudio, SetVolume, StartOver, Merge),
            *(EditText, Visualize),
        ),
    ),
    (
        r"调[大小低高]|减半|(?<![前后])一半",
        (SetVolume, AddMusic, Speed, Trim, Cut, EditText, AddText, SetAspect, Merge),
    ),
    # What we do not write is asked about, unless it is what was sent.
    (r"(?<!this )(?<!the )(?<!my )(?<!from )(?<![a-z.])(?:flac|ogg|opus|wma|aiff?)\b", ()),
    (r"\b(?:merge|combine|mux|sync)\b|合成|合并|同步", (Merge, Visualize, AddMusic, Join)),
    (r"\b(?:extract|rip)\b|提取|抽取|[提抽扒]出来", (ExtractAudio, RemoveMusic, Trim, SetVolume)),
    (
        r"\b(?:voices?|vocals|speech)\b|人声|说话",
        (RemoveMusic, SetVolume, Merge, AddMusic, Duck, ExtractAudio, Mute, Visualize),
    ),
)
_PATTERNS = tuple((re.compile(words), kinds) for words, kinds in _COMES_OF)
_BITRATE = re.compile(r"\d ?k(?:bps)?\b")
_FITTED = re.compile(r"黑边|模糊|虚化|\b(?:black bars?|blur(?:red|ry)?|crop(?:ped)?|letterbox\w*)\b|裁剪|裁切")
_ALSO_SOUND = re.compile(
    r"(?:音频|声音|人声)\S{0,3}(?:也|再|还|另外|单独)\S{0,6}(?:发|给|来|要|存|导)|"
    r"\b(?:audio|sound)(?: file| track)? (?:too|as well|separately|on its own)\b"
)
_KEPT = re.compile(
    r"原来?的?[^,]{0,4}声音?(?:也|都|还)?要?(?:留|保留|在)|"
    r"\b(?:should|must|can|has to) (?:still |also )?(?:stay|remain|be heard)\b|"
    r"\b(?:keep|leave)(?:ing)? (?:the |its )?(?:original|own) (?:sound|noise|audio)\b"
)
_LOOPED = re.compile(r"\bloop(?:ing|ed|s)?\b|循环")
_BEHIND = re.compile(
    r"背景图|(?:照片|图片)[^,。]{0,3}[做当]背景|\b(?:photo|picture|image|cover) (?:as|in|for) (?:the |a )?background\b"
)
_SOFT = re.compile(r"\b(?:quiet|soft)(?:ly)?\b|小声|轻轻")
_SINGER = re.compile(r"\bartist\b|\bsinger\b|歌手|艺人")


def unaccounted(writing: Writing, operations: tuple[Operation, ...]) -> str | None:
    """The first words of the message that no operation answers, None where all are answered."""
    pieces = [piece for piece in clauses_of(writing.text) if piece]
    clauses = [clause_of(piece, writing.quotes) for piece in as_meant(pieces, writing.quotes) or pieces]
    asking = [clause for clause in clauses if not (is_past(clause) or only_denies(clause))]
    text = ", ".join(
        MARK.sub(" ", lowered(clause.raw)) for clause in asking if not (clause.negated or is_of_a_part(clause))
    )
    for shown in _shown(operations):
        text = text.replace(lowered(shown), " ")
    return (
        _words(text, operations)
        or amount_left(text, operations)
        or _details(text, operations)
        or _kept_sound(text, operations)
        or _softly(text, operations)
        or _quotation(writing, operations)
        or time_left(asking, operations)
    )


def _words(text: str, operations: tuple[Operation, ...]) -> str | None:
    for pattern, kinds in _PATTERNS:
        if (match := pattern.search(text)) and not any(isinstance(operation, kinds) for operation in operations):
            return match[0]
    shape = shape_in(WHAT_FOR.sub("", text))
    shaped = any(isinstance(operation, SetAspect | Visualize) for operation in operations)
    return f"{shape.across:g}:{shape.down:g}" if shape and not shaped else None


def _details(text: str, operations: tuple[Operation, ...]) -> str | None:
    checks: tuple[tuple[re.Pattern[str], Callable[[Operation], object]], ...] = (
        (_BITRATE, lambda operation: getattr(operation, "bitrate_k", None)),
        (_FITTED, _is_fitted),
        (_LOOPED, lambda operation: getattr(operation, "loop", None)),
        (_BEHIND, lambda operation: getattr(operation, "background", None)),
        (_SINGER, lambda operation: getattr(operation, "artist", None)),
        (_ALSO_SOUND, lambda operation: not isinstance(operation, RemoveMusic) or operation.also_audio),
    )
    for pattern, answers in checks:
        if (match := pattern.search(text)) and not any(answers(operation) for operation in operations):
            return match[0]
    return _other_colour(text, operations)


def _other_colour(text: str, operations: tuple[Operation, ...]) -> str | None:
    """ "Only the red is horrible, make it white": of two colours and one text, which is meant is not clear."""
    said = {match[0] for match in COLOUR.finditer(text)}
    painted = [operation for operation in operations if isinstance(operation, AddText | EditText)]
    return max(said) if len(said) > 1 and len(painted) == 1 else None


def _kept_sound(text: str, operations: tuple[Operation, ...]) -> str | None:
    """What was to be heard beside a sound that is laid over it."""
    laid = any(isinstance(operation, Merge) and not operation.mix for operation in operations)
    match = _KEPT.search(text) if laid else None
    return match[0] if match else None


def _softly(text: str, operations: tuple[Operation, ...]) -> str | None:
    """ "Quiet ambient music": how loud it is to be is half of the wish."""
    loud = any(isinstance(operation, AddMusic) and operation.volume is None for operation in operations)
    match = _SOFT.search(text) if loud and not any(isinstance(wish, SetVolume) for wish in operations) else None
    return match[0] if match else None


def _is_fitted(operation: Operation) -> bool:
    match operation:
        case SetAspect(fit=fit):
            return fit is not None
        case Visualize() | Trim():  # a blurred cover lies behind every one; "crop" is said for "trim" as well
            return True
        case _:
            return False


def _quotation(writing: Writing, operations: tuple[Operation, ...]) -> str | None:
    made = " ".join(_shown(operations)).casefold()
    return next(
        (quote for quote in writing.quotes if quote.casefold() not in made and not _FILE_NAME.search(quote)), None
    )


def _shown(operations: tuple[Operation, ...]) -> Iterator[str]:
    """The words that are to stand in the picture, which ask for nothing."""
    for operation in operations:
        match operation:
            case AddText(text):
                yield text
            case EditText(text=new, old=old):
                yield from filter(None, (new, old))
            case Visualize(title=title, artist=artist):
                yield from filter(None, (title, artist))
            case _:
                pass
