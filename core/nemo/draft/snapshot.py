"""A session's state as one comparable text: whether a turn without words has changed anything. Pure."""

from __future__ import annotations

import contextlib
import json

from core.nemo.models import SessionState
from core.nemo.wire.raw_json import MAX_DEPTH, BadJson, loads


def canonical(state: SessionState) -> str:
    """Draft, uploads and generated media as JSON that is equal whenever they mean the same.

    The order of keys, `10` or `10.0`, a draft as an object or as text, missing or empty: none is a change.
    """
    draft = state.draft
    if isinstance(draft, str):
        with contextlib.suppress(BadJson):
            draft = loads(draft)
    parts = {"draft": draft, "video_infos": state.video_infos, "generated_media": state.generated_media}
    plain = {name: _plain(value, 0) or None for name, value in parts.items()}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


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
