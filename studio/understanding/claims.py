"""Wishes that a clause names and a reading passed over: found, so that none is dropped. Pure."""

from __future__ import annotations

import re

from studio.operations import (
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Fade,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding.lexicon import ACTS, Act
from studio.understanding.model import About, Ask
from studio.understanding.shapes import shape_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

# What may come of a verb that names one kind of edit.
_COMES_OF: tuple[tuple[Act, tuple[type, ...]], ...] = (
    (Act.FADE, (Fade,)),
    (Act.FASTER, (Speed, Fade)),
    (Act.SLOWER, (Speed, Fade)),
    (Act.MUTE, (Mute, RemoveMusic, Merge, SetVolume)),
    (Act.DUCK, (Duck, AddMusic)),
)
_FILE_NAME = re.compile(r"\.\w{2,4}$")
_REASON = re.compile(r"\b(?:so (?:that )?(?:it|i|we)|because|bc|cuz|for (?:my|our)|to fit)\b.*$")
_AND_OTHER = re.compile(r"\b(?:and|but) (?:\w+ ){1,3}(?:up|down|off)\b")
_LOUD = re.compile(r"\b(?:not |less |too |so |as )+(?:loud|quiet|soft)\b")
_AND = re.compile(r"\b(?:and|but|while)\b|而|但|并")


def passed_over(clause: Clause, operations: tuple[Operation, ...]) -> Ask | None:
    made = tuple(type(operation) for operation in operations)
    for act, kinds in _COMES_OF:
        if clause.does(act) and not any(kind in kinds for kind in made):
            return Ask(About.UNKNOWN)
    wanted = shape_in(_REASON.sub("", clause.words))
    if wanted and not {SetAspect, Visualize, Merge, AddText, EditText} & {*made}:
        return Ask(About.UNKNOWN)
    if wanted and {AddText, EditText} & {*made} and SetAspect not in made and not clause.spans:
        return Ask(About.UNKNOWN)
    both_ways = clause.does(Act.LOWER) and ACTS[Act.RAISE].search(_LOUD.sub("", clause.words)) and clause.says(_AND)
    if made == (SetVolume,) and (both_ways or clause.says(_AND_OTHER)):
        return Ask(About.LEVEL)
    return _unused_values(clause, made)


def _unused_values(clause: Clause, made: tuple[type, ...]) -> Ask | None:
    words = [quote for quote in clause.quotes if not _FILE_NAME.search(quote)]
    if words and not {AddText, EditText, Visualize, AddMusic, Merge} & {*made}:
        return Ask(About.TEXT)
    placed = [span for span in clause.spans if span.kind is not Kind.LENGTH]
    timed = {Trim, Cut, Mute, Fade, ExtractAudio} & {*made}
    return Ask(About.KEEP_OR_CUT) if len(placed) > 1 and not timed else None
