"""The ways in which the cloud may answer. The defaults are the answers of the studio itself.

The published pages contradict each other in places and leave others open, so a client has to bear each of these.
They are read at every request and may be changed while the server runs.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from tests.servers.studio.offers import Offers


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


@dataclass(slots=True)
class Variants:
    """Times in seconds."""

    dialect: Dialect = Dialect.ADK
    heartbeat: Beat = Beat.JSON
    hold: asyncio.Event | None = None  # edits are committed when it is set
    partials: bool = False
    silent: bool = False  # edits say nothing
    gui_words: bool = False
    temporary_issue: bool = False  # a last sentence that is not true
    fault: Fault | None = None
    drop: Drop | None = None  # the stream breaks; the turn goes on
    edit_lost: bool = False  # an edit is played and not saved
    disk_full: bool = False  # an edit cannot be saved
    late_commit: float | None = None  # how long after the end of its stream an edit shows in the state
    refuses_run: bool = False  # 2001 as a body instead of a stream
    no_credits: bool = False  # 2001 within the stream
    error_key: str = "message"
    codes_in_http: bool = False
    rate_limits: bool = False  # one token a client and ten an address
    rate_limited: int = 0  # so many requests of any kind are answered 429
    user_id_absent: bool = False
    long_keys: bool = False  # another spelling of a draft's segments
    render_shape: Shape = Shape.FLAT
    polls_without_url: int = 0
    render_fails: bool = False
    render_delay: float = 0.0
    plan_blocks: bool = False
    duplicate_returns_job: bool = False
    offers: Offers | None = None  # one request is not done before it is confirmed
