"""What is to stay as it is: said beside a wish, it asks for nothing that would not be so anyway. Pure."""

from __future__ import annotations

import re

from studio.understanding.lexicon import Act, Thing
from studio.understanding.remainder import unread
from studio.understanding.writing import Clause

_STAYS = re.compile(
    r"^(?:and |but |please |just |also |still )*(?:keep|keeping|retain|preserve|leave)\b(?!.*\b(?:only|just|nothing)\b)"
    r"|^(?:请|并|但|同时|也|还)*(?:保留|留着)(?!.*只)"
)


def keeps_sound(clause: Clause) -> bool:
    """ "Keep the original audio": said beside a sound that is laid under the picture, both are to be heard."""
    return clause.says(_STAYS) and clause.names(Thing.ORIGINAL) and not clause.does(Act.REMOVE)


def stays_as_it_is(clause: Clause) -> bool:
    """ "…, and keep the original sound": beside a wish it asks for nothing that would not be so anyway."""
    named = clause.names(Thing.ORIGINAL, Thing.SOUND, Thing.VIDEO, Thing.VOICE)
    return named and not clause.spans and clause.says(_STAYS) and unread(clause, (), strictly=True) is None
