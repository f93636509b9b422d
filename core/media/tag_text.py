"""Titles and names in tags whose bytes are of another encoding than the file says. Pure.

Old programs wrote GBK, Big5, Shift-JIS or Windows-1251 and called it Latin-1. Detectors for any text need more of it
than a title has: of 100 Chinese and Japanese titles charset-normalizer read 39 right and chardet 83, and both read a
quarter of 49 French, German and Spanish ones as something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ENOUGH = 0.6
_RARE = 0.4  # what a character counts that is known but not usual
_CYRILLIC = re.compile(
    rb"(?<![A-Za-z\x80-\xff])(?:[\xc0-\xdf\xa8]?[\xe0-\xff\xb8]+|[\xc0-\xdf\xa8]{3,})(?![A-Za-z\x80-\xff])"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
# One sign alone at a letter is the accents of a Western name, or one and the letter behind it.
_ACCENTS = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f](?![^\x00-\x7f])|(?<![^\x00-\x7f])[^\x00-\x7f](?=[A-Za-z])")


def meant(text: str) -> str:
    """What was written, of a tag that was read as Latin-1 or, where that was impossible, as surrogates."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raw = text.encode("utf-8", "surrogateescape")
    elif all(sign < "\u0100" for sign in text):
        raw = text.encode("latin-1")
    else:
        return text
    if raw.isascii():
        return text
    if _is_utf8(raw):
        return raw.decode("utf-8")
    for encoding in (_encoding(raw), "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _is_utf8(raw: bytes) -> bool:
    """Two Chinese characters in GBK may be UTF-8 by accident, but then of several alphabets."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    high = [sign for sign in text if not sign.isascii()]
    alphabets = {unicodedata.name(sign, "").partition(" ")[0] for sign in high}
    return len(alphabets) == 1 or any(sign > "\u07ff" for sign in high)


def _encoding(raw: bytes) -> str:
    """The likeliest of those that a program may have called Latin-1. The first of equals: Chinese is the commonest."""
    words = _HIGH.findall(raw)
    if max(map(len, words)) >= 3 and len(_CYRILLIC.findall(raw)) == len(words):
        return "cp1251"
    scores = {encoding: _score(raw, encoding, usual) for encoding, usual in _ASIAN.items()}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= _ENOUGH else "cp1252"


def _score(raw: bytes, encoding: str, usual: Callable[[int, int], float]) -> float:
    """How usual its characters are, from 0 to 1."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    signs = [sign.encode(encoding) for sign in text if not sign.isascii()]
    if len(_ACCENTS.findall(text)) == len(signs):
        return 0.0
    return sum(usual(sign[0], sign[1]) if len(sign) == 2 else 0.0 for sign in signs) / len(signs)


def _in_gbk(lead: int, trail: int) -> float:
    """The 3755 usual characters of GB 2312 and its punctuation, then its rare ones; the rest of GBK is rarer still."""
    if trail < 0xA1 or not (0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xF7):
        return 0.0
    return 1.0 if lead <= 0xD7 else _RARE


def _in_big5(lead: int, _: int) -> float:
    return 1.0 if lead <= 0xC6 and lead >= 0xA1 else _RARE if 0xC9 <= lead <= 0xF9 else 0.0


def _in_shift_jis(lead: int, _: int) -> float:
    """Kana and punctuation, the usual kanji of its first level, and the rare ones of its second."""
    if lead in (0x81, 0x82, 0x83) or 0x88 <= lead <= 0x97:
        return 1.0
    return _RARE if 0x98 <= lead <= 0x9F or 0xE0 <= lead <= 0xEA else 0.0


_ASIAN = {"gb18030": _in_gbk, "cp932": _in_shift_jis, "big5": _in_big5}
