"""Several readings that are one wish, and wishes that cannot both be done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from studio.timeline.operations import (
    END,
    START,
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Merge,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding.model import About, Ask
from studio.understanding.parse import Reading
from studio.understanding.scopes import Tokens

_QUIET = 0.2  # of music that is to be quiet


def of(reading: Reading) -> tuple[Operation, ...]:
    return reading.built if isinstance(reading.built, tuple) else ()


def reconciled(readings: list[Reading], tokens: Tokens) -> tuple[Operation, ...]:
    """Several that are one: music that is to give way, a sound that is taken out as a file, the same said twice."""
    operations = [op for reading in readings for op in of(reading)]
    kinds = [type(operation) for operation in operations]
    if AddMusic in kinds and Duck in kinds:
        made = [replace(o, duck=True) if isinstance(o, AddMusic) else o for o in operations if not isinstance(o, Duck)]
        return _merged(made)
    if {Merge, AddMusic} & {*kinds} and any(r.has("NOSOUND") for r in readings):
        operations = [o for o in operations if not isinstance(o, Mute)]  # that it has none is the reason
    if Visualize in kinds and not any(token.kind == "format" for token in tokens):
        operations = [operation for operation in operations if not isinstance(operation, ExtractAudio)]
    operations = _without_reasons(operations, readings)
    named = [op for reading in readings if reading.has("format") for op in of(reading) if isinstance(op, ExtractAudio)]
    if len(named) == 1:
        operations = [o for o in operations if not isinstance(o, ExtractAudio) or o in named]
    removed = {type(op) for reading in readings if not reading.has("MUTE") for op in of(reading)}
    if RemoveMusic in kinds and Mute in removed:
        operations = [o for o in operations if not isinstance(o, Mute)]
    if ExtractAudio in kinds and Mute in removed:
        operations = [o for o in operations if not (isinstance(o, Mute) and not o.parts)]
    if Merge in kinds and Mute in removed:
        operations = [
            replace(o, mix=False) if isinstance(o, Merge) else o for o in operations if not isinstance(o, Mute)
        ]
    if RemoveMusic in kinds and ExtractAudio in kinds and not any(token.kind == "format" for token in tokens):
        taken_out = [reading for reading in readings if any(isinstance(op, ExtractAudio) for op in of(reading))]
        also = any(r.has("SOUND", "AUDIOONLY") and r.has("TOO", "GET", "EXTRACT") for r in taken_out)
        operations = [RemoveMusic(also_audio=also) if isinstance(o, RemoveMusic) else o for o in operations]
        operations = [o for o in operations if not isinstance(o, ExtractAudio)]
    return _merged(_with_their_level(_in_one(operations)))


def _without_reasons(operations: list[Operation], readings: list[Reading]) -> list[Operation]:
    """Of several levels those that only say why another is wished for."""
    levels = [reading for reading in readings if any(isinstance(op, SetVolume) for op in of(reading))]
    if len(levels) > 1:  # that it is quiet is the reason
        reasons = [op for reading in levels if reading.pattern.endswith("QUIETLY") for op in of(reading)]
        operations = [operation for operation in operations if operation not in reasons]
    exact = [op for r in levels if r.has("factor", "percent", "db", "TWICE", "HALF") for op in of(r)]
    if len(exact) == 1 and isinstance(exact[0], SetVolume) and not exact[0].absolute:  # the other says why
        operations = [o for o in operations if not _is_reason(o, exact[0])]
    return operations


def _is_reason(operation: Operation, exact: SetVolume) -> bool:
    """ "She is quiet, 1.4 times as loud"."""
    if not isinstance(operation, SetVolume) or operation is exact or exact.target not in ("all", operation.target):
        return False
    return (operation.factor > 1) != (exact.factor > 1)


def _in_one(operations: list[Operation]) -> list[Operation]:
    """How words are to look, said apart from the words; cropping beside a cut is cutting."""
    new = next((operation for operation in operations if isinstance(operation, AddText)), None)
    looks = [o for o in operations if isinstance(o, EditText) and not (o.text or o.old)]
    if new and len(looks) == 1:
        place, color, size = looks[0].position, looks[0].color, looks[0].size
        both = replace(new, position=new.position or place, color=new.color or color, size=new.size or size)
        operations = [both if o is new else o for o in operations if o is not looks[0]]
    if any(isinstance(o, Trim | Cut) for o in operations):
        operations = [o for o in operations if not (isinstance(o, SetAspect) and not o.across)]
    if any(isinstance(o, Merge) and o.mix is False for o in operations):
        operations = [o for o in operations if o != AddMusic()]
    return operations


def _with_their_level(operations: list[Operation]) -> list[Operation]:
    """ "Add music, half volume": a level right behind the music is the music's."""
    made: list[Operation] = []
    for operation in operations:
        before = made[-1] if made else None
        if not (isinstance(before, AddMusic) and isinstance(operation, SetVolume) and operation.target != "voice"):
            made.append(operation)
        elif operation.absolute or before.volume is not None:
            level = operation.factor * (1.0 if operation.absolute else before.volume or 1.0)
            made[-1] = replace(before, volume=round(level, 4))
        else:
            made[-1] = replace(before, volume=_QUIET if operation.factor < 1 else None)
    return made


