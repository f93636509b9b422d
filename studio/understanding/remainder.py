"""What nobody accounted for: the words of a clause that were read by no lexicon, as no time and as no value. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from studio.timeline.operations import (
    AddMusic,
    Cut,
    Fade,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    RemoveText,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding import shapes, slots
from studio.understanding.describing import undescribed
from studio.understanding.lexicon import ACTS, THINGS, Act
from studio.understanding.merging import STYLE
from studio.understanding.model import About, Ask
from studio.understanding.spans import SPAN, Kind
from studio.understanding.vocabulary import DESCRIBING, HOLDERS, PEOPLE, PLAIN, ZH_PLAIN, ZH_PLAIN_WORDS
from studio.understanding.writing import MARK, Clause

_WORD = re.compile(r"[a-z][a-z'-]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_JOINED = re.compile(
    r"(?:\b(?:and|then|also|plus|but|or|with|without)\b|[&+,])\W*(?:(?:then|also|please|just|maybe|finally|even|"
    r"kindly|to|i|"
    r"you|we|it|"
    r"don't|not|can|could|want|need|would|like|the|a|an|some|all|my|his|her|their|any|every|more|really|very|"
    r"this|that)\b\W*)*"
)
# Why it is wished for: whatever is told there is no order.
_REASON = re.compile(
    r"\b(?:because|cuz|cos|coz|bc|since(?! §)|as (?:i|it|we|they|he|she|there|my)\b|so (?:that )?(?:i|we|it|they|"
    r"he|she|"
    r"people|my|the|you|everyone)\b|for (?:my|our|his|her|their|your|a|an|the|this|some|class|school|work|fun|"
    r"posting|use|"
    r"uploading|sharing|sending)\b(?! §)|to (?:post|share|send|upload|show|watch|publish|present|put (?:it )?(?:on|up)|"
    r"use (?:it )?(?:for|in|as|on))\b|which (?:is|was|are|were)\b|who\b|with me\b|(?:from|of|by|with) my\b|"
    r"that (?:i|we|he|"
    r"she|they|my|the|you)\b).*?(?=,|\b(?:and|but|then|also|plus)\b|$)"
)
_DURING = re.compile(
    r"(?:\b(?:part|bit|section|piece|scene|moment|segment|stretch)s? with\b|\b(?:where|when|while|during which|"
    r"in which|whose|(?<!rid )of)\b)"
    r".*?(?=\b(?:and|but|then|also|plus)\b|$)"
)
_MOVING = re.compile(r"\b(?:animat\w*|scroll\w*|moving|bouncing|dancing|reacting|beats?)\b|动画|动态|跳动|滚动")
_WHOSE = re.compile(r"\b[a-z]+'s (?=(?:own )?(?:voice|speech|words|mic|sound|audio)\b)")
_CUT_THAT = re.compile(r",[^,]*\b(?:cut (?:that|it|this)|(?:that|this) (?:part|bit|section))(?: out| off| away)?\W*$")
_REMARK = re.compile(
    rf"\([^)]*\)|(?<={SPAN})\s+(?:that'?s|it'?s|its|there'?s|i'?m|im|i was|we|we're|he|he's|she|she's|they|"
    rf"nothing|nobody|"
    r"my|just)\b.*?(?=\b(?:and|but|then|also|plus)\b|$)"
)
_Z_REASON = re.compile(
    r"(?:因为|由于|为了|用来|用于|好让|方便|给(?!我|视频|它|画面|片).{1,6}看|发给.{1,6}$|发到.{1,6}$)[^并再然]*"
)
_Z_HOLDERS = re.compile(
    "广告|废话|停顿|空白|黑屏|等待|口误|卡顿|重复|空镜|调音|对焦|准备|闲聊|开场白|自我介绍|空档|沉默"
)
_Z_NAMING = re.compile(
    rf"[\u4e00-\u9fff]{{1,8}}的(?={SPAN}|[ ]*(?:部分|地方|片段|那段|段落|那里))|"
    rf"(?<={SPAN})\s*(?:我|他|她|有人|大家|孩子|里面|都|全|在|是|有|没)[\u4e00-\u9fff]{{1,12}}?(?=,|$)"
)
_ENDINGS = ("'s", "s", "es", "ed", "d", "ing", "ly", "er", "ning", "ming", "ting", "ping")
_VALUES = (*shapes.KNOWN, *slots.KNOWN)
_STRICT = (Trim, Cut, Mute, RemoveMusic, RemoveText, SetVolume, Fade, Speed)
_NOUNS = (Kind.FIRST, Kind.LAST, Kind.LENGTH)  # are said with "the": what stands between describes them
_DETERMINER = re.compile(r"(?:the|a|an|my|our|your|his|her|it|this|that|these|those|everything|all|out|up|down)")
_FILM = re.compile(r"(?:video|clip|footage|vid|recording|film|movie|vlog)s?")
_AFTER_ARTICLE = re.compile(r"\b(?:the|a|an|my|our|his|her|their|your|this|that|all|any|some|with) $")
_IS = re.compile(r"\b(?:is|are|was|were|it's|that's|too|so|very|really|kinda|sounds|looks) (?:\w+ )?$")
_MOST = 1  # unknown words that may describe what is added to


_Z_LEXICON = (
    *(pattern for act, pattern in ACTS.items() if act is not Act.DUCK),
    *THINGS.values(),
    re.compile(ZH_PLAIN_WORDS),
    re.compile("(?<=[a-z] )[掉走住返]"),
)


def unread(clause: Clause, operations: tuple[Operation, ...], *, strictly: bool = False) -> Ask | None:
    """The words of a clause that were not read, where they may have been an order of their own."""
    strict = strictly or any(
        isinstance(each, _STRICT) or (isinstance(each, Merge) and each.mix is False) for each in operations
    )
    timed = any(isinstance(each, Trim | Cut) or (isinstance(each, Mute) and each.parts) for each in operations)
    text = _REASON.sub(" ", _Z_REASON.sub(" ", MARK.sub(" ", clause.rest)))
    if any(isinstance(each, Visualize) for each in operations):
        text = _MOVING.sub(" ", text)
    text = undescribed(text, operations)
    if any(isinstance(each, AddMusic) for each in operations):
        text = STYLE.sub(" ", text)
    if timed and _CUT_THAT.search(text):
        text = text.rpartition(",")[2]
    if timed:
        text = _REMARK.sub(" ", text)
        text = _Z_HOLDERS.sub(" ", text)
        text = _Z_NAMING.sub(" ", _DURING.sub(" ", text))
    if not any(isinstance(each, Cut | Mute | SetVolume | Speed | Fade) for each in operations):
        text = _WORD.sub(lambda match: " " if match[0] in PEOPLE else match[0], text)
    named = timed and all(span.kind in _NOUNS for span in clause.spans)
    left = _without(_WHOSE.sub(" ", text), _VALUES)
    if any(isinstance(each, Trim | Cut | Mute | Fade) for each in operations) and re.search(r"\d", left):
        return Ask(About.PART)
    english = _in_english(left, strict=strict, timed=timed, named=named)
    return english or _in_chinese(_without(text, (*_VALUES, *_Z_LEXICON)), strict=strict)


def _without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """The text with blanks where a pattern matches: of two that overlap, where either does."""
    left = list(text)
    for pattern in patterns:
        for match in pattern.finditer(text):
            left[match.start() : match.end()] = " " * len(match[0])
    return "".join(left)


def _in_english(text: str, *, strict: bool, timed: bool, named: bool) -> Ask | None:
    wild = {match.start(): match for match in _WORD.finditer(text) if not _is_known_here(text, match)}
    if not wild:
        return None
    if first := next((match for match in _heads(text) if match.start() in wild), None):
        about = About.NOUN if _AFTER_ARTICLE.search(text[: first.start()]) else About.WORDS
        return Ask(about, _said(text, first))
    open_ = [match for match in wild.values() if not (timed and _describes_a_part(text, match, named=named))]
    if open_ and (strict or len(open_) > _MOST):
        return Ask(About.NOUN, _said(text, open_[0]))
    return None


def _heads(text: str) -> list[re.Match[str]]:
    """The words where an order could begin: at the start, and behind each "and"."""
    starts = [0, *(match.end() for match in _JOINED.finditer(text))]
    return [match for start in starts if (match := _WORD.search(text, start))]


def _describes_a_part(text: str, match: re.Match[str], *, named: bool) -> bool:
    """ "The awkward first 5 s", "the sponsor part": a part with its times is clear whatever it is called."""
    behind = text[match.end() :].lstrip()
    following = _WORD.match(behind)
    if re.match(rf"(?:down )?to {SPAN}", behind) or match[0] in HOLDERS:
        return True
    return (named and behind.startswith(SPAN)) or bool(following and following[0] in HOLDERS)


def _said(text: str, first: re.Match[str]) -> str:
    """The words from the one nobody knew on, up to the next wish."""
    rest = re.split(rf"[{SPAN},]|\b(?:and|then|but)\b", text[first.start() :])[0]
    return " ".join(rest.split()[:4])


def _is_known_here(text: str, match: re.Match[str]) -> bool:
    """A word that we know, alone or with the next ("filter out"), or that only describes the next."""
    if _is_known(match[0]):
        return True
    following = _WORD.match(text, match.end() + 1)
    before = re.search(r"[a-z']+ $", text[: match.start()])
    pairs = [f"{match[0]} {following[0]}"] if following else []
    pairs += [f"{before[0]}{match[0]}"] if before else []
    if any(pattern.fullmatch(pair) for pair in pairs for pattern in ACTS.values()):
        return True
    if following is not None and _FILM.fullmatch(following[0]) and before and _AFTER_ARTICLE.search(before[0]):
        return True
    if match[0] not in DESCRIBING:
        return False
    described = following is not None and not _DETERMINER.fullmatch(following[0])
    return described or _IS.search(text[: match.start()]) is not None


@cache
def _is_known(word: str) -> bool:
    if word in PLAIN or any(pattern.fullmatch(word) for pattern in (*ACTS.values(), *THINGS.values())):
        return True
    stems = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)} - {word}
    stems |= {stem + "e" for stem in stems}
    return any(
        len(stem) > 1 and (stem in PLAIN or any(pattern.fullmatch(stem) for pattern in ACTS.values())) for stem in stems
    )


def _in_chinese(text: str, *, strict: bool) -> Ask | None:
    left = "".join(" " if character in ZH_PLAIN else character for character in text)
    runs = _CHINESE.findall(left)
    if runs and (strict or sum(map(len, runs)) > 2 * _MOST):
        return Ask(About.NOUN, max(runs, key=len))
    return None
