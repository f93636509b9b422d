"""A turn as a script of events around one commit, and each event as a frame of `text/event-stream`.

Pure, except for the ids and times that go into the frames.
"""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, assert_never

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """Words to the user."""

    text: str


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


def encode(event: Event, invocation: str) -> bytes:
    """One frame in the form of google-adk 1.26. UTF-8 is not escaped: U+2028 is written raw, as google-adk does."""
    body = {**_content(event), **_envelope(invocation)}
    return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def _content(event: Event) -> Json:
    match event:
        case Say(text):
            return {"content": {"parts": [{"text": text}], "role": "model"}}
        case ToolCall():
            call = {"id": event.id, "args": event.args, "name": event.name}
            return {"content": {"parts": [{"functionCall": call}], "role": "model"}}
        case ToolResult():
            result = {"id": event.id, "name": event.name, "response": event.response}
            return {"content": {"parts": [{"functionResponse": result}], "role": "user"}}
        case _:
            assert_never(event)


def _envelope(invocation: str) -> Json:
    """What every event of google-adk carries beside its content."""
    return {
        "invocationId": invocation,
        "author": "nemo_agent",
        "actions": {
            "stateDelta": {},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        },
        "id": str(uuid.uuid4()),
        "timestamp": time.time(),
    }
