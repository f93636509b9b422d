"""How times are written: "1:02:03", "90s", "1 min 20", "2分10秒". Pure."""

from __future__ import annotations

import re

_HOUR, _MINUTE, _SECOND = r"hours?|hrs?|h|小时", r"minutes?|mins?|m|分钟|分", r"seconds?|secs?|s|秒钟|秒"
_UNIT = rf"(?:{_HOUR}|{_MINUTE}|{_SECOND})(?![a-z])"
N = r"\d+(?:\.\d+)?"
CLOCK = r"(?<![\d:])(?:\d{1,2}:)?\d{1,3}:\d{2}(?:\.\d+)?(?![\d:])"
_THEN = r",?[ ]?(?:and )?"
_END = r"(?![a-z])"
_SECONDS = rf"{N}[ -]?个?(?:{_SECOND}){_END}"
_REST = rf"{N}(?=\b)(?![\d:%xk.]|[ -]?[a-z])"  # "1 min 20": the unit that is not said
_MINUTES = rf"{N}[ -]?个?(?:{_MINUTE}){_END}(?:{_THEN}(?:{_SECONDS}|{_REST}))?"
_HOURS = rf"{N}[ -]?个?(?:{_HOUR}){_END}(?:{_THEN}(?:{_MINUTES}|{_SECONDS}|{_REST}))?"
LENGTH = rf"(?<![\d.:])第?(?:{_HOURS}|{_MINUTES}|{_SECONDS})"


def has_unit(time: str) -> bool:
    return ":" in time or re.search(_UNIT, time) is not None


def last_unit(time: str) -> str:
    units = re.findall(_UNIT, time)
    return units[-1] if units else "s"


def seconds_of(time: str) -> float:
    """ "1:02:03", "90s", "1 min 20": the unit that is not said is the next smaller one."""
    if ":" in time:
        seconds = 0.0
        for part in time.split(":"):
            seconds = seconds * 60 + float(part)
        return seconds
    total, unit = 0.0, 60.0
    for number, name in re.findall(rf"({N})[ -]?个?({_UNIT})?", time):
        unit = _scale(name) if name else unit / 60
        total += float(number) * unit
    return round(total, 6)


def _scale(unit: str) -> float:
    if re.fullmatch(_HOUR, unit):
        return 3600.0
    return 60.0 if re.fullmatch(_MINUTE, unit) else 1.0
