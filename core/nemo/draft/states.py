"""Two states of a session: as text that can be kept, and whether they mean the same. Pure.

What a state means is its timeline, its frame, its files and what was generated. Where a file lies is no part of that:
a server may listen at another port after a restart, and a cloud signs and rotates its links. Nor is the time at which
something was written down.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from core.nemo.models import SessionState
from core.nemo.wire.raw_json import MAX_DEPTH, BadJson, loads

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_CANVAS = "canvas_config"
_PARTS = ("draft", "video_infos", "generated_media", _CANVAS)
_NAMES = ("filename", "file_name", "fileName", "name", "title", "id", "file_id", "hash")
_TIMES = re.compile(
    r"(?:created|updated|modified|saved|changed|expires?|expiry|expiration|accessed|uploaded|fetched|signed|generated"
    r"|started|completed|finished|last)(?:_?(?:at|on|time|date|ts|ms|in|modified|updated|saved|seen|access(?:ed)?))+"
    r"|timestamp|expires|expiry|sig(?:nature)?|(?:access_?)?token|nonce|request_?id|trace_?id|server_?time",
    re.IGNORECASE,
)
_ID = re.compile(r"(?:^|_)u?id$|Id$|hash", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?\S*")
# Milliseconds and microseconds since 1970, from 2001 on: longer than any timeline, shorter than an id.
_EPOCHS = ((10**12, 5 * 10**12), (10**15, 5 * 10**15))


def canonical(state: SessionState) -> str:
    """Draft, uploads, generated media and the frame as JSON, to be kept and compared with a later state by `differs`.

    The order of keys, `10` or `10.0`, a draft as an object or as text, missing or empty: all are written alike.
    """
    draft = state.draft
    if isinstance(draft, str):
        with contextlib.suppress(BadJson):
            draft = loads(draft)
    parts = {
        "draft": draft,
        "video_infos": state.video_infos,
        "generated_media": state.generated_media,
        _CANVAS: state.canvas_config,
    }
    return _text({name: _plain(value, 0) or None for name, value in parts.items()})


def differs(before: str, after: SessionState) -> bool:
    """Whether a state means something else than one that `canonical` wrote."""
    now = canonical(after)
    if before == now:
        return False
    # One that was written down before frames were does not say which it had.
    parts = _PARTS if f'"{_CANVAS}":' in before else tuple(name for name in _PARTS if name != _CANVAS)
    return _meaning(before, parts) != _meaning(now, parts)


def digest_of(state: SessionState) -> str:
    """The same for two states that mean the same."""
    return hashlib.sha256(_meaning(canonical(state)).encode()).hexdigest()


def _meaning(written: str, names: Sequence[str] = _PARTS) -> str:
    try:
        parts = json.loads(written)
    except ValueError:
        return written
    if not isinstance(parts, dict):
        return written
    files = _files(parts)
    return _text({name: _meant(parts.get(name), files) for name in names})


def _files(parts: Mapping[str, Any]) -> dict[str, str]:
    """What the project calls the file behind an address; the second of a name is another file."""
    names: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for item in _items(parts.get("video_infos"), parts.get("generated_media")):
        addresses = [place for value in item.values() if (place := _place(value))]
        new = [place for place in dict.fromkeys(addresses) if place not in names]
        if not new:
            continue
        name = next((str(item[key]) for key in _NAMES if isinstance(item.get(key), str | int)), _last(new[0]))
        seen[name] += 1
        names |= dict.fromkeys(new, f"file {name} {seen[name]}")
    return names


def _items(*values: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    for value in values:
        match value:
            case dict():
                yield value
                if depth < MAX_DEPTH:
                    yield from _items(*value.values(), depth=depth + 1)
            case list() if depth < MAX_DEPTH:
                yield from _items(*value, depth=depth + 1)


def _meant(value: object, files: Mapping[str, str], key: str = "") -> object:
    match value:
        case dict():
            kept = {name: inner for name, inner in value.items() if not _TIMES.fullmatch(name)}
            return {str(_meant(name, files)): _meant(inner, files, name) for name, inner in kept.items()}
        case list():
            return [_meant(inner, files, key) for inner in value]
        case str() if _MOMENT.fullmatch(value):
            return "a moment"
        case str() if place := _place(value):
            return files.get(place) or f"at {_last(place)}"
        case bool():
            return value
        case int() if not _ID.search(key) and any(low <= value < high for low, high in _EPOCHS):
            return "a moment"
        case _:
            return value


def _place(value: object) -> str:
    """An address without what signs it; "" for what is none."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        return ""
    return re.split(r"[?#]", value, maxsplit=1)[0]


def _last(place: str) -> str:
    return unquote(place.rstrip("/").rpartition("/")[2])


def _text(parts: object) -> str:
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _plain(value: object, depth: int) -> object:
    if depth > MAX_DEPTH:
        return None
    match value:
        case dict():
            return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner, depth + 1) for inner in value]
        case float() if value.is_integer():
            return int(value)
        case None | bool() | int() | str() | float():
            return value
        case _:
            return str(value)
