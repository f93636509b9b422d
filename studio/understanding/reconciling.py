"""Several wishes of one message, seen together: united where they are one edit, asked back where they clash. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import reduce

from studio.timeline.operations import AddMusic, AddText, Cut, Merge, Mute, Operation, RemoveMusic, SetAspect, Visualize
from studio.understanding.clashing import clash, merges_nothing
from studio.understanding.model import About, Ask


def reconciled(wishes: Sequence[Operation], kinds: frozenset[str]) -> tuple[Operation, ...] | Ask:
    """The wishes as they are to be done. `kinds` as `understand` has them."""
    if "audio" in kinds and "video" not in kinds:
        wishes = _drawn(wishes)
    if Mute() in wishes:  # there is nothing left to take music out of
        wishes = [wish for wish in wishes if not isinstance(wish, RemoveMusic)]
    if clash(wishes) or merges_nothing(wishes, kinds):
        return Ask(About.CLASH)
    return _cuts_united(wishes)


def _drawn(wishes: Sequence[Operation]) -> list[Operation]:
    """ "Square, title 'x', and a waveform": of a sound, shape and title are those of the picture that is drawn."""
    drawn = [wish for wish in wishes if isinstance(wish, Visualize)]
    if not drawn:
        return list(wishes)
    made, others = reduce(_both, drawn), []
    for wish in wishes[: wishes.index(drawn[0])]:
        match wish:
            case SetAspect() if not made.aspect:
                made = replace(made, aspect=wish)
            case AddText(text, None) if not made.title:
                made = replace(made, title=text)
            case AddMusic() | Merge() if wish in (AddMusic(), Merge()):  # "my song, make a video of it"
                pass
            case _:
                others.append(wish)
    behind = [wish for wish in wishes[wishes.index(drawn[0]) + 1 :] if not isinstance(wish, Visualize)]
    return [*others, made, *behind]


def _both(first: Visualize, second: Visualize) -> Visualize:
    """There is one picture: what the second says of it is added to what the first says."""
    said = {field.name: getattr(second, field.name) for field in fields(second) if getattr(second, field.name)}
    return replace(first, **{name: value for name, value in said.items() if not getattr(first, name)})


def _cuts_united(wishes: Sequence[Operation]) -> tuple[Operation, ...]:
    """All times that are named are of what is seen now, not of what the cut before leaves."""
    cuts = [wish for wish in wishes if isinstance(wish, Cut)]
    if len(cuts) < 2:
        return tuple(wishes)
    first = wishes.index(cuts[0])
    others = [wish for wish in wishes if not isinstance(wish, Cut)]
    return (*others[:first], Cut(tuple(part for cut in cuts for part in cut.parts)), *others[first:])
