"""Values from outside, taken only where they are what they should be: codes, texts, ids, numbers, moments. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

_TEXT_KEYS = ("message", "msg", "error", "detail", "reason", "error_message", "errorMessage")


def code_of(value: object) -> int | None:
    """A result code: an integer, also written as a string. None for anything else."""
    match value:
        case bool():
            return None
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case str() if value.strip().lstrip("-").isdecimal() and len(value) < 12:
            return int(value)
    return None


def error_text(body: object) -> str:
    """The backend's own words about an error: the key is not published, so the first likely one counts."""
    if not isinstance(body, dict):
        return ""
    for key in _TEXT_KEYS:
        match body.get(key):
            case str() as text if text:
                return text
            case dict() as inner if text := error_text(inner):
                return text
            case list() as items if items:
                return "; ".join(error_text(item) or str(item)[:100] for item in items[:5])
    return ""


def number(value: object) -> float | None:
    """A finite number; None for anything else, truth values included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        as_float = float(value)
    except OverflowError:
        return None
    return as_float if math.isfinite(as_float) else None


def find_text(body: object, keys: Sequence[str]) -> str:
    """An id or a name: in `data`, at the top, or one level further down. Integers become text; "" if absent."""
    for holder in _holders(body):
        for key in keys:
            match holder.get(key):
                case bool():
                    continue
                case str() as text if text:
                    return text
                case int() as plain:
                    return str(plain) if abs(plain) < 10**100 else ""
    return ""


def _holders(body: object) -> Iterator[dict[str, object]]:
    data = body.get("data") if isinstance(body, dict) else None
    for outer in (data, body):
        if isinstance(outer, dict):
            yield outer
    for outer in (data, body):
        if isinstance(outer, dict):
            yield from (inner for inner in outer.values() if isinstance(inner, dict))


def moment(value: object) -> float | None:
    """Seconds since the epoch, of an ISO 8601 text or of a number of seconds or milliseconds."""
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value.strip())
            return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            return None
    plain = number(value)
    if plain is None or plain <= 0:
        return None
    return plain / 1000 if plain > 1e11 else plain
