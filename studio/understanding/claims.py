"""Wishes that a clause names and a reading passed over: found, so that none is dropped. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import (
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
from studio.understanding.lexicon import ACTS, Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.shapes import shape_in
from studio.understanding.slots import level_in
from studio.understanding.spans import Kind
from studio.understanding.stating import is_of_a_part
from studio.understanding.writing import Clause

_OF_AMOUNT = (SetVolume, AddMusic, Duck, Speed, Trim, Cut, Fade, EditText, AddText, RemoveMusic, Mute, Merge)
# What may come of a verb that names one kind of edit.
_COMES_OF: tuple[tuple[Act, tuple[type, ...]], ...] = (
    (Act.FADE, (Fade,)),
    (Act.FASTER, (Speed, Fade)),
    (Act.SLOWER, (Speed, Fade)),
    (Act.MUTE, (Mute, RemoveMusic, Merge, SetVolume, Fade)),
    (Act.DUCK, (Duck, AddMusic)),
    (Act.LOWER, _OF_AMOUNT),
    (Act.RAISE, _OF_AMOUNT),
)
_FILE_NAME = re.compile(r"\.\w{2,4}$")
_SOUND_FIRST = re.compile(
    r"\b(?:the |my |this )?(?:music|song|bgm|sound ?track|audio|sound|narration|voice ?over) (?:\w+ )?(?:start|"
    r"begin|end|stop|play)s?\b|"
    r"\b(?:trim|cut|shorten|start|end|begin) (?:the |my |this )?(?:background )?(?:music|song|bgm|sound ?track|"
    r"audio|sound|narration)\b|"
    r"^\W*(?:the |my )?(?:background )?(?:music|song|bgm|audio|sound|narration) (?:only|just)\b|(?:音乐|配乐|歌|"
    r"声音|音频|旁白)从"
)
WHAT_FOR = re.compile(r"\b(?:so (?:that )?(?:it|i|we)|because|bc|cuz|for (?:my|our)|to fit)\b.*$")
_AND_OTHER = re.compile(r"\b(?:and|but) (?:\w+ ){1,3}(?:up|down|off)\b")
_DESCRIBED = re.compile(
    r"\b(?:this|my|the|our|it'?s|is) (?:an? )?\d[\d.]*[ -]?(?:s|secs?|seconds?|mins?|minutes?|hours?)\b|这[个段条]?\d"
)
_ONE_ONLY = re.compile(
    r"\b(?:sound|audio|picture|video|image)s? only\b|\b(?:only|just) (?:the )?(?:sound|audio|picture|video|"
    r"image)\b|只(?:有|让)?(?:声音|画面)"
)
_BEFORE_THAT = re.compile(r"\b(?:before|prior to|up to|until|till) (?:that|it|then|there)\b")
_AFTERWARDS = re.compile(r"\bafter (?:that|it|this|the \w+)\b|\bafterwards\b|之后|然后再")
_LOUD = re.compile(r"\b(?:not |less |too |so |as )+(?:loud|quiet|soft)\b")
_LINK = re.compile(r"^\W*(?:(?:and|but|then|also)\b\W*)+")
_AND = re.compile(r"\b(?:and|but|while)\b|而|但|并")


def passed_over(clause: Clause, operations: tuple[Operation, ...], kinds: frozenset[str]) -> Ask | None:
    if is_of_a_part(clause) and not isinstance(operations[0], Cut | Trim | AddText | EditText | SetVolume):
        return Ask(About.KEEP_OR_CUT)
    open_ = any(span.kind in (Kind.FROM, Kind.POINT, Kind.AFTER) for span in clause.spans)
    if open_ and clause.says(_BEFORE_THAT) and not isinstance(operations[0], Trim):
        return Ask(About.PART)
    if "video" in kinds and _is_of_sound_alone(clause, operations):
        return Ask(About.PART)
    made = tuple(type(operation) for operation in operations)
    for act, edits in _COMES_OF:
        if clause.does(act) and not any(kind in edits for kind in made):
            return Ask(About.UNKNOWN)
    wanted = shape_in(WHAT_FOR.sub("", clause.words))
    if wanted and not {SetAspect, Visualize, Merge, AddText, EditText} & {*made}:
        return Ask(About.UNKNOWN)
    if wanted and {AddText, EditText} & {*made} and SetAspect not in made and not clause.spans:
        return Ask(About.UNKNOWN)
    both_ways = clause.does(Act.LOWER) and ACTS[Act.RAISE].search(_LOUD.sub("", clause.words)) and clause.says(_AND)
    if made == (SetVolume,) and (both_ways or _AND_OTHER.search(_LINK.sub("", clause.words))):
        return Ask(About.LEVEL)
    if AddText in made and not clause.spans and clause.says(_AFTERWARDS):
        return Ask(About.PART)
    return _unused_values(clause, made)


def _is_of_sound_alone(clause: Clause, operations: tuple[Operation, ...]) -> bool:
    """ "The music should start at 0:05": it is not the picture that is to be cut."""
    if not isinstance(operations[0], Trim | Cut) or len(operations) > 1:
        return False
    sound = clause.names(Thing.MUSIC, Thing.SOUND, Thing.RECORDING) and not clause.names(Thing.VIDEO)
    return sound and clause.says(_SOUND_FIRST)


def _unused_values(clause: Clause, made: tuple[type, ...]) -> Ask | None:
    words = [quote for quote in clause.quotes if not _FILE_NAME.search(quote)]
    if words and not {AddText, EditText, Visualize, AddMusic, Merge} & {*made}:
        return Ask(About.TEXT)
    if made == (SetAspect,) and clause.spans and not clause.says(_DESCRIBED):
        return Ask(About.PART)
    if Fade in made and clause.says(_ONE_ONLY):
        return Ask(About.UNSUPPORTED, "a fade of the sound or the picture alone")
    level = level_in(clause.words)
    if level and level.exact and not {SetVolume, AddMusic, Speed, AddText, EditText, Trim, Cut, Duck} & {*made}:
        return Ask(About.LEVEL)
    placed = [span for span in clause.spans if span.kind is not Kind.LENGTH]
    timed = {Trim, Cut, Mute, Fade, ExtractAudio} & {*made}
    return Ask(About.KEEP_OR_CUT) if len(placed) > 1 and not timed else None
