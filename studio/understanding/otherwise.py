"""A message that was not understood, said otherwise: dialect, slang and roundabout forms as the plain words. Pure.

The forms stand in otherwise.txt, a pattern and what it says plainly on each line. What is understood at first is never
read through them (but for those few that would be misread), so they may be freer than the lexicon: where they mislead,
a question would have been the answer.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from core.language.traditional import simplified

_UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\b"
_PLACES = {
    "<T>": (
        r"(?:\d+ ?h ?\d+ ?m(?: ?\d+ ?s)?|\d+ ?m ?\d+ ?s|\d+(?::\d+)+(?:\.\d+)?|"
        rf"\d+(?:\.\d+)? ?{_UNIT}(?: (?:and )?\d+ ?{_UNIT})?)"
    ),
    "<LENGTH>": (
        r"(?:(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|sixty|ninety) ?"
        rf"{_UNIT}(?: and a half)?)"
    ),
    "<EDGE>": (
        r"(the (?:very )?(?:first|last|opening|final|initial) (?:[\w.-]+ ){0,2}?"
        r"(?:seconds?|minutes?|mins?|secs?|s|hours?)(?: and a half)?)"
    ),
    "<ZT>": (
        r"(?:\d+(?::\d+)+|(?:[\d一二两三四五六七八九十]+分钟?)?[\d一二两三四五六七八九十半]+秒|"
        r"[\d一二两三四五六七八九十]+分(?:钟|半)?)"
    ),
    "<MINE>": r"(?:recording|commentary|voice ?over|narration|audio|track|file|take|guitar|piano|vocals?|song|mic)",
    "<THERE>": (
        r"(?:(?:the |whatever )?(?:sound|audio|noise|track|one)?s? ?(?:(?:that|which)(?:'s| is| was)? )?"
        r"(?:the (?:video|clip|film) )?(?:already|currently)(?: there| has| in it| on it| playing)?|"
        r"(?:the )?(?:original|existing)(?: \w+)?)"
    ),
    # A letter of a story in which no order follows.
    "<TELL>": r"(?:(?!\b(?:and|but|then|also|plus)\b)[^,;.])",
    # A few letters of a story, and no other order among them.
    "<ZTOLD>": r"(?:(?!把|将|并|而且|然后|再|和|给|帮|加|变|and)[^，。,.;；\d])",
    "<GOES>": r"(?:remove|take|cut|delete|drop|bin|lose|ditch|trash|skip|chop|trim|get rid of|strip|leave|throw)",
    "<THAT>": r"(?:it|that|them|those|this)(?: (?:bit|part|all|off|out|away))*",
    "<ZGOES>": r"(?:去掉|删掉|删了|剪掉|剪了|不要了?|去除|删除|切掉|拿掉|掐掉)",
}


def plainly(text: str) -> str:
    """The text without the few turns of phrase that are easily taken for another wish."""
    calm = _calm(text)
    plain = _through("before", calm)
    return text if plain == calm else plain


def said_otherwise(text: str) -> str:
    """The text with what it says in other words said plainly."""
    return _through("turns", _through("words", simplified(_calm(text))))


def _calm(text: str) -> str:
    # Half in capitals, what is shouted would be taken for words that are to be shown.
    return text.lower() if text.isupper() else text


def _through(section: str, text: str) -> str:
    other = text
    for form, plain in _forms()[section]:
        other = form.sub(plain, other)
    return text if other == text else " ".join(other.split())


@cache
def _forms() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    forms: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    section = ""
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if title := re.fullmatch(r"\[(\w+)\]", line):
            section = title[1]
        elif line and not line.startswith("#"):
            form, _, plain = line.partition(" =>")
            for name, pattern in _PLACES.items():
                form = form.replace(name, pattern)
            forms.setdefault(section, []).append((re.compile(form, re.IGNORECASE), plain.strip()))
    return forms
