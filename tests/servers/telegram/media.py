"""Media as it stands in a message: a file and what is known of it, in Telegram's fields."""

from __future__ import annotations

from dataclasses import dataclass

from tests.servers.telegram.files import StoredFile
from tests.servers.telegram.refusals import Json


@dataclass(frozen=True, slots=True)
class Facts:
    """Seconds and pixels. The defaults are what Telegram shows of a large video of which it was told nothing."""

    width: int = 320
    height: int = 320
    duration: int = 0
    title: str = ""
    performer: str = ""
    thumbnail: StoredFile | None = None


def as_content(file: StoredFile, facts: Facts, *, with_name: bool = True) -> Json:
    """The message's fields for a file of its kind: an animation also sets `document`."""
    named: Json = {"file_name": file.name} if with_name and file.name else {}
    if file.mime:
        named["mime_type"] = file.mime
    if facts.thumbnail:
        named["thumbnail"] = {"width": 320, "height": 180, **facts.thumbnail.identity}
    size = {"width": facts.width, "height": facts.height}
    length = {"duration": facts.duration}
    match file.kind:
        case "video":
            return {"video": {**file.identity, **size, **length, **named}}
        case "animation":
            return {
                "animation": {**file.identity, **size, **length, **named},
                "document": {**file.identity, **named},
            }
        case "audio":
            told = {key: value for key in ("title", "performer") if (value := getattr(facts, key))}
            return {"audio": {**file.identity, **length, **told, **named}}
        case "voice":
            return {"voice": {**file.identity, **length, "mime_type": file.mime or "audio/ogg"}}
        case "video_note":
            thumb = {"thumbnail": named["thumbnail"]} if "thumbnail" in named else {}
            return {"video_note": {**file.identity, "length": facts.width, **length, **thumb}}
        case "photo":
            small = {"width": 90, "height": 67, **file.identity, "file_id": f"{file.file_id}s"}
            return {"photo": [small, {**file.identity, **size}]}
        case "sticker":
            plain = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🎬"}
            return {"sticker": {**file.identity, "width": 512, "height": 512, **plain}}
        case _:
            return {"document": {**file.identity, **named}}


MEDIA = ("animation", "video", "audio", "voice", "video_note", "photo", "sticker", "document")


def kind_of(message: Json) -> str:
    """The one media field of a message, "" for a text. `animation` comes before the `document` it also sets."""
    return next((kind for kind in MEDIA if kind in message), "")


def file_of(message: Json) -> str:
    """The file id of a message's medium, "" where there is none."""
    kind = kind_of(message)
    if not kind:
        return ""
    medium = message[kind]
    return str(medium[-1]["file_id"] if kind == "photo" else medium["file_id"])
