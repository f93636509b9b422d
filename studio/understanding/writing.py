"""A message as clauses: quotations kept apart, one case and width, number words as digits. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.language.traditional import simplified
from studio.understanding.courtesies import without_courtesies
from studio.understanding.joints import joined
from studio.understanding.lexicon import ACTS, Act, Thing, acts_in, things_in
from studio.understanding.paring import NOT, pared
from studio.understanding.shapes import without_ratios
from studio.understanding.spans import Span, find_spans
from studio.understanding.wrapping import unasked, unwrapped

_FILE_LINE = re.compile(r"^[ \t]*File:[ \t]*(\S.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LONGEST_CLAUSE = 300  # characters: what goes on longer tells a story, and its times are no edit
_MARKS = 0xE100  # of the private use area: one character stands for a quotation
MARK = re.compile("[\ue100-\uf8ff]")
_QUOTED = re.compile(
    r"[“”„\"]([^“”„\"]+)[“”\"]|「([^」]+)」|『([^』]+)』|《([^》]+)》|【([^】]+)】|«([^»]+)»|`([^`]+)`|"
    r"‘([^‘’]+(?:’\w[^‘’]*)*)’"
    r"|(?<![\w\d])'((?:[^'\n]|(?<=\w)'(?=\w)){1,200})'(?!\w)"
)

# Who sings, behind the title of a song or the word "artist": a name that nobody put in quotation marks.
_PERFORMER = re.compile(
    r"((?:[\ue100-\uf8ff][ ,]*|\b(?:song|track|single|title[^,.;!?\ue100-\uf8ff]{1,40}) )by |\b(?:artist|singer|"
    r"band)(?: "
    r"name)?(?:: ?| is | = ?| )(?!name\b|is\b|and\b|at\b)|(?:歌手|艺人|演唱者?|作者)(?:名|名字)?(?:是|为|叫|写|"
    r"[:：])? ?)"
    r"((?:DJ |MC |The )?[A-Z][\w.'&-]*(?: (?:& |and |the |of )?[A-Z][\w.'&-]*){0,3}|"
    r"(?<=[手人唱者名字是为叫写:： ])[\u4e00-\u9fff·]{2,6}(?=[\s,，。;；!！、]|$))"
)

_VERBS = (
    r"(?:please )?(?:also |then |just |finally )?(?:add|make|mute|put|trim|cut|fade|speed|slow|crop|remove|"
    r"delete|export|write|turn|convert|keep|give|use|set|"
    r"change|lower|raise|increase|reduce|show|place|overlay|insert|extract|merge|replace|blur|drop|take|"
    r"get|save|lose|snip|chop|start|end|begin|stop|leave|"
    r"apply|resize|title|caption|play|loop|duck|skip|boost|throw|slap|strip|call|send|download|combine|mix|"
    r"move|rotate|brighten|merge|sync|have|bring|pad|gimme|grab|clip|fill|shorten|silence|hand|i want|i need|let|"
    r"no (?:sound|"
    r"audio|music)|without)\b"
)
_PUT_IT = (
    r"(?:put|use|lay|place|add|stick|drop|mix|play) (?:it|that|them) (?:on|over|under|onto|into|in|with|to|"
    r"as|instead|for)\b"
)
_NEW_THING = (
    r"(?:an? |the |some |my )?(?:[a-z0-9-]+ ){0,2}(?:title|caption|text|bgm|music|soundtrack|song|fade|"
    r"watermark|subtitle|fade-?in|fade-?out)\b"
)
_Z_VERBS = (
    "加|把|剪|静|配|放|做|改|调|去|删|保留|截|淡|提取|导出|变|转|裁|用|给|倍速|写|设|显示|快|慢|声音|音量|"
    "音乐|标题|字幕|标|打|贴|循环|结尾|开头|竖|横|再|换|合|混|让|要|"
    "输出|生成"
)
_SEPARATOR = re.compile(
    rf"\s+(?<!\bto )(?<!\byou )(?=(?:please|pls|plz|kindly|can (?:you|u)|could (?:you|u)|would you) (?:please |"
    rf"pls )?{_VERBS})|"
    r"\s+and (?=[\ue100-\uf8ff]|now )|"
    r"\s*[;；。！？，、\n]+\s*|(?<=music|sound|audio) (?=no (?:sound|music|audio)\b)|\s*[!?]+(?=\s+\S|"
    r"[\u4e00-\u9fff])\s*|"
    r"\s*,(?!\d{3}\b)\s*|\s*\.(?=\s|$)\s*"
    r"|\s+(?:and then|then|and also|also|plus|after that|afterwards?,?|next,?|finally,?|lastly,?|as well "
    r"as|followed by|together with)\s+(?!the (?:end|rest))"
    rf"|\s+(?:and|while|so|n) (?!{_PUT_IT})(?={_VERBS})|\s+and (?={_NEW_THING})|"
    rf"(?<!everything)(?<!\ball)(?<!nothing)(?<!anything)\s+but (?={_VERBS}|i |the |don'?t|do not)|"
    rf"\s+[&+/]\s+|(?<!\bopen)(?<!\bopens)(?<!\bstart)(?<!\bstarts)(?<!\bbegin)(?<!\bend)(?<!\bends)(?<!\bclose)"
    rf"(?<!\bfinish)\s+(?:with|plus) (?=(?:an? |some |the )?(?:[a-z-]+ )?(?:title|caption|bgm|fade|"
    rf"background music)\b)"
    rf"|\s*(?:然后|接着|之后再|并且|同时|另外|顺便|还要|最后再|而且)\s*|\s*(?:并|(?<!开头)(?<!结尾)(?<!片尾)(?<!片头)(?<!最后)(?<!,人声)(?<!,声音)(?<!,音量)(?<!,音乐)(?<!,配乐)(?<!字)再|以及|和|但|"
    rf"还)(?={_Z_VERBS})(?!合|加|(?:结尾|开头|最后)的?[\d一二两三四五六七八九十半])|\s*最后(?=加|把|再|导|配)"
)
_BECOMES = re.compile(r" (?:=|→|->|=>) (?!\d|第)(?:an? )?")
_WIDE_QUOTES = {ord("＂"): '"', ord("＇"): "'"}
_Z_BARE_FADE = re.compile(r"((?:淡入|淡出|渐入|渐出)\d+(?:\.\d+)?)(?=\s*(?:$|[,;!，。；！、和]))")
_SECONDS = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|ten|first|last)) ?(?:s|secs?|seconds?)\b|"
    r"[\d一二两三四五六七八九十]秒",
    re.IGNORECASE,
)
_BARE_EDGE = re.compile(
    r"(\b(?:first|last|final|opening|(?:over|for)(?: the)?(?: (?:first|last))?|fade[ -]?(?:in|out)(?: of)?) "
    r"(?:\d+(?:\.\d+)?|two|three|four|five|six|ten))(?![\d.:]*\d)(?=\s*(?:$|"
    r"[,.;!]|and\b|but\b|then\b|at the\b|(?:please|pls|plz|thanks|thx)\b))",
    re.IGNORECASE,
)
_MEANT = re.compile(r"(^|[.!?;,\n])[^.!?;,\n]{1,12}[.,…—-]*\s*\bi mean(?:t)?\b[ ,:]*", re.IGNORECASE)
_SORRY = re.compile(r"\b(?:sorry|no|wait|oops|wrong)\b", re.IGNORECASE)
_LINK = re.compile(r"^\W*(?:(?:and|then|also|plus|but)\s+)+|^[再并还也]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """`raw` is as it was written, `words` lower case with digits for number words; in both a mark stands for a
    quotation. `quotes` are the quotations of this clause, `rest` its words without times, ratios and percentages."""

    raw: str
    words: str
    quotes: tuple[str, ...]
    acts: frozenset[Act]
    things: frozenset[Thing]
    spans: tuple[Span, ...]
    rest: str = ""
    negated: bool = False

    def does(self, *acts: Act) -> bool:
        return not self.acts.isdisjoint(acts)

    def names(self, *things: Thing) -> bool:
        return not self.things.isdisjoint(things)

    def says(self, pattern: re.Pattern[str] | str) -> bool:
        return re.search(pattern, self.words) is not None

    @property
    def said(self) -> str:
        """As it was written, to be repeated to who wrote it."""
        return " ".join(MARK.sub("…", _LINK.sub("", self.raw)).split())

    @property
    def whole(self) -> Span | None:
        """The only span, or the first of several."""
        return self.spans[0] if self.spans else None


@dataclass(frozen=True, slots=True)
class Writing:
    """A message. `text` has marks for quotations, and the case it was written in."""

    text: str
    quotes: tuple[str, ...]
    files: tuple[str, ...]

    def quoted(self, clause: str, words: str) -> tuple[Writing, str]:
        """The same with `words` of the clause as one more quotation, and the clause with its mark."""
        mark = chr(_MARKS + len(self.quotes))
        return replace(self, quotes=(*self.quotes, words.strip())), clause.replace(words, f" {mark} ", 1)


def read(message: str) -> Writing:
    files = tuple(_FILE_LINE.findall(message))
    text = "".join(
        c
        for c in _FILE_LINE.sub("", message).translate(_WIDE_QUOTES)
        if unicodedata.category(c) not in ("Cf", "Co", "Cs") and (c in "\n\t" or c.isprintable())
    )
    quotes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        quotes.append(" ".join(next(group for group in reversed(match.groups()) if group).split()))
        return f" {chr(_MARKS + len(quotes) - 1)} "

    text = re.sub(r"([^\W\d_])[:：](?=\d{1,2}:\d\d)", r"\1: ", text)
    text = re.sub(r"(\d{1,3})['′](\d{2})(?:[\"″]|''|(?!\w))", r"\1:\2", text)
    text = _PERFORMER.sub(lambda match: match[1] + keep(match), _QUOTED.sub(keep, text))
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", text)).replace("’", "'").replace("‘", "'")
    text = joined(text)
    if _SECONDS.search(text):
        text = _Z_BARE_FADE.sub(r"\1秒", _BARE_EDGE.sub(r"\1 seconds", text))
    if _BECOMES.search(text):
        text = _BECOMES.sub(" into a ", text.replace(" + ", " and "))
    return Writing(unasked(without_courtesies(_MEANT.sub(_corrects, text))), tuple(quotes), files)


def _corrects(match: re.Match[str]) -> str:
    """ "Frist, I mean first" goes; "sorry, I meant the last" takes back what stands before it."""
    return f"{match[1]} no, " if _SORRY.search(match[0]) else f"{match[1]} "


def clauses_of(text: str) -> Iterator[str]:
    """The text cut where one wish ends and the next begins."""
    place = 0
    for match in _SEPARATOR.finditer(lowered(text)):
        if match.start() == place == 0 and not match[0].strip():
            continue
        yield text[place : match.start()].strip()
        place = match.end()
    yield text[place:].strip()


def clause_of(raw: str, quotes: tuple[str, ...]) -> Clause:
    words = lowered(raw)
    negated = NOT.search(unwrapped(words)) is not None
    words = pared(words)
    plain = MARK.sub(" ", words)
    own = tuple(quotes[ord(mark) - _MARKS] for mark in MARK.findall(raw) if ord(mark) - _MARKS < len(quotes))
    spans, rest = find_spans(without_ratios(plain)) if len(plain) <= _LONGEST_CLAUSE else ((), plain)
    return Clause(raw, words, own, acts_in(plain), things_in(plain), spans, rest, negated)


def lowered(text: str) -> str:
    """Lower case and simplified characters, of the same length."""
    return simplified("".join(low if len(low := character.lower()) == 1 else character for character in text))


def is_idle(clause: Clause) -> bool:
    """Nothing in it asks for anything: politeness, or what somebody tells beside it."""
    strong = set(ACTS) - {Act.MAKE, Act.EXTRACT, Act.ADD, Act.SET, Act.KEEP}
    return not (clause.acts & strong) and not clause.spans and not clause.quotes
