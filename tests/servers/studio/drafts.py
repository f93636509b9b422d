"""A draft's segments under other keys than the studio's, and back: the published pages name none. Pure."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_PLAIN = ("id", "n", "s", "d", "src", "in", "v")


def long_keys(draft: Json) -> Json:
    """The studio's draft with long keys."""
    return _spelt(draft, _long_segment)


def short_keys(draft: Json) -> Json:
    """A draft with long keys as the studio reads it."""
    return _spelt(draft, _short_segment)


def _spelt(draft: Json, spell: Any) -> Json:
    if "t" not in draft:
        return draft
    return {**draft, "t": [{**track, "sg": [spell(segment) for segment in track["sg"]]} for track in draft["t"]]}


def _long_segment(segment: Json) -> Json:
    span = {"start": segment["s"], "duration": segment["d"]}
    if "tx" in segment:
        style = {"position": segment["pos"], "color": segment["color"], "size": segment["size"]}
        return {"uid": segment["id"], "words": segment["tx"], "range": span, "style": style}
    changes = {key: value for key, value in segment.items() if key not in _PLAIN}
    return {
        "uid": segment["id"],
        "label": segment["n"],
        "range": span,
        "media": {"file": segment["src"], "offset": segment["in"]},
        "volume": round(segment["v"] * 100, 2),
        **({"changes": changes} if changes else {}),
    }


def _short_segment(segment: Json) -> Json:
    span = {"s": segment["range"]["start"], "d": segment["range"]["duration"]}
    if "words" in segment:
        style = segment["style"]
        look = {"pos": style["position"], "color": style["color"], "size": style["size"]}
        return {"id": segment["uid"], "tx": segment["words"], **span, **look}
    media = segment["media"]
    return {
        "id": segment["uid"],
        "n": segment["label"],
        **span,
        "src": media["file"],
        "in": media["offset"],
        "v": round(segment["volume"] / 100, 6),
        **segment.get("changes", {}),
    }
