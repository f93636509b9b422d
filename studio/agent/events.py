"""Events as the bytes of `text/event-stream`. Pure, but for ids and the time that go into them."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any, assert_never

from studio.agent.script import Event, Report, Say, ToolCall, ToolResult
from studio.switches import Dialect

Json = dict[str, Any]


def encode(event: Event, dialect: Dialect, invocation: str) -> bytes:
    """One frame, UTF-8 as it is: U+2028 is written raw, as google-adk does."""
    match event:
        case Report():
            data = event.data
        case Say() | ToolCall() | ToolResult():
            body = _adk(event, invocation) if dialect is Dialect.ADK else _simple(event)
            data = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        case _:
            assert_never(event)
    return f"data: {data}\n\n".encode()


def _adk(event: Say | ToolCall | ToolResult, invocation: str) -> Json:
    match event:
        case Say():
            content: Json = {"parts": [{"text": event.text}], "role": "model"}
        case ToolCall():
            call = {"id": event.id, "args": event.args, "name": event.name}
            content = {"parts": [{"functionCall": call}], "role": "model"}
        case ToolResult():
            result = {"id": event.id, "name": event.name, "response": event.response}
            content = {"parts": [{"functionResponse": result}], "role": "user"}
    partial = {"partial": True} if isinstance(event, Say) and event.partial else {}
    return {"content": content, **partial, **adk_frame(invocation)}


def adk_frame(invocation: str) -> Json:
    """What every event of google-adk 1.26 carries beside its content."""
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


def _simple(event: Say | ToolCall | ToolResult) -> Json:
    match event:
        case Say():
            return {"type": "text", "content": event.text}
        case ToolCall():
            return {"type": "tool_call", "name": event.name, "args": event.args}
        case ToolResult():
            return {"type": "tool_result", "name": event.name, "result": event.response}