def _merged(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Parts that are cut, or kept, are all of the timeline as it is seen now: one operation. What is said twice is done
    once; of two merges the one that says how.
    """
    merges = [operation for operation in operations if isinstance(operation, Merge)]
    if merges:
        best = next((merge for merge in merges if merge.mix is not None), merges[0])
        operations = [o for o in operations if not isinstance(o, Merge) or o is best]
    operations = _one_picture(list(dict.fromkeys(operations)))
    parts: dict[type, tuple[Part, ...]] = {}
    made: list[Operation] = []
    for operation in operations:
        if not isinstance(operation, Trim | Cut):
            made.append(operation)
            continue
        kind = type(operation)
        if kind in parts:
            parts[kind] += tuple(part for part in operation.parts if part not in parts[kind])
            made = [replace(o, parts=parts[kind]) if isinstance(o, Trim | Cut) and type(o) is kind else o for o in made]
        else:
            parts[kind] = operation.parts
            made.append(operation)
    return _kept_and_cut(tuple(made))


def _kept_and_cut(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """What is kept and what is cut in one message are both of the timeline as it is seen now."""
    trim = next((operation for operation in operations if isinstance(operation, Trim)), None)
    cut = next((operation for operation in operations if isinstance(operation, Cut)), None)
    if not (trim and cut and len(trim.parts) == 1) or set(trim.parts) & set(cut.parts):
        return operations
    kept = trim.parts[0]
    around = (Part(START, kept.start), Part(kept.end, END))
    outside = tuple(part for part in around if part.start != part.end)
    inside = tuple(part for part in cut.parts if part not in outside)
    one = Cut((*inside, *outside)) if inside else trim
    return tuple(one if operation is cut else operation for operation in operations if operation is not trim)


def _one_picture(operations: list[Operation]) -> list[Operation]:
    """What is said of one drawn picture in several places."""
    drawn = [operation for operation in operations if isinstance(operation, Visualize)]
    if len(drawn) < 2:
        return operations
    names = [field.name for field in fields(Visualize)]
    values = {name: next((v for each in drawn if (v := getattr(each, name)) is not None), None) for name in names}
    return [*(o for o in operations if not isinstance(o, Visualize)), Visualize(**values)]


def _overlap(one: Part, other: Part) -> bool:
    """Of two parts with plain times."""
    if {one.start.share, one.end.share, other.start.share, other.end.share} != {0.0}:
        return False
    return one.start.seconds < other.end.seconds and other.start.seconds < one.end.seconds


def clash_of(operations: tuple[Operation, ...]) -> Ask | None:
    once = [type(o) for o in operations if isinstance(o, SetAspect | Speed | ExtractAudio | Visualize)]
    levels = [o.target for o in operations if isinstance(o, SetVolume) and not o.parts]
    kept = {part for o in operations if isinstance(o, Trim) for part in o.parts}
    cut = {part for o in operations if isinstance(o, Cut) for part in o.parts}
    muted = {o.target for o in operations if isinstance(o, Mute) and not o.parts}
    from_start = [part for part in kept if part.start == START]
    if any(_overlap(one, other) for one in kept for other in kept if one is not other):
        return Ask(About.CLASH)
    if Mute() in operations and any(isinstance(o, ExtractAudio) for o in operations):
        return Ask(About.CLASH)
    if len(from_start) > 1 or any(o.target in muted for o in operations if isinstance(o, SetVolume)):
        return Ask(About.CLASH)
    clashes = len(levels) > len(set(levels)) or len(once) > len(set(once)) or bool(kept & cut)
    return Ask(About.CLASH) if clashes else None
