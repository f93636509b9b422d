"""What a `FakeCloud` is told to do and what it remembers: data."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from enum import StrEnum

from tests.servers.frames import Dialect

TIMELINE = (
    '{"t":[{"tt":0,"sg":[{"n":"city timelapse","s":0,"d":10000}]},'
    '{"tt":1,"sg":[{"n":"Lo-fi","s":0,"d":10000,"v":0.35}]},'
    '{"tt":7,"sg":[{"tx":"Urban Dreams","s":0,"d":3000}]}],"d":10000,"m":{"title":"Project"}}'
)


class Drop(StrEnum):
    """Where a turn's connection is cut, seen from the edit."""

    BEFORE = "before"
    AFTER = "after"


@dataclass
class Turn:
    """One answer to /run_sse. The default is an edit that works and says so.

    `draft` is the JSON text the edit commits, None for no change; `late`: reads of the state that still show
    the old one. `text` "" is a silent turn. `raw` replaces all events, `reply` the whole stream. `hold` is
    awaited after the first events, so that a test decides when the turn goes on; meanwhile there is a heartbeat every
    `beat_seconds`, if that is not 0. `generated` is the JSON text of the
    media that it makes. `breaks` are endpoints, with what they answer from the end of the turn until a test takes it
    out of `FakeCloud.broken`.
    """

    text: str = "Done! I made the edit."
    draft: str | None = TIMELINE
    generated: str = ""
    dialect: Dialect = Dialect.ADK
    tools: bool = True
    raw: bytes | None = None
    reply: Reply | None = None
    drop: Drop | None = None
    late: int = 0
    hold: asyncio.Event | None = None
    beat_seconds: float = 0.0
    breaks: dict[str, Reply] = field(default_factory=dict)
    content_type: str = "text/event-stream"


class Cut(StrEnum):
    """Where an answer's connection is cut."""

    BEFORE = "before"  # no byte of it came
    WITHIN = "within"  # its head and half of its body came


@dataclass
class Reply:
    """A whole answer: `body` as bytes, or anything else as JSON. With `does`, what was asked for is done all the same;
    with `cut`, it does not arrive whole."""

    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    does: bool = False
    cut: Cut | None = None

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()

    @classmethod
    def coded(cls, code: int, *, http: bool, key: str = "message") -> Reply:
        """A code as the HTTP status, or in the body of a 200, with an error text under `key`."""
        text = {key: f"backend text about {code}"}
        return cls(code, text) if http else cls(200, {"code": code, **text, "data": None})


class Poll(StrEnum):
    """The published shapes of a render's answer."""

    FLAT = "flat"  # {"status", "progress", "output": {"url"}}
    WRAPPED = "wrapped"  # {"success", "data": {"status", "outputUrl"}}
    CODED = "coded"  # {"code", "data": {"status", "outputUrl"}}
    BARE = "bare"  # {"status"}: only the render's id leads to the file


@dataclass(frozen=True)
class Request:
    """One request as it arrived; header names in lower case."""

    endpoint: str
    method: str
    url: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        parsed = json.loads(self.body)
        assert isinstance(parsed, dict)
        return parsed

    @property
    def said(self) -> str:
        """The text of a turn's request."""
        message = self.json["new_message"]
        assert isinstance(message, dict)
        return str(message["parts"][0]["text"])


@dataclass(frozen=True)
class Upload:
    """A file as a form carried it."""

    name: str
    content_type: str
    field: str
    data: bytes


@dataclass
class Session:
    draft: str = "{}"
    videos: list[dict[str, object]] = field(default_factory=list)
    pending: str | None = None
    late: int = 0
    generated: str = "null"
    edits: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(str(video["filename"]) for video in self.videos)

    def commit(self, turn: Turn) -> None:
        self.generated = turn.generated or self.generated
        if turn.draft is None:
            return
        self.edits += 1
        draft = turn.draft
        if draft == TIMELINE and self.edits > 1:  # an edit that works is a change
            draft = TIMELINE.replace('"m":{', f'"m":{{"edit":{self.edits},')
        if turn.late:
            self.pending, self.late = draft, turn.late
        else:
            self.draft = draft

    def read(self) -> str:
        """The draft as the next look at the state shows it."""
        if self.pending is not None:
            self.late -= 1
            if self.late < 0:
                self.draft, self.pending = self.pending, None
        return self.draft


@dataclass(frozen=True)
class Taken:
    """A turn that reached the agent: with which words, in which session, and the names of the files there by then."""

    words: str
    turn: Turn
    session: Session
    files: tuple[str, ...]
