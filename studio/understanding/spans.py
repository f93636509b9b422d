"""Spans of time in a sentence: "0:02 to 0:05", "the first thirty seconds", "第2秒到第5秒". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from studio.timeline.operations import END, START, Moment, Part
from studio.understanding.notation import CLOCK, LENGTH, N, has_unit, last_unit, seconds_of


class Kind(Enum):
    """How a span was said, which says what may be meant by it."""

    RANGE = auto()
    FIRST = auto()
    LAST = auto()
    AFTER = auto()  # everything after: a part to speak of
    BEFORE = auto()
    FROM = auto()  # a new beginning
    UNTIL = auto()  # a new end
    LENGTH = auto()
    POINT = auto()
    ENDS = auto()  # so much at either end


@dataclass(frozen=True, slots=True)
class Span:
    """`seconds` is the length that was named, 0 where it was not."""

    kind: Kind
    part: Part
    seconds: float = 0.0


SPAN = "§"

_T = rf"(?:{CLOCK}|{LENGTH})"
_MARK = r"(?:the )?(?:time ?(?:code|stamp)? )?"
_BARE = rf"第?{N}(?![\d:%]|\.\d|x\b|k\b)"
_TO = r"\s*(?:-+|–|—|~|\.\.+|to|until|till|til|through|thru|up to|(?:剪|切|截|裁|播|放)?到|至|->|→)\s*"
_BEGIN = r"(?:the )?(?:very )?(?:start|beginning|begin|front|head|intro|opening|top)(?! at\b)"
_FINISH = r"(?:the )?(?:very )?(?:end(?:ing)?|back|tail|finish|outro|close)(?! at\b)"
_Z_BEGIN, _Z_FINISH = r"(?:最?开头|开始|片头|头上|头部?|最前面|前面)", r"(?:最后面?|结尾|末尾|片尾|尾巴?|尾部|结束)"
_RANGE = re.compile(
    rf"(?:(?:between |from )(?:the )?|在|从)?(?P<a>{_T}|{_BARE})(?: (?:mark|in))?(?:处|"
    rf"开始)?{_TO}{_MARK}(?P<b>{_T}|{_BARE})"
)
_BETWEEN = re.compile(rf"between (?:the )?(?P<a>{_T}|{_BARE})(?: mark)? and {_MARK}(?P<b>{_T}|{_BARE})")
_TO_END = re.compile(
    rf"(?:from |从)?(?P<t>{_T})(?: mark)?(?:处|开始)?\s*(?:-|to|until|till|through|一直)?\s*"
    rf"(?:to|until|till|through|-|到|至)\s*(?:{_FINISH}|最后|结尾|末尾|结束)"
)
_FROM_START = re.compile(
    rf"(?:from )?(?:{_BEGIN}|(?<![\d:.])0(?![\d:.]))\s*(?:to|until|till|through|-|up "
    rf"to)\s*{_MARK}(?P<t>{_T})|从?(?:头|开头|开始)(?:开始)?(?:一直)?(?:到|至)\s*(?P<u>{_T})"
)
_FOR = re.compile(
    rf"(?P<n>{LENGTH})(?: long)?,? (?:starting|beginning|from) (?:at |from )?{_MARK}(?P<a>{_T})"
    rf"|(?:starting |beginning )?(?:from|at) {_MARK}(?P<b>{_T}),? (?:and )?(?:for|lasting|"
    rf"running) (?:about )?(?P<m>{LENGTH})"
    rf"|(?:从)?(?P<c>{_T})(?:处)?开始的?(?:显示|持续|出现|放|截取?|取|保留)?(?P<k>{LENGTH})"
)
_BOTH = re.compile(
    rf"(?P<t>{LENGTH})\b.{{0,12}}\b(?:both (?:ends|sides)|either end|each (?:end|side)|(?:the )?(?:start|"
    rf"beginning) and (?:the )?end)"
    rf"|\b(?:first|opening) (?:and|&) (?:the )?(?:last|final|closing) (?P<v>{LENGTH})"
    rf"|(?:[掐去切剪砍删]头[掐去切剪砍删]尾|[开片]?头[和与跟、]?[结片]?尾|开头[和与跟、]结尾|首尾|前后|两头|两端|"
    rf"两边|头尾两端)(?:处|部分|的)?(?:各|都|分别)?\D{{0,4}}(?P<u>{LENGTH})"
)
_OFF_START = re.compile(
    rf"(?P<t>{LENGTH})\s*(?:(?:or so|worth|long) )?(?:off|from|of|at|in) (?:of )?{_BEGIN}"
    rf"|{_BEGIN} (?:of (?:it|the \w+) )?(?:by|for) (?P<u>{LENGTH})|(?P<v>{LENGTH})[ -](?:long )?(?:intro|opening)\b"
)
_OFF_END = re.compile(
    rf"(?P<t>{LENGTH})\s*(?:(?:or so|worth|long) )?(?:off|from|of|at) (?:of )?{_FINISH}"
    rf"|{_FINISH} (?:of (?:it|the \w+) )?(?:by|for) (?P<u>{LENGTH})|(?P<v>{LENGTH})[ -](?:long )?(?:outro|ending)\b"
)
_FIRST = re.compile(
    rf"\b(?:first|opening|initial|leading|starting) (?P<t>{LENGTH}|{CLOCK})|(?:最?前[面边]?(?:的|那)?|开头(?:有|"
    rf"大概|大约|差不多|约|那|的)+|(?:最?开头|"
    rf"最?开始|片头|"
    rf"头)的?前?|最初的?)(?P<u>{LENGTH})"
)
_LAST = re.compile(
    rf"\b(?:last|final|closing|ending|trailing) (?P<t>{LENGTH}|{CLOCK})|(?:(?:最后面?|"
    rf"(?<![秒分钟以之然])后[面边])(?:的|那)?|最?尾那?|末尾的?|"
    rf"结尾(?:多余|没用|无聊|无用|那|的)*|"
    rf"片尾(?:的|那)?|尾部?的?|"
    rf"(?<![之以然])后)(?P<u>{LENGTH})"
)
_MIDDLE = re.compile(
    rf"\b(?:middle|central) (?P<t>{LENGTH})|(?P<v>{LENGTH}) (?:in|from) the middle|中间的?(?P<u>{LENGTH})"
)
_AFTER_FIRST = re.compile(rf"\b(?:after|past|beyond|following) (?:the |its )?(?:first|opening|initial) (?P<t>{_T})")
_BEFORE_LAST = re.compile(rf"\b(?:before|until|till|up to) (?:the |its )?(?:last|final) (?P<t>{_T})")
_AFTER = re.compile(
    rf"\b(?:after|past|beyond|following) {_MARK}(?P<t>{_T})|(?P<u>{_T})\s*(?:之后|以后|后面|往后|后(?=的?(?:内容|"
    rf"部分|画面|视频|都|全|删|剪|不|加|放|配|静音|出现))|开始往后|onwards?|and "
    rf"(?:after|later|on)\b|to infinity)"
)
_BEFORE = re.compile(rf"\b(?:before|prior to|preceding|ahead of) {_MARK}(?P<t>{_T})|(?P<u>{_T})\s*(?:之前|以前|前面)")
_UNTIL = re.compile(
    rf"\b(?:until|till|up to|through|(?:ends?|stops?|finish(?:es)?|conclude)(?: it| the (?:video|clip))?(?: "
    rf"(?:right )?at| by| on| after)?) {_MARK}(?P<t>{_T})"
    rf"|(?:到|在)?(?P<u>{_T})(?:处|的时候|那里)?(?:就)?(?:结束|为止|停)"
)
_BEFORE_END = re.compile(rf"(?P<t>{LENGTH}) before {_FINISH}|(?:离|距)?(?:结束|结尾|最后)(?:之)?前(?P<u>{LENGTH})")
_FROM = re.compile(
    rf"(?:\b(?:start(?:ing|s)?|begin(?:ning|s)?)(?: it| the (?:video|clip))?(?: (?:right )?(?:at|from|with|"
    rf"on))?|\bfrom|从|\bas of) {_MARK}(?P<t>{_T})"
    rf"|从\s*(?P<v>{_T})|(?P<u>{_T})(?:处|那里)?开始"
)
_POINT = re.compile(
    rf"(?:\bat|@|\bon|在) {_MARK}(?P<t>{_T})(?: mark)?|(?<![到至])第(?P<v>{CLOCK}|{N}秒钟?)(?![到至])|"
    rf"在?第?(?P<u>{CLOCK}|{N}秒钟?)(?:处|的时候|时|那里|出现)"
)
_ANY_LENGTH = re.compile(rf"(?P<t>{_T})")
_SHARES = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
_SHARE = re.compile(
    r"\b(first|1st|opening|last|final|second|2nd|latter|front|back) (half|third|quarter|fifth)(?! (?:file|clip))\b"
)
_Z_SHARE = re.compile(r"(前|后|最后)(?:面)?的?(?:(半)(?:段|部分|截|部)?|一半|([二三四五])分之一|1/([2345]))")
_Z_PARTS = {"二": 2, "三": 3, "四": 4, "五": 5}


def find_spans(text: str) -> tuple[tuple[Span, ...], str]:
    """The spans a clause names, in order, and the rest of it with `SPAN` where they stood.

    Digits for numbers are expected, ratios and percentages taken out.
    """
    found: list[tuple[int, Span]] = []
    for pattern, make in _RULES:
        while match := pattern.search(text):
            span = make(match)
            if span:
                found.append((match.start(), span))
            # What was read is not read again, and what could not be is no other kind of span either.
            blank = SPAN + " " * (len(match[0]) - 1) if span else " "
            text = f"{text[: match.start()]}{blank}{text[match.start() + len(blank) :]}"
    return tuple(span for _, span in sorted(found, key=lambda each: each[0])), text


def _said(match: re.Match[str]) -> float:
    return seconds_of(next(group for group in match.groups() if group))


def _range(match: re.Match[str]) -> Span | None:
    """Two bare numbers are no times; one takes the other's unit."""
    first, last = match["a"], match["b"]
    if not (has_unit(first) or has_unit(last)):
        return None
    if not has_unit(first) and ":" not in last:
        first += last_unit(last)
    if not has_unit(last) and ":" not in first:
        last += last_unit(first)
    return Span(Kind.RANGE, Part(Moment(seconds_of(first)), Moment(seconds_of(last))))


