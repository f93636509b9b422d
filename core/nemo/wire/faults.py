"""The backend's refusals -> the errors of `core.errors`: the one table of codes.

    code, in the body or as HTTP status    error
    401, 1001, 1010, 1011                  TokenRefused
    1002, and 404 on a session's path      SessionGone
    2001                                   NoCredits
    402                                    PlanBlocked
    413, 4002 of an upload                 TooLarge
    415, 4001 of an upload                 Unsupported
    4002 of what works with the files      FilesTooLarge
    4001 of what works with the files      FileTypeRefused
    429                                    RateLimited
    507                                    ServiceFull
    400 where a token is asked for         ClientIdRefused
    408, 500..599                          BackendDown if the call may be repeated, else OutcomeUnknown
    anything else                          Refused(code)

The backend's own text is kept in `BackendSaid`, the error's `__cause__`, for the log. Values that a sentence
needs and only the caller knows (file name, limits, links) are the caller's to add.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from core.errors import (
    AgentFailed,
    BackendDown,
    ClientIdRefused,
    CutroomError,
    FilesTooLarge,
    FileTypeRefused,
    NoCredits,
    OutcomeUnknown,
    PlanBlocked,
    RateLimited,
    Refused,
    ServiceFull,
    SessionGone,
    TokenRefused,
    TooLarge,
    Unsupported,
    UserError,
)
from core.files import UPLOADABLE
from core.nemo.events import StreamFault

_SECRETS = re.compile(r"nmv_\w+|(?i:bearer\s+)\S+")
_MAX_TEXT = 500
_BY_CODE: dict[int, type[UserError]] = {
    401: TokenRefused,
    1001: TokenRefused,
    1010: TokenRefused,
    1011: TokenRefused,
    1002: SessionGone,
    2001: NoCredits,
    402: PlanBlocked,
    507: ServiceFull,
}
_FILE_TYPE, _FILE_TOO_LARGE = 4001, 4002
_TOO_LARGE = frozenset({413, _FILE_TOO_LARGE})
_UNSUPPORTED = frozenset({415, _FILE_TYPE})


class BackendSaid(Exception):
    """What the backend answered, for the log: never for a user."""

    def __init__(self, call: str, status: int, code: int | None, text: str) -> None:
        self.text = redacted(text)
        super().__init__(f"{call}: HTTP {status}, code {code}: {self.text}")


class StreamBroken(CutroomError):
    """A turn's answer broke off after its request was sent. The agent may be at work: read the state,
    never send again. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TurnTimedOut(StreamBroken):
    """The turn ran into its time limit; the agent may still be at work."""


class Kind(Enum):
    """What a call touches: decides what a bare 400 or 404 means."""

    TOKEN = auto()
    SESSION = auto()  # its path or body names a session
    RENDER = auto()
    OTHER = auto()


class Files(Enum):
    """What a call has to do with files: decides what may be of a wrong type, or too large."""

    NONE = auto()
    USED = auto()  # those in the project
    SENT = auto()  # one that the caller knows by its name


@dataclass(frozen=True, slots=True)
class Call:
    """`repeatable`: a second time does no harm and costs nothing, so an unclear end counts as not started."""

    name: str
    kind: Kind = Kind.OTHER
    repeatable: bool = True
    files: Files = Files.NONE


def refusal(code: int, call: Call, retry_after: float | None = None) -> UserError:
    """The error for a code that is not success, wherever it stood."""
    if known := _BY_CODE.get(code):
        return known()
    if about_files := _about_files(code, call.files):
        return about_files
    if code == 429:
        return RateLimited(retry_after)
    if code == 400 and call.kind is Kind.TOKEN:
        return ClientIdRefused()
    if code == 404 and call.kind is Kind.SESSION:
        return SessionGone()
    return unclear(call) if code == 408 or 500 <= code <= 599 else Refused(code=code)


def _about_files(code: int, files: Files) -> UserError | None:
    """413 and 415 are about the body of the request, and so about a file only where the body is one."""
    match files:
        case Files.SENT if code in _TOO_LARGE:
            return TooLarge()
        case Files.SENT if code in _UNSUPPORTED:
            return Unsupported()
        case Files.USED if code == _FILE_TOO_LARGE:
            return FilesTooLarge()
        case Files.USED if code == _FILE_TYPE:
            return FileTypeRefused(formats=", ".join(UPLOADABLE))
    return None


def unclear(call: Call) -> UserError:
    """The error for an answer that does not say what happened."""
    return BackendDown() if call.repeatable else OutcomeUnknown()


def fault_error(fault: StreamFault) -> UserError:
    """The error for a fault inside a turn's stream; its text stays in the cause."""
    error = AgentFailed() if fault.code is None else _coded(fault.code)
    error.__cause__ = BackendSaid("in the stream", 200, fault.code, fault.message)
    return error


def _coded(code: int) -> UserError:
    error = refusal(code, Call("run_sse", Kind.SESSION, files=Files.USED))
    return AgentFailed() if type(error) in (Refused, BackendDown) else error


def redacted(text: str) -> str:
    return _SECRETS.sub("[secret]", text)[:_MAX_TEXT]
