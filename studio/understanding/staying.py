"""What is to stay as it is: said beside a wish, it asks for nothing that would not be so anyway. Pure."""

from __future__ import annotations

import re

from studio.understanding.lexicon import Act, Thing
from studio.understanding.remainder import unread
from studio.understanding.writing import Clause

_STAYS = re.compile(
    r"^(?:and |but |please |just |also |still |otherwise )*(?:keep|keeping|retain|preserve|leave)\b(?!.*\b(?:only|"
    r"just|nothing)\b)"
    r"|^(?:请|并|但|同时|也|还)*(?:保留|留着|别动|不动)(?!.*只)"
    r"|\b(?:sound|audio|voice|voices|soundtrack|noise|original)s? (?:(?:should|must|has to|can|still|"
    r"also) )*(?:stays?|remains?|"
    r"be kept|kept|intact|untouched)\b|\b(?:don'?t|do not|without) (?:touch|remov|los|mut|delet|"
    r"replac)\w* (?:\w+ ){0,3}"
    r"(?:sound|audio|voice|noise)s?\b"
    r"|(?:声音?|原声|原音|音频|音效)(?:也|都|还|仍|依然|继续)*(?:别|不要|不用|不能|勿)(?:去掉|删|去|动|关|静音|丢|"
    r"消|盖)|"
    r"(?:声音?|原声|原音|音频)(?:也|都|还|仍|依然|要|得)*(?:留|保留|不变|不动|在|照旧)"
)

_HELD = re.compile(r"\b(?:stays?|remains?)\W*$|(?:声音?|原音|音频|音效)(?:也|都)?保留$")


def keeps_sound(clause: Clause) -> bool:
    """ "Keep the original audio": said beside a sound that is laid under the picture, both are to be heard."""
    own = clause.names(Thing.ORIGINAL) or (clause.names(Thing.SOUND) and not clause.names(Thing.SENT, Thing.RECORDING))
    return own and clause.says(_STAYS) and (not clause.does(Act.REMOVE) or clause.says(r"别|不要|don'?t|without"))


def keeps_hearing(clause: Clause) -> bool:
    """ "Mute the video but keep the voice": what is to be heard cannot be muted with the rest."""
    spoken = clause.names(Thing.VOICE) and clause.does(Act.KEEP) and clause.says(_STAYS)
    return keeps_sound(clause) or (spoken and not clause.negated)


def stays_as_it_is(clause: Clause) -> bool:
    """ "…, and keep the original sound": beside a wish it asks for nothing that would not be so anyway."""
    if keeps_sound(clause) and not clause.spans and not clause.quotes and clause.says(_HELD):
        return True
    named = clause.names(Thing.ORIGINAL, Thing.SOUND, Thing.VIDEO, Thing.VOICE)
    return named and not clause.spans and clause.says(_STAYS) and unread(clause, (), strictly=True) is None
