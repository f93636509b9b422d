"""Ways in which the cloud may behave, for clients' tests. None of them is on in normal use.

The published pages contradict each other in places and leave others open, so a client has to bear each of
these; this is where a test turns one on. They are read at every request and may be changed while the studio runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Dialect(StrEnum):
    ADK = "adk"  # events of google-adk 1.26
    SIMPLE = "simple"  # {"type": "text", "content": …}


class Beat(StrEnum):
    """The heartbeat's bytes."""

    JSON = 'data: {"type":"heartbeat"}'
    EMPTY = "data:"
    EMPTY_SPACE = "data: "
    WORD = "data: heartbeat"
    STRING = 'data: "heartbeat"'
    OBJECT = "data: {}"
    EVENT = "event: heartbeat"
    EVENT_DATA = "event: heartbeat\ndata: {}"
    COMMENT = ": heartbeat"


class Fault(StrEnum):
    """An error within the stream, in the forms google-adk has written it."""

    OBJECT = "object"  # {"error": …}
    DETAILS = "details"  # {"error": …, "error_details": {…}}
    RAW = "raw"  # {"error": "…"} whose quotes are not escaped: no JSON
    CODE = "code"  # errorCode and errorMessage on an ordinary event
    NO_CREDITS = "no_credits"  # {"code": 2001, …}


class Drop(StrEnum):
    BEFORE_COMMIT = "before_commit"
    AFTER_COMMIT = "after_commit"


class Shape(StrEnum):
    """Answers about a render."""

    FLAT = "P1"
    WRAPPED = "P2"
    CODED = "P3"


class Profile(StrEnum):
    """Keys of a draft's segments, which are published nowhere."""

    SHORT = "short"
    LONG = "long"


@dataclass(slots=True)
class Switches:
    """Times in seconds. `late_commit` is how long after its stream's end an edit shows in the state."""

    dialect: Dialect = Dialect.ADK
    heartbeat: Beat = Beat.JSON
    heartbeat_every: float | None = None
    agent_delay: float = 0.0
    partials: bool = False
    silent: bool = False
    gui_words: bool = False
    temporary_issue: bool = False
    fault: Fault | None = None
    drop: Drop | None = None
    edit_lost: bool = False
    late_commit: float | None = None
    refuses_run: bool = False  # 2001 as a body instead of a stream
    no_credits: bool = False  # 2001 within the stream
    error_key: str = "message"
    codes_in_http: bool = False
    rate_limits: bool = False
    rate_limited: int = 0  # so many requests of any kind are answered 429
    user_id_absent: bool = False
    profile: Profile = Profile.SHORT
    render_shape: Shape = Shape.FLAT
    polls_without_url: int = 0
    render_fails: bool = False
    render_delay: float = 0.0
    plan_blocks: bool = False
    duplicate_returns_job: bool = False
