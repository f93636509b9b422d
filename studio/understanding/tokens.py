"""A message as typed tokens: quotations, values, and the words of the lexicon, longest match first. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.language.traditional import simplified
from studio.understanding.languages import chinese, english
from studio.understanding.lexicon import Entry, corrected, digits, lexicon
from studio.understanding.values import Value, find_values

LONGEST = 600  # characters: an edit takes a sentence or two
_MARKS = 0xE100  # of the private use area: one character stands for a quotation
MARK = re.compile("[\ue100-\uf8ff]")
_FILE_LINE = re.compile(r"^[ \t]*File:[ \t]*(\S.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(
    r"[“”„\"]([^“”„\"]+)[“”\"]|「([^」]+)」|『([^』]+)』|《([^》]+)》|【([^】]+)】|«([^»]+)»|`([^`]+)`|"
    r"‘([^‘’]+(?:’\w[^‘’]*)*)’"
    r"|(?<![\w\d])'((?:[^'\n]|(?<=\w)'(?=\w)){1,200})'(?!\w)"
)
_FILENAME = re.compile(r"\S\.(?:mp3|mp4|wav|m4a|mov|avi|mkv|jpe?g|png|webm|flac)$", re.IGNORECASE)
_NAME_OF_FILE = re.compile(r"(?<![\w.])[\w-]+\.(?:mp3|mp4|wav|m4a|mov|avi|mkv|jpe?g|png|webm|flac)\b", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\S)(?P<text>[@#©](?![0-9a-fA-F]{6}\b)[^\s,;，。]*[^\W\d][^\s,;，。]*)")
_CAPITALS = re.compile(r"(?<![\w'])(?P<text>[A-Z][A-Z0-9'!&?%-]{1,}(?: [A-Z0-9&!?%'-]+)*)(?![\w'])")
_NO_TEXT = frozenset(
    {
        *("MP3", "MP4", "WAV", "M4A", "BGM", "HD", "TV", "FPS", "AAC", "MOV", "AVI", "GIF", "PLS", "PLZ", "OK", "USB"),
        *("AI", "DJ", "FLAC", "TIKTOK", "PLEASE", "ASAP", "THX", "LOL", "DB", "BTW", "PS"),
    }
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
WRITES = frozenset({"TEXT", "TITLE", "WRITE", "ARTIST", "NAMEIT", "SAYING"})
_VALUES = frozenset(
    {
        *("span", "color", "pixels", "percent", "db", "bitrate", "ratio", "factor", "degrees", "steps", "format"),
        *("quote", "number", "fit", "place", "file"),
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is a concept in capitals or a value in small letters; `others` what else the same words can stand for.

    `prep` is the preposition before a value, `heads` the kinds of the verb whose object it is.
    """

    kind: str
    value: Value | None = None
    start: int = 0
    end: int = 0
    said: str = ""
    is_verb: bool = False
    prep: str = ""
    others: tuple[Entry, ...] = ()
    heads: frozenset[str] = frozenset()

    @property
    def is_value(self) -> bool:
        return self.kind in _VALUES

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset({self.kind, *(entry.kind for entry in self.others)})

    def can_be(self, kind: str) -> bool:
        return self.kind == kind or any(entry.kind == kind for entry in self.others)

    def value_as(self, kind: str) -> Value | None:
        return self.value if self.kind == kind else next((e.value for e in self.others if e.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Text:
    """`plain` is normalised, with a mark for each quotation; `files` are the names on "File:" lines."""

    tokens: tuple[Token, ...]
    raw: str
    plain: str
    files: tuple[str, ...] = ()

    def as_written(self, said: str) -> str:
        """Words of a token as they stood in the message."""
        at = simplified(self.raw).lower().find(said)
        return self.raw[at : at + len(said)] if at >= 0 else said


def tokens_of(message: str) -> Text:
    files = tuple(_FILE_LINE.findall(message))
    raw = _cleaned(_FILE_LINE.sub("", message))[:LONGEST]
    quotes: list[str] = []

    def keep(words: str) -> str:
        quotes.append(" ".join(words.split()))
        return f" {chr(_MARKS + len(quotes) - 1)} "

    marked = _QUOTED.sub(lambda match: keep(next(group for group in match.groups() if group)), raw)
    marked = _NAME_OF_FILE.sub(lambda match: keep(match[0]), marked)
    for performer in (english.PERFORMER, chinese.PERFORMER):
        marked = performer.sub(lambda match: match[1] + keep(match[2]), marked)
    if not quotes and (words := _unquoted(marked)):
        marked = marked.replace(words, keep(words), 1)
    plain = _plain(marked)
    return Text(tuple(_read(plain, quotes)), raw, plain, files)


def _cleaned(message: str) -> str:
    """Without what is invisible; minutes and seconds by primes as a clock."""
    text = unicodedata.normalize("NFC", message).replace("＂", '"').replace("＇", "'").strip()
    text = "".join(
        c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cs") and (c in "\n\t" or c.isprintable())
    )
    text = re.sub(r"([^\W\d_])[:：](?=\d{1,2}:\d\d)", r"\1: ", text)
    return re.sub(r"(\d{1,2})['′’](\d{2})(?:[\"″”]|''|(?!\w))", r"\1:\2", text)


def _unquoted(text: str) -> str | None:
    """Words for the picture without quotation marks, where something is said of writing them."""
    for clause in re.split(r"(?<=[^\d])[,，;；。!！\n](?=\s*\S)|(?<=[a-z]{3})\. ", text):
        words = (english.written(clause) or _in_chinese(clause) or _handle(clause) or "").rstrip("吗嗎?？ ")
        rest = _plain(clause.replace(words, "\ue100", 1)) if words else ""
        if words and (words[0] in "@#©" or _writes(_words(rest, [False] * len(rest)))):
            return words
    return None


def _writes(words: list[Token]) -> bool:
    kinds = frozenset[str]().union(*(token.kinds for token in words))
    return bool(kinds & WRITES) or ("ADD" in kinds and bool(kinds & {"place", "color"}))


def _in_chinese(clause: str) -> str | None:
    """Found in simplified characters, kept in those it was written in."""
    plain = simplified(clause)
    words = chinese.written(plain)
    at = plain.find(words) if words else -1
    return clause[at : at + len(words)] if words and at >= 0 else None


def _handle(clause: str) -> str | None:
    for pattern in (_HANDLE,) if clause.isupper() else (_HANDLE, _CAPITALS):
        match = pattern.search(clause)
        if match and not (pattern is _CAPITALS and _is_shouting(clause, match["text"])):
            return match["text"].strip(" .,")
    return None


def _is_shouting(clause: str, text: str) -> bool:
    """Somebody who writes everything in capitals, or the name of a format."""
    rest = clause.replace(text, "", 1)
    return set(re.findall(r"[A-Z0-9]+", text)) <= _NO_TEXT or not re.search(r"[a-z]{2}|[\u4e00-\u9fff]", rest)


def _plain(text: str) -> str:
    text = simplified(unicodedata.normalize("NFKC", text)).lower().replace("’", "'").replace("‘", "'")
    text = re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", ",", text)  # what parts two clauses
    return digits(corrected(text))


def _read(text: str, quotes: list[str]) -> list[Token]:
    taken = [False] * len(text)
    found: list[Token] = []
    for match in MARK.finditer(text):
        words = quotes[ord(match[0]) - _MARKS]
        found.append(Token("filename" if _FILENAME.search(words) else "quote", words, *match.span(), words))
        taken[match.start()] = True
    blanked = MARK.sub(" ", text)
    for value in find_values(blanked):
        said = text[value.start : value.end].strip()
        prep = _prep(text, value.start)
        if value.kind == "percent" and not prep and english.is_rough(text[: value.start]):
            prep = "to"
        found.append(Token(value.kind, value.value, value.start, value.end, said, prep=prep))
        taken[value.start : value.end] = [True] * (value.end - value.start)
    found.extend(_words(text, taken))
    return sorted(found, key=lambda token: token.start)


def _words(text: str, taken: list[bool]) -> list[Token]:
    found = [*_gapped(text, taken)]
    lex = lexicon()
    free = "".join("\x01" if taken[i] else character for i, character in enumerate(text))
    for match in lex.pattern.finditer(free):
        start, end = match.span()
        first, *rest = lex.entries[match[0]]
        is_verb = any(entry.is_verb for entry in (first, *rest))
        found.append(Token(first.kind, first.value, start, end, match[0], is_verb, _prep(text, start), tuple(rest)))
        taken[start:end] = [True] * (end - start)
    return [*found, *_unknown(text, taken)]


def _gapped(text: str, taken: list[bool]) -> list[Token]:
    """Verbs in two pieces: "take ~ out"."""
    found: list[Token] = []
    for pattern, entries in lexicon().gapped:
        for match in pattern.finditer(text):
            head, tail = match.span(1), match.span(3)
            if any(taken[slice(*head)]) or any(taken[slice(*tail)]) or MARK.search(match[2]):
                continue
            entry = entries[0]
            found.append(Token(entry.kind, entry.value, *head, match[0], entry.is_verb, others=entries[1:]))
            for span in (match.span(),) if entry.kind == "LEAVEBE" else (head, tail):
                taken[slice(*span)] = [True] * (span[1] - span[0])
    return found


def _unknown(text: str, taken: list[bool]) -> list[Token]:
    """Numbers, marks, and the words nobody knows; unknown characters that stand together are one word."""
    free = "".join(" " if taken[i] else character for i, character in enumerate(text))
    found: list[Token] = []
    for match in re.finditer(r"[a-z][a-z'-]*|\d+(?:st|nd|rd|th)\b|[\u4e00-\u9fff]+|\d+(?:\.\d+)?|[^\s]", free):
        said = match[0]
        if _NUMBER.fullmatch(said):
            found.append(Token("number", float(said), *match.span(), said, prep=_prep(text, match.start())))
        else:
            found.append(Token(_kind_of(said), None, *match.span(), said))
    return found


def _kind_of(said: str) -> str:
    if said in ",，;；:、\n/+":
        return "SEP"
    if said in ".。!！":
        return "STOP"
    if said in "?？":
        return "ASKS"
    return "word" if said[0].isalnum() else "SIGN"


def _prep(text: str, start: int) -> str:
    """The preposition before a value, in English."""
    before = text[max(0, start - 40) : start]
    return english.preposition(before) or chinese.preposition(before)