def _for(match: re.Match[str]) -> Span:
    at = seconds_of(match["a"] or match["b"] or match["c"])
    length = seconds_of(match["n"] or match["m"] or match["k"])
    return Span(Kind.RANGE, Part(Moment(at), Moment(at + length)), length)


def _first(match: re.Match[str]) -> Span:
    return Span(Kind.FIRST, Part(START, Moment(_said(match))), _said(match))


def _last(match: re.Match[str]) -> Span:
    return Span(Kind.LAST, Part(Moment(-_said(match), 1.0), END), _said(match))


def _middle(match: re.Match[str]) -> Span:
    half = _said(match) / 2
    return Span(Kind.RANGE, Part(Moment(-half, 0.5), Moment(half, 0.5)), 2 * half)


def _share(match: re.Match[str]) -> Span:
    share = 1 / _SHARES[match[2]]
    return _of_share(share, at_start=match[1] in ("first", "1st", "opening", "front"))


def _z_share(match: re.Match[str]) -> Span:
    parts = _Z_PARTS.get(match[3] or "", int(match[4] or 2))
    return _of_share(1 / parts, at_start=match[1] == "前")


def _of_share(share: float, *, at_start: bool) -> Span:
    if at_start:
        return Span(Kind.FIRST, Part(START, Moment(share=share)))
    return Span(Kind.LAST, Part(Moment(share=1 - share), END))


