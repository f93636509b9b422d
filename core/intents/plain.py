"""Normalises a message's words for comparison: one case, one width, no quotations, punctuation or emoji."""

from __future__ import annotations

import re
import unicodedata

QUOTED = "§"  # stands where a quotation stood; no form contains it, so quoted words never command anything

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_QUOTATION = re.compile(
    r"“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》|【[^】]*】|«[^»]*»|`[^`]*`"
    r"|(?<![a-zA-Z0-9])[‘'](?=\S).*?(?<=\S)[’'](?![a-zA-Z0-9])",
    re.DOTALL,
)
_STRAY_QUOTE = re.compile(r"[“”„\"「」『』《》【】«»`]")
_ADDRESS = re.compile(r"https?://[^\s\u3000-\uffef]+", re.IGNORECASE)


def unquoted(text: str) -> str:
    """`text` in NFKC with every quotation replaced by a mark."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return _QUOTATION.sub(f" {QUOTED} ", text)


def quotations(text: str) -> list[tuple[int, int]]:
    """Where what is quoted begins and ends, its marks included."""
    return [found.span() for found in _QUOTATION.finditer(text)]


def masked(text: str) -> str:
    """`text` as it was written, letter for letter, but with marks in place of what is quoted."""
    return _QUOTATION.sub(lambda found: QUOTED * len(found[0]), text)


def plain(text: str) -> str:
    """The bare words of `text`, separated by single spaces; a stray quotation mark counts as a quotation."""
    text = _STRAY_QUOTE.sub(f" {QUOTED} ", unquoted(text)).casefold().replace("’", "'")
    text = re.sub(rf"[^\w'./{QUOTED}-]|_", " ", text)
    text = re.sub(r"(?<!\w)['./-]+|['./-]+(?!\w)", " ", text)
    return joined(text)


def joined(text: str) -> str:
    """Chinese needs no spaces: "导出 mp3" and "导出mp3" become the same words."""
    text = " ".join(text.split())
    return re.sub(rf"(?<=[{_CJK}]) | (?=[{_CJK}])", "", text)


def instruction(text: str) -> str:
    """The words that say what to do, lower case and with their punctuation: no quotations, no addresses."""
    return joined(_ADDRESS.sub(" ", unquoted(text)).casefold().replace("’", "'"))
