"""What a clause adds to the music that was asked for before it: "…, quietly", "…, again and again". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from studio.timeline.operations import AddMusic, Duck, Operation, SetVolume
from studio.timeline.sound import UNDER_SPEECH
from studio.understanding.lexicon import MILD, Act, Thing
from studio.understanding.slots import file_in, volume_in
from studio.understanding.writing import Clause

_QUIET = 0.2
_ONLY_THERE = re.compile(
    r"^\W*(?:but |and )?(?:only|just)\b(?=.*\b(?:during|from|between|in|for|on)\b)(?!.*\b(?:keep|trim|cut|want|"
    r"need)\b)|^\W*(?:但)?只(?:在|从)"
)


def of_music(last: AddMusic, clause: Clause, own: Operation | None) -> Operation | None:
    match own:
        case SetVolume(target=target) if target != "voice" or clause.names(Thing.SENT):
            return replace(last, volume=volume_in(clause.words) or _level(last, own))
        case Duck():
            return replace(last, duck=True)
        case _ if not last.part and clause.says(_ONLY_THERE) and len(clause.spans) == 1 and not clause.quotes:
            return replace(last, part=clause.spans[0].part)
        case AddMusic() if own.query is None and own.source is None and own.part is None:
            return replace(
                last, volume=own.volume or last.volume, loop=own.loop or last.loop, duck=own.duck or last.duck
            )
        case None:
            return _plain_music(last, clause)
        case _:
            return None


def _level(last: AddMusic, own: SetVolume) -> float:
    """Louder or quieter is beside what was said before it, or what music is at where nothing is said."""
    if own.absolute:
        return own.factor
    return _QUIET if own.factor < 1 else min(1.0, (last.volume or UNDER_SPEECH) * own.factor)


def _names_the_sent(clause: Clause) -> bool:
    """ "…, use the one I sent": that is what is taken anyway."""
    return clause.names(Thing.SENT) and not clause.things - {Thing.SENT, Thing.MUSIC, Thing.SOUND, Thing.RECORDING}


def _plain_music(last: AddMusic, clause: Clause) -> AddMusic | None:
    level, source = volume_in(clause.words), file_in(clause.words)
    loop = True if clause.does(Act.LOOP) else None
    if clause.acts - MILD - {Act.LOWER, Act.LOOP, Act.KEEP} or not (level or source or loop or _names_the_sent(clause)):
        return None
    return replace(last, volume=level or last.volume, source=source or last.source, loop=loop or last.loop)
