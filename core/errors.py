"""What can go wrong, as types. An error carries a key and values; `core.language.catalogue` makes the sentence of it.

    CutroomError
    ├── UserError                 ends in a sentence for a person
    │   ├── BadInput              what was sent cannot be used: EmptyFile, Unsupported (4001), TooLarge (4002) …
    │   ├── NothingToExport, NothingChanged, AgentFailed, EditLost, RenderFailed …
    │   ├── EditUnseen, RefusedMidway, TooManyMidway   after a turn was taken: what was done stands
    │   ├── Refused               the backend said no: certainly nothing was started
    │   │   ├── TokenRefused (1001), SessionGone (1002), NoCredits (2001), ClientIdRefused (400)
    │   │   ├── PlanBlocked (402), RateLimited (429), ServiceFull (507), LinkOutOfReach
    │   │   ├── FileTypeRefused (4001), FilesTooLarge (4002): of a call that works with the project's files
    │   ├── BackendDown           could not be reached: certainly nothing was started
    │   └── OutcomeUnknown        it may still be running: must not be repeated
    ├── LostClaim                 another worker has the job now
    ├── ChatGone                  the chat cannot be written to
    │   └── MayNotWrite           words are not taken there; files may be, or the person may be reached in another way
    └── StorageTrouble, StoreTooNew (core.store), PlatformDown, MediaRefused, SendUnknown

"Nothing was started" and "it may still be running" are different types: one may be repeated, the other may cost twice.
"""

from __future__ import annotations

import re
from typing import ClassVar

Value = str | int | float


class CutroomError(Exception):
    """Anything of ours."""


class LostClaim(CutroomError):
    """The job is claimed by somebody else; whoever gets this must stop and change nothing."""


class ChatGone(CutroomError):
    """The chat is closed to us: blocked, left, deleted. Nobody is left to work for."""


class MayNotWrite(ChatGone):
    """We may not write there, or not words; a file may be taken, or its person reached in another way."""


class PlatformDown(CutroomError):
    """The platform could not be reached, or asked us to come later: certainly nothing was said. It is said again."""


class MediaRefused(CutroomError):
    """The platform does not take these files there: too large after all, or not allowed. Certainly nothing was said."""


class SendUnknown(CutroomError):
    """A message was sent off and no answer came: it may stand in the chat or not."""


class UserError(CutroomError):
    """Ends in a sentence for a person: catalogue message `error-<key>` with `values`.

    The key is the class's name: "empty-file" for `EmptyFile`. `UserError` itself is a mistake of ours.
    """

    key: ClassVar[str] = "internal"

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.key = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, **values: Value) -> None:
        super().__init__(self.key)
        self.values = values


class BadInput(UserError):
    """What was sent cannot be used."""


class EmptyFile(BadInput):
    """Values: name."""


class MissingFile(BadInput):
    """Values: name."""


class IsDirectory(BadInput):
    """Values: name."""


class UnreadableFile(BadInput):
    """Values: name."""


class Unsupported(BadInput):
    """Code 4001: the type is not accepted. Values: name, formats."""


class RefusedFile(Unsupported):
    """Code 4001 from the backend for a file of a type that it takes. Values: name."""


class NotMedia(Unsupported):
    """Code 4001 although the name looked right: the content is not what it says. Values: name, formats."""


class BrokenFile(Unsupported):
    """It begins as a file of its type does, and its rest is missing or broken. Values: name."""


class TooManyPixels(Unsupported):
    """A picture of few megabytes may have too many pixels. Values: name, megapixels, limit (both millions)."""


class AnimatedPicture(Unsupported):
    """An animated WebP, which the FFmpeg in use cannot read. Values: name."""


class TooLarge(BadInput):
    """Code 4002. Values: name, megabytes, limit (both MB)."""


class TooLargeThere(TooLarge):
    """4002 for a file within the published limit. Values: name, megabytes, limit (both MB)."""


class LinkTooLarge(TooLarge):
    """4002 for a file that the backend fetches itself: nobody says how large it is. Values: name, limit (MB)."""


class PageLink(BadInput):
    """A link to a web page, where one to a file is needed. Values: link."""


class PrivateLink(BadInput):
    """A link that cannot be opened from everywhere. Values: link."""


