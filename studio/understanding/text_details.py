"""Clauses that only say where, when and how words stand that were asked for before. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from studio.timeline.operations import END, AddText, EditText, Moment, Operation, Part
from studio.understanding.lexicon import MILD, Act, Thing
from studio.understanding.seeing import shown
from studio.understanding.shapes import colour_in, position_in, shape_in, size_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_OF_WORDS = frozenset({Thing.TEXT, Thing.TITLE, Thing.VIDEO, Thing.IMAGE, Thing.SENT, Thing.ORIGINAL})
_LONG = re.compile(r"\blong\b|\bshort|\b(?:the )?(?:video|clip)\b.*\bseconds?\b|(?:视频|片子).*秒|时长|总长")


def says_more_of_words(last: Operation, clause: Clause) -> AddText | EditText | None:
    """Before anything else is made of a clause: where and when words stand is never a trim."""
    if (
        not isinstance(last, AddText | EditText)
        or clause.quotes
        or clause.acts - _mild(clause)
        or clause.things - _OF_WORDS
    ):
        return None
    if clause.says(_LONG) or shape_in(clause.words):
        return None
    part, place, color, size = shown(clause), position_in(clause.words), colour_in(clause.words), size_in(clause.words)
    if not any((part, place, color, size)):
        return None
    return replace(
        last,
        part=_stretched(last.part, clause) or part or last.part,
        position=place or last.position,
        color=color or last.color,
        size=size or last.size,
    )


def _mild(clause: Clause) -> frozenset[Act]:
    """ "Larger" and "smaller" are of the words, where they are not of a sound."""
    return MILD | {Act.RAISE, Act.LOWER} if size_in(clause.words) else MILD


def _stretched(part: Part | None, clause: Clause) -> Part | None:
    """A part whose place was said, now as long as is said."""
    length = next((span.seconds for span in clause.spans), 0.0)
    if part is None or {span.kind for span in clause.spans} != {Kind.LENGTH}:
        return None
    if part.end == END:
        return Part(Moment(-length, 1.0), END)
    return Part(part.start, replace(part.start, seconds=part.start.seconds + length))
