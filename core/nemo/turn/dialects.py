"""One event's payload -> events, in every form a backend of this kind has been seen to send.

* google-adk (0.1 to 2.13), in camelCase and in snake_case: `{"content": {"parts": [...]}, "partial": …}`
* typed events: `{"type": "text", "content": "…"}`, `tool_call`, `thinking_start`, `ask_question`, `error` …
* flat `{"text": "…"}`; any of these inside `{"code": 0, "data": …}`; bare heartbeats
"""

from __future__ import annotations

import re

from httpx_sse import ServerSentEvent

from core.nemo.events import Activity, Doing, Event, Heartbeat, StreamFault, Unfulfilled, Words
from core.nemo.turn.questions import read_asking
from core.nemo.wire.raw_json import BadJson, loads
from core.nemo.wire.values import code_of, error_text

_HEARTBEATS = frozenset({"heartbeat", "ping", "keepalive", "keep-alive", "keep_alive"})
_MESSAGES = frozenset({"ask_question", "question"})
_PIECES = frozenset({"text", "chunk", "message", "text_delta", "text_chunk"})
_TOOLS = ("tool", "function")
_THOUGHTS = ("think", "thought", "reasoning")
# google-adk before 1.19 writes its error into the JSON unescaped, so quotes and line ends break it.
_BROKEN_ERROR = re.compile(r'\s*\{\s*"error"\s*:\s*"?(.*)', re.DOTALL)
_MAX_WRAPS = 4
_OTHER: list[Event] = [Activity(Doing.OTHER)]

Payload = dict[str, object]


def read_frame(frame: ServerSentEvent) -> list[Event]:
    """The events of one server-sent event. Its name is "message" where the sender gave none."""
    name = "" if frame.event == "message" else frame.event
    plain = frame.data.strip()
    if name.lower() in _HEARTBEATS or plain.lower() in _HEARTBEATS or not plain:
        return [Heartbeat()]
    try:
        payload = loads(plain)
    except BadJson:
        return _read_broken(name, plain)
    return read_payload(payload, name)


def read_bare(line: str) -> list[Event]:
    """The events of a JSON line without `data:`, as a gateway writes an error into a stream it has not begun."""
    try:
        return read_payload(loads(line))
    except BadJson:
        return []


def _read_broken(name: str, data: str) -> list[Event]:
    if broken := _BROKEN_ERROR.match(data):
        return [StreamFault(None, broken[1].rstrip('"}\n '))]
    return [StreamFault(None, data)] if name.lower() == "error" else list(_OTHER)


def read_payload(payload: object, name: str = "", wraps: int = 0) -> list[Event]:
    """The events of one JSON value. `name` is the server-sent event's own name, for payloads without a type."""
    match payload:
        case str() if payload.strip().lower() in _HEARTBEATS or not payload.strip():
            return [Heartbeat()]
        case list() if wraps < _MAX_WRAPS:
            return [event for item in payload for event in read_payload(item, name, wraps + 1)]
        case dict():
            return _read_object(payload, name.lower(), wraps)
        case _:
            return list(_OTHER)


def _read_object(payload: Payload, name: str, wraps: int) -> list[Event]:
    kind = payload.get("type")
    kind = kind.strip().lower() if isinstance(kind, str) else name
    content = payload.get("content")
    if kind in _HEARTBEATS or not payload:
        return [Heartbeat()]
    if _get(content, "parts") is not None or "actions" in payload:
        return _read_adk(payload, content)
    if known := _read_typed(payload, kind):
        return known
    if fault := _fault(payload):
        return [fault]
    if isinstance(payload.get("data"), dict | list) and wraps < _MAX_WRAPS:
        return read_payload(payload["data"], name, wraps + 1)
    return _words(payload, ("text", "content"), piece=True) or list(_OTHER)


def _read_typed(payload: Payload, kind: str) -> list[Event]:
    """An event that names its type; [] where the type says nothing to us and the keys have to."""
    if kind == "error":
        return [StreamFault(_code(payload), error_text(payload) or _text(payload, ("content", "text", "data")))]
    if kind.startswith(_TOOLS):
        return [Activity(Doing.TOOL)]
    if kind.startswith(_THOUGHTS) or payload.get("thought") is True:
        return [Activity(Doing.THOUGHT)]
    if kind in _MESSAGES:
        return _words(payload, ("question", "content", "text", "message", "data"), piece=False) or list(_OTHER)
    if kind in _PIECES:
        return _words(payload, ("content", "text", "delta", "message", "data"), piece=True)
    return []


def _read_adk(payload: Payload, content: object) -> list[Event]:
    parts = _get(content, "parts")
    events: list[Event] = []
    if isinstance(parts, list):
        events += _read_parts(parts, partial=payload.get("partial") is True, echo=_is_echo(payload, content))
    if fault := _fault(payload):
        events.append(fault)
    return [*events, *_of_the_studio(_get(payload.get("actions"), "stateDelta"))] or list(_OTHER)


def _of_the_studio(delta: object) -> list[Event]:
    """Keys of the studio's own in the state that an event changes."""
    outcome, asking = _get(delta, "cutroom_outcome"), read_asking(delta)
    told: list[Event] = [Unfulfilled(outcome)] if isinstance(outcome, str) and outcome in set(Unfulfilled) else []
    return [*told, asking] if asking else told


def _read_parts(parts: list[object], *, partial: bool, echo: bool) -> list[Event]:
    events: list[Event] = []
    text = ""
    for part in parts:
        said = _get(part, "text")
        if _get(part, "thought") is True:
            events.append(Activity(Doing.THOUGHT))
        elif isinstance(said, str):
            text += said
        elif any(_get(part, key) is not None for key in _TOOL_KEYS):
            events.append(Activity(Doing.TOOL))
    if text and not echo:
        events.insert(0, Words(text, partial=partial))
    return events


_TOOL_KEYS = ("functionCall", "function_call", "functionResponse", "function_response")


def _is_echo(payload: Payload, content: object) -> bool:
    """The user's own words come back in some logs of a session; they are no answer."""
    author = payload.get("author")
    return author == "user" or (author is None and _get(content, "role") == "user")


def _fault(payload: Payload) -> StreamFault | None:
    code = _code(payload)
    # ADK also reports why a model ended its text, and STOP is the good reason.
    adk = [payload.get(key) for key in ("errorCode", "error_code") if payload.get(key) not in (None, "", "STOP", 0)]
    if code or adk or payload.get("error") or payload.get("success") is False:
        return StreamFault(code, error_text(payload) or " ".join(map(str, adk)))
    return None


def _code(payload: Payload) -> int | None:
    for holder in (payload, payload.get("error")):
        for key in ("code", "errorCode", "error_code"):
            if code := code_of(_get(holder, key)):
                return code
    return None


def _words(payload: Payload, keys: tuple[str, ...], *, piece: bool) -> list[Event]:
    text = _text(payload, keys)
    return [Words(text, partial=payload.get("partial") is True, piece=piece)] if text else []


def _text(payload: Payload, keys: tuple[str, ...]) -> str:
    for key in keys:
        match payload.get(key):
            case str() as text if text:
                return text
            case dict() as inner if text := _text(inner, ("text", "content")):
                return text
            case list() as parts if text := "".join(str(_get(part, "text") or "") for part in parts):
                return text
    return ""


def _get(holder: object, key: str) -> object:
    return holder.get(key) if isinstance(holder, dict) else None
