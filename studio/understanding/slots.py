"""Single values in a clause: percent, factor, decibels, file format, bit rate, file. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_N = r"\d+(?:\.\d+)?"
_PERCENT = re.compile(rf"({_N}) ?(?:%|percent\b|per cent\b|pct\b)")
_TENTHS = re.compile(r"(\d)成(?!为|品|片)")
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_FRACTION = re.compile(r"\b(?:a|one) (third|quarter|fifth|tenth)\b")
_HALF = re.compile(r"\bhalf\b|\bhalve\b|一半|减半")
_QUIET = re.compile(
    r"\b(?:quiet(?:ly)?|soft(?:ly)?|low(?:[ -]?(?:volume|level))?|subtle|subtly|faint(?:ly)?|gentle|not "
    r"too loud|barely audible|in the background quietly)\b"
    r"|小声|轻一点|小一点|小一些|轻轻|小点|低一点|轻点|声音小|音量小|音量低|弱一点|别太大|不要太大|不太大|淡淡"
)
_X = re.compile(
    rf"(?<![\d:])({_N}) ?[x×](?![a-z\d])|(?<![a-z])[x×] ?({_N})(?![\d:])|({_N}) ?(?:times|times as|fold|倍)|"
    rf"(?:speed|rate|速度|倍速)(?: (?:of|to|at|by))?[:= ]*({_N})(?![\d%秒:])|(?:(?:to|at|by) "
    rf")?(?<![\d.:])({_N}) ?(?:speed\b|速)"
)
_DB = re.compile(r"([+-]?)\s?(\d+(?:\.\d+)?) ?d(?:b|ecibels?)\b|(\d+(?:\.\d+)?)分贝")
_KBPS = re.compile(r"(?<!\d)(\d{2,3}) ?k(?:bps|bits?(?:/s)?|b/s|b|/s)?(?![a-z\d])")
# A usual bit rate, by itself or beside "quality": of a sound that is taken out it can be nothing else.
_BARE_KBPS = re.compile(
    r"(?<![\d.:x])(64|96|112|128|160|192|224|256|320)(?![\d.:x%]| ?(?:s|sec|min|p|px|%)\w*\b|"
    r"秒|分)"
)
_FORMAT = re.compile(
    r"(?<![a-z\d])(?:\.)?(mp3|wav|wave|m4a|aac|flac|ogg|opus|wma|aiff?|mp4|mov|mkv|avi|webm|gif)(?![a-z\d])"
)
_FILE_NUMBER = re.compile(
    r"\b(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th|last|final|latest|newest)\b(?: \w+)?? (?:file|track|"
    r"song|one|audio|clip|upload|mp3|wav|recording|music|sound)\b"
    r"|\b(?:file|track|song|audio|upload) ?(?:#|no\.? ?|number )?(\d)\b|第([一二三四1234])(?:个|段|首|条)|"
    r"(最后)(?:一)?(?:个|段|首|条)(?:文件|音频|歌|音乐)"
)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
    "latest": -1,
    "final": -1,
    "newest": -1,
    "最后": -1,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
}


KNOWN = (_X, _DB, _TENTHS, _FRACTION, _HALF, _QUIET, _FORMAT, _FILE_NUMBER)


@dataclass(frozen=True, slots=True)
class Level:
    """`share` of something; `by` it ("by 20 %") and not to it."""

    share: float
    by: bool
    exact: bool


def level_in(text: str) -> Level | None:
    """A percentage or a half, 1.0 for 100 %."""
    by = re.search(
        rf"\bby (?:about |around )?(?:{_N}|half|a half|an? (?:third|quarter|fifth|tenth))|减|(?:降低|提高|"
        rf"增加|增大|加大|减小|升高|调低|调高|调大|调小)\d",
        text,
    )
    if match := _PERCENT.search(text):
        return Level(round(float(match[1]) / 100, 4), bool(by) and not re.search(r"到|至|为|(?<!\d)成", text), True)
    if match := _TENTHS.search(text):
        return Level(int(match[1]) / 10, False, True)
    if match := _FRACTION.search(text):
        return Level(round(1 / _PARTS[match[1]], 4), bool(by), True)
    if _HALF.search(text):
        return Level(0.5, bool(by), False)
    return None


def volume_in(text: str) -> float | None:
    """What "at 35 %" or "quiet" say of a music's volume."""
    if level := level_in(text):
        return level.share
    if match := re.search(r"(?:音量|volume|level)\s*(?:设?为|到|是|at|of|to|=|:)?\s*(0?\.\d+)", text):
        return float(match[1])
    return 0.2 if _QUIET.search(text) else None


def factor_in(text: str) -> float | None:
    """ "2x", "x2", "1.5 times", "2倍"."""
    match = _X.search(text)
    return float(next(group for group in match.groups() if group)) if match else None


def decibels_in(text: str) -> float | None:
    match = _DB.search(text)
    if not match:
        return None
    return float(match[2] or match[3]) * (-1 if match[1] == "-" else 1)


def bitrate_in(text: str) -> int | None:
    match = _KBPS.search(text) or _BARE_KBPS.search(text)
    return int(match[1]) if match else None


def format_in(text: str, *, only: str = "") -> str | None:
    """The last file format that is named: "take this mp4 as wav" wants a WAV."""
    found = [match[1] for match in _FORMAT.finditer(text)]
    found = ["wav" if name == "wave" else name for name in found if not only or name in only.split()]
    return found[-1] if found else None


def file_in(text: str) -> int | None:
    """The number of a file among those sent, from 1; -1 for the last."""
    match = _FILE_NUMBER.search(text)
    if not match:
        return None
    said = next(group for group in match.groups() if group)
    return int(said) if said.isascii() and said.isdigit() else _ORDINALS[said]