def _to_end(kind: Kind) -> Callable[[re.Match[str]], Span]:
    return lambda match: Span(kind, Part(Moment(_said(match)), END))


def _from_start(kind: Kind) -> Callable[[re.Match[str]], Span]:
    return lambda match: Span(kind, Part(START, Moment(_said(match))), _said(match))


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span | None]], ...] = (
    (_FOR, _for),
    (_BOTH, lambda match: Span(Kind.ENDS, Part(START, Moment(_said(match))), _said(match))),
    (_TO_END, _to_end(Kind.FROM)),
    (_FROM_START, _from_start(Kind.RANGE)),
    (_BETWEEN, _range),
    (_RANGE, _range),
    (_AFTER_FIRST, _to_end(Kind.AFTER)),
    (_BEFORE_LAST, lambda match: Span(Kind.BEFORE, Part(START, Moment(-_said(match), 1.0)))),
    (_BEFORE_END, lambda match: Span(Kind.UNTIL, Part(START, Moment(-_said(match), 1.0)))),
    (_OFF_START, _first),
    (_OFF_END, _last),
    (_FIRST, _first),
    (_LAST, _last),
    (_MIDDLE, _middle),
    (_SHARE, _share),
    (_Z_SHARE, _z_share),
    (_BEFORE, _from_start(Kind.BEFORE)),
    (_UNTIL, _from_start(Kind.UNTIL)),
    (_AFTER, _to_end(Kind.AFTER)),
    (_FROM, _to_end(Kind.FROM)),
    (_POINT, _to_end(Kind.POINT)),
    (_ANY_LENGTH, _from_start(Kind.LENGTH)),
)
