"""Server-sent events as backends of this kind write them: bytes for a scripted turn."""

from __future__ import annotations

import json
from enum import StrEnum

HEARTBEATS = (
    b"data:\n\n",
    b"data: \n\n",
    b"data: heartbeat\n\n",
    b'data: "heartbeat"\n\n',
    b'data: {"type":"heartbeat"}\n\n',
    b"data: {}\n\n",
    b"event: heartbeat\n\n",
    b"event: heartbeat\ndata: {}\n\n",
    b": still here\n\n",
)


class Dialect(StrEnum):
    ADK = "adk"  # google-adk 1.26
    SNAKE = "snake"  # google-adk without aliases, as 0.1 wrote it
    TYPED = "typed"  # {"type": "text", "content": …}
    CHUNKS = "chunks"  # {"type": "chunk", "text": …}
    FLAT = "flat"  # {"text": …}
    WRAPPED = "wrapped"  # {"code": 0, "data": {"text": …}}


def frame(payload: object) -> bytes:
    return b"data: " + json.dumps(payload, ensure_ascii=False).encode() + b"\n\n"


def adk(*parts: object, partial: bool = False, role: str = "model", **more: object) -> bytes:
    """One google-adk event; a part that is a string is a text."""
    content = {"parts": [{"text": part} if isinstance(part, str) else part for part in parts], "role": role}
    event = {
        "content": content,
        "invocationId": "e-1",
        "author": "nemo_agent",
        "actions": {"stateDelta": {}, "artifactDelta": {}, "requestedAuthConfigs": {}},
        "id": "7f",
        "timestamp": 1795166077.19,
    }
    return frame({**event, **({"partial": True} if partial else {}), **more})


def said(text: str, dialect: Dialect) -> bytes:
    """A whole text in a dialect."""
    match dialect:
        case Dialect.ADK:
            return adk(text)
        case Dialect.SNAKE:
            return frame({"content": {"parts": [{"text": text}], "role": "model"}, "turn_complete": True})
        case Dialect.TYPED:
            return frame({"type": "text", "content": text})
        case Dialect.CHUNKS:
            return frame({"type": "chunk", "text": text}) + frame({"type": "done"})
        case Dialect.FLAT:
            return frame({"text": text})
        case Dialect.WRAPPED:
            return frame({"code": 0, "data": {"text": text}})


def used_tool(dialect: Dialect, name: str = "edit_multitrack") -> bytes:
    """A tool's call and its answer in a dialect."""
    match dialect:
        case Dialect.ADK:
            answer = {"functionResponse": {"id": "c1", "name": name, "response": {"status": "ok"}}}
            return adk({"functionCall": {"id": "c1", "args": {}, "name": name}}) + adk(answer, role="user")
        case Dialect.SNAKE:
            return frame({"content": {"parts": [{"function_call": {"args": {}, "name": name}}]}})
        case Dialect.TYPED:
            return frame({"type": "tool_call", "name": name}) + frame({"type": "tool_result", "name": name})
        case Dialect.CHUNKS | Dialect.FLAT | Dialect.WRAPPED:
            return frame({"type": "toolcall_start", "tool": name}) + frame({"type": "toolcall_end"})
