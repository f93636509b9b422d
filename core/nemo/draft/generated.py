"""Media that the backend made of words alone, as the state lists them: they need no timeline to be delivered. Pure.

Whether `generated_media` is a list or a map, and how an item names its address, is not published: each form is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.files import kind_of
from core.nemo.draft.timeline import has_segments
from core.nemo.models import SessionState

_ADDRESSES = (
    *("url", "cdn_url", "cdnUrl", "output_url", "outputUrl", "video_url", "videoUrl", "audio_url", "audioUrl"),
    *("image_url", "imageUrl", "media_url", "download_url", "downloadUrl", "src", "uri"),
)
_DEPTH = 6


def generated_address(media: object, wanted: str) -> str:
    """Where the newest of them lies, "" for none. `wanted` is the file type whose kind it has to be of; "" for any."""
    kinds = {kind_of(f"x.{wanted}"), "other"}  # an address need not tell
    found = [url for url in _addresses(media, _DEPTH) if not wanted or kind_of(_name(url)) in kinds]
    return found[-1] if found else ""


def has_material(state: SessionState) -> bool:
    """Whether there is anything to export, on the timeline or beside it."""
    return has_segments(state.draft) or bool(generated_address(state.generated_media, ""))


def _addresses(media: object, depth: int) -> Iterator[str]:
    match media:
        case str() if media.lower().startswith(("http://", "https://")):
            yield media
        case list() if depth:
            for item in media:
                yield from _addresses(item, depth - 1)
        case dict() if depth:
            named = [media[key] for key in _ADDRESSES if isinstance(media.get(key), str)]
            own = next((address for value in named for address in _addresses(value, 1)), "")
            if own:  # what else has an address in it is a thumbnail, or where it was made from
                yield own
                return
            for item in media.values():
                if isinstance(item, list | dict) or _is_address_of_media(item):
                    yield from _addresses(item, depth - 1)


def _is_address_of_media(value: object) -> bool:
    return isinstance(value, str) and kind_of(_name(value)) != "other"


def _name(url: str) -> str:
    return url.partition("?")[0].partition("#")[0].rpartition("/")[2]
