"""A turn as a script of events around one commit, and each event as a frame of `text/event-stream`.

Pure, except for the ids and times that go into the frames.
"""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, assert_never

from studio.errors import ApiError

Json = dict[str, Any]


class Unfulfilled(StrEnum):
    """Why a turn changed nothing."""

    REFUSED = "refused"  # it is beyond us, or not understood
    ASKED = "asked"  # an answer is needed first


@dataclass(frozen=True, slots=True)
class Say:
    """Words to the user; in place of an edit with the reason why there is none."""

    text: str
    instead: Unfulfilled | None = None


@dataclass(frozen=True, slots=True)
class ToolCall:
    id: str
    name: str
    args: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolResult:
    id: str
    name: str
    response: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commit:
    """The step that saves the edit: from here on it shows in the state."""


Event = Say | ToolCall | ToolResult
Script = list[Event | Commit]


def encode(event: Event, invocation: str, question: Json | None = None) -> bytes:
    """One frame in the form of google-adk 1.26. UTF-8 is not escaped: U+2028 is written raw, as google-adk does.

    `question` is the one that is open after the turn, as a client is told of it.
    """
    body = {**_content(event), **_envelope(event, invocation, question)}
    return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def encode_error(error: ApiError) -> bytes:
    """The frame of a turn that failed: google-adk's, with our code beside it."""
    body = {"error": error.message, "code": error.code}
    return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def _content(event: Event) -> Json:
    match event:
        case Say(text=text):
            return {"content": {"parts": [{"text": text}], "role": "model"}}
        case ToolCall():
            call = {"id": event.id, "args": event.args, "name": event.name}
            return {"content": {"parts": [{"functionCall": call}], "role": "model"}}
        case ToolResult():
            result = {"id": event.id, "name": event.name, "response": event.response}
            return {"content": {"parts": [{"functionResponse": result}], "role": "user"}}
        case _:
            assert_never(event)


def _envelope(event: Event, invocation: str, question: Json | None) -> Json:
    """What every event of google-adk carries beside its content."""
    return {
        "invocationId": invocation,
        "author": "nemo_agent",
        "actions": {
            "stateDelta": _state_delta(event, question) if isinstance(event, Say) else {},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        },
        "id": str(uuid.uuid4()),
        "timestamp": time.time(),
    }


def _state_delta(said: Say, question: Json | None) -> Json:
    """Keys of our own: clients ignore unknown keys of the state."""
    outcome = {"cutroom_outcome": said.instead.value} if said.instead else {}
    return {**outcome, "cutroom:question": question}
