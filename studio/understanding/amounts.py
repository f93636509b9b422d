"""How much: what a clause adds to the fade, level or speed before it, and what a complaint comes to. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import assert_never

from studio.timeline.operations import Cut, Fade, Mute, Operation, RemoveMusic, SetVolume, Speed
from studio.understanding.leaning import is_bare_verb
from studio.understanding.lexicon import MILD, Act, Thing
from studio.understanding.loudness import change_of
from studio.understanding.pacing import named_factor
from studio.understanding.slots import decibels_in, factor_in, level_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_IT = re.compile(r"\b(?:it|this|everything)\b|它")


def in_its_place(last: SetVolume | Speed, clause: Clause, own: Operation | None) -> Operation | None:
    """What a complaint comes to: "too loud, remove it", "a bit slower, 0.8x"."""
    match last:
        case SetVolume(target="bgm", absolute=False) if isinstance(own, RemoveMusic):
            return own
        case SetVolume(absolute=False) if isinstance(own, SetVolume) and _is_the_same(last, own, clause):
            return last
        case SetVolume(absolute=False, parts=parts) if parts:
            return Cut(parts) if is_bare_verb(clause, Act.REMOVE, Act.TRIM) else None
        case SetVolume(target="bgm" | "all", absolute=False) if is_bare_verb(clause, Act.REMOVE):
            return RemoveMusic() if last.target == "bgm" else Mute()
        case SetVolume(absolute=False) if isinstance(own, SetVolume) and _is_only_more(clause):
            return replace(own, target=last.target)
        case Speed(factor=0.75 | 1.5) if isinstance(own, Speed) and not clause.acts:
            return own
        case _:
            return None


def _is_the_same(last: SetVolume, own: SetVolume, clause: Clause) -> bool:
    """ "I can't hear him, make it louder"."""
    again = own.target == "all" and not own.absolute and (own.factor > 1) == (last.factor > 1)
    return again and own.factor in (0.5, 1.5) and not clause.things - {Thing.VOLUME, Thing.VIDEO}


def _is_only_more(clause: Clause) -> bool:
    """ "…, up to twice": a change with its amount, of what was named before."""
    exact = level_in(clause.words) or factor_in(clause.words) or decibels_in(clause.words) is not None
    return bool(exact) and not clause.things - {Thing.VOLUME, Thing.VIDEO} and not clause.spans


def of_amount(last: Fade | SetVolume | Speed, clause: Clause) -> Operation | None:
    """ "…, 2x", "…, over 3 seconds", "…, to 30 %"."""
    if clause.acts - MILD - {Act.LOWER, Act.RAISE}:
        return None
    match last:
        case Fade():
            return replace(last, seconds=_length(clause)) if _length(clause) else None
        case SetVolume():
            return _of_volume(last, clause)
        case Speed():
            level = level_in(clause.words) if last.factor < 1 else None
            factor = factor_in(clause.words) or (level.share if level else named_factor(clause, slower=last.factor < 1))
            return Speed(factor) if factor and not clause.things else None
        case _:
            assert_never(last)


def _of_volume(last: SetVolume, clause: Clause) -> SetVolume | None:
    if (
        clause.things - {Thing.VOLUME} - ({Thing.VIDEO} if clause.says(_IT) else set())
        or clause.spans
        or not (clause.does(Act.LOWER, Act.RAISE) or level_in(clause.words) or decibels_in(clause.words) is not None)
    ):
        return None
    factor, absolute = change_of(clause, up=clause.does(Act.RAISE), down=clause.does(Act.LOWER))
    return replace(last, factor=factor, absolute=absolute)


def _length(clause: Clause) -> float:
    return next((span.seconds for span in clause.spans if span.kind is Kind.LENGTH), 0.0)
