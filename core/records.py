"""An answer that was promised with a message's acceptance: kept until it has been said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.messages import Button, Place, Tone


class Inquiry(StrEnum):
    """What has to be looked up before it can be said."""

    CREDITS = "credits"
    STATUS = "status"
    HELP = "help"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Owed:
    """`message` is the id of the message that is answered. Either `text` is what is said, or `inquiry` asks for it."""

    message: str
    place: Place
    language: str
    reply_to: str = ""
    text: str = ""
    tone: Tone = Tone.ANSWER
    buttons: tuple[Button, ...] = ()
    inquiry: Inquiry | None = None
