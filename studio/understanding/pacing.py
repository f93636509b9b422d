"""Clauses about how fast it plays. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import AddMusic, AddText, EditText, Operation, SetVolume, Speed
from studio.understanding.cutting import Reading
from studio.understanding.lexicon import Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.slots import factor_in, level_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_SLOW_FAST = (Act.FASTER, Act.SLOWER)
_PLAYING = re.compile(
    r"^\W*(?:go |run |at |make (?:it|this) |play )?\d+(?:\.\d+)? ?[x×]\W*$|"
    r"\b(?:speed|playback|pace|rate|tempo|as fast|as slow|twice as|half as|times (?:as )?(?:fast|slow)\w*|"
    r"(?:play|run) (?:it |this |(?:the |my )?(?:whole |entire )?(?:video|clip|thing|film) )?at)\b|"
    r"倍速|播放速度|速度|倍播放|(?<![大高])\d倍(?:快|慢)?$"
)
_SPEED = re.compile(r"\b(?:speed|pace|tempo|rate|playback)\b|速")
_TOO_SLOW = re.compile(r"\btoo slow(?:ly)?\b|太慢")
_PACE = re.compile(r"(?<![\d.:x×])\d+(?:\.\d+)? ?(?:x|×|倍)(?![a-z\d×]| ?\d)|\b\d+ times (?:as )?(?:fast|slow)")
_WITH_A_FACTOR = (Speed, SetVolume, AddText, EditText, AddMusic)
_NAMED_FACTORS = (
    (r"\b(?:double|twice|doubled)\b|快一倍|加倍|翻倍|加快一倍|两倍|1倍", 2.0, 0.5),
    (r"\bquadruple\b", 4.0, 0.25),
    (r"\btriple\b|快两倍", 3.0, 1 / 3),
    (r"\b(?:a |one )?quarter\b", 0.25, 0.25),
    (r"\b(?:a |one )third\b", 1 / 3, 1 / 3),
)
_BY = re.compile(
    r"\b(?:by|to|at|of) (\d+(?:\.\d+)?)(?![\d.]| ?(?:%|percent|s\b|sec|min))|(?:到|为|成)(\d+(?:\.\d+)?)(?:倍|"
    r"$)"
)


def speed(clause: Clause) -> Reading:
    if not (clause.does(*_SLOW_FAST) or clause.says(_PLAYING)):
        return None
    if clause.does(Act.LOWER, Act.RAISE) and not clause.does(*_SLOW_FAST) and not clause.says(_SPEED):
        return None
    heard = clause.names(Thing.VOLUME) or (clause.names(Thing.SOUND) and not clause.says(_SPEED))
    if clause.does(Act.FADE) or (heard and not clause.does(*_SLOW_FAST)):
        return None
    if any(span.kind not in (Kind.LENGTH,) for span in clause.spans):
        return Ask(About.SPEED_OF_PART)
    if clause.spans and not factor_in(clause.words):
        return None if clause.does(Act.TRIM) else Ask(About.SPEED_OF_PART)
    if clause.does(Act.FASTER) and clause.does(Act.SLOWER) and not clause.says(_TOO_SLOW):
        return Ask(About.CLASH)
    factor = _factor(clause)
    return (Speed(round(factor, 4)),) if factor and 0.05 <= factor <= 100 else Ask(About.LEVEL, clause.words)


def loses_a_pace(text: str, wishes: tuple[Operation, ...]) -> bool:
    """Whether "2x" stands there, and nothing that is to be done has a factor."""
    return bool(_PACE.search(text)) and not any(isinstance(wish, _WITH_A_FACTOR) for wish in wishes)


def _factor(clause: Clause) -> float | None:
    slower = clause.does(Act.SLOWER) and not clause.says(_TOO_SLOW)
    if clause.says(r"[快速慢]了?1倍"):
        return 0.5 if slower else 2.0
    said = factor_in(clause.words) or _plain_factor(clause)
    if said:
        return 1 / said if slower and said > 1 and not clause.says(r"to \d|到\d|\d倍速") else said
    if clause.says(
        r"\bhalf (?:the |its |of )?(?:\w+ )?(?:speed|as fast|pace|rate)|half as fast|at half|to half|by "
        r"half|慢一半|一半速|半速|减半|一半"
    ):
        return 1.5 if clause.does(Act.FASTER) and clause.says("by half") else 0.5
    if named := named_factor(clause, slower=slower):
        return named
    if level := level_in(clause.words):
        if clause.says(r"\bto\b|\bat\b|到|为|成") and not clause.says(
            r"\bby\b|(?:%|percent) (?:faster|slower|"
            r"quicker)"
        ):
            return level.share
        return 1 - level.share if slower else 1 + level.share if clause.does(Act.FASTER) else level.share
    if slower:
        return 0.5 if clause.says(r"mo(?:tion)?\b|慢动作|慢放|a lot|much") else 0.75
    return 1.5 if clause.does(Act.FASTER) else None


def named_factor(clause: Clause, *, slower: bool) -> float | None:
    return next((slow if slower else faster for words, faster, slow in _NAMED_FACTORS if clause.says(words)), None)


def _plain_factor(clause: Clause) -> float | None:
    """ "Speed it up by 2": a bare number is a factor only here."""
    match = _BY.search(clause.words)
    return float(match[1] or match[2]) if match and not clause.spans else None