class LinkType(BadInput):
    """A link to a file of a type that is taken, but not by link. Values: name, formats."""


class TooLargeToFetch(BadInput):
    """The platform does not hand out files of that size. Values: name, megabytes, limit (both MB)."""


class FileOutOfReach(UserError):
    """The platform did not hand a file out; it may later. Values: name."""


class ProjectGone(BadInput):
    """1002 for a project that had material: it has to be sent again."""


class NoFileYet(BadInput):
    """The request is about a file and there is none."""


class EditTooLate(BadInput):
    """A request was changed after work on it had begun."""


class WaitingRoomFull(UserError):
    """There are as many open requests as there may be; nothing was started."""


class YourShareIsFull(UserError):
    """One person has as many open requests as they may have; nothing was started. Values: count."""


class NothingToExport(UserError):
    """The timeline has no segment yet."""


class NothingChanged(UserError):
    """The agent's turn ended and the state is as it was."""


class AgentFailed(UserError):
    """The agent reported an error during its turn and nothing changed."""


class EditLost(UserError):
    """The answer broke off and the state never changed: told honestly, never sent again by itself."""


class JobTooSlow(UserError):
    """The whole job ran into its limit and was stopped. Values: minutes (0: less than one)."""


class EditTooSlow(UserError):
    """The turn ran into the time limit and nothing changed so far. Values: minutes (0: less than one)."""


class EditUnseen(UserError):
    """The turn was taken, and what came after it failed: nothing is lost by that, and nothing has to be paid again."""


class RefusedMidway(UserError):
    """The backend refused what comes after a turn or a render's begin. Values: begun (edit or export), code."""


class TooManyMidway(UserError):
    """429 after the turn was taken."""


class RenderFailed(UserError):
    """The backend could not render."""


class RenderTooSlow(UserError):
    """The render did not end while we watched it."""


class ResultUnreadable(UserError):
    """The render is finished, and what comes is no media or not all of it, from wherever it can be had."""


class ResultOutOfReach(UserError):
    """The render is finished and neither its address nor its id leads to the file."""


class NoSoundInResult(UserError):
    """An audio file was asked for and the finished project is silent."""


class ConversionFailed(UserError):
    """FFmpeg here could not convert a file. Values: name."""


class Refused(UserError):
    """The backend said no; certainly nothing was started. Values: code."""

    def __init__(self, **values: Value) -> None:
        # A code is a name and not an amount: catalogues would write 1,002.
        super().__init__(**{name: str(value) if name == "code" else value for name, value in values.items()})


class TokenRefused(Refused):
    """1001: bad or expired token."""


class SessionGone(Refused):
    """1002: the session is not there any more."""


class NoCredits(Refused):
    """2001. Values: account (own, anonymous or unnamed), link."""


class ClientIdRefused(Refused):
    """400: no X-Client-Id, or one the backend does not take."""


class PlanBlocked(Refused):
    """402: the plan does not include the export. Values: account (own, anonymous or unnamed), link."""


class FileTypeRefused(Refused):
    """4001 of a turn or a render: a file in the project is of a type that is not taken. Values: formats."""


class FilesTooLarge(Refused):
    """4002 of a turn or a render: the project's files are too large."""


class LinkOutOfReach(Refused):
    """The backend could not fetch a link. Values: name."""


class ServiceFull(Refused):
    """507: the backend has no room on its disk."""


class RateLimited(Refused):
    """429. `retry_after` is in seconds, None where the server does not say."""

    def __init__(self, retry_after: float | None = None, **values: Value) -> None:
        super().__init__(**values)
        self.retry_after = retry_after


class NoAnonymousToken(Refused):
    """429 on the anonymous token: the operator has to set NEMO_TOKEN."""


class OwnTokenRefused(Refused):
    """1001 on the operator's own token: it is never replaced behind their back."""


class BackendDown(UserError):
    """Could not be reached; certainly nothing was started. `away` is whether there was not even a connection."""

    def __init__(self, *, away: bool = False) -> None:
        super().__init__()
        self.away = away


class OutcomeUnknown(UserError):
    """The request was sent and no answer came: it may still be running and must not be repeated."""
