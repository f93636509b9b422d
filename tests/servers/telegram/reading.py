"""A medium in a request: bytes that came along, a file id, a path of a local server; and what is said of it."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, UnidentifiedImageError

from tests.servers.telegram.calls import Call, Upload
from tests.servers.telegram.files import StoredFile
from tests.servers.telegram.media import Facts
from tests.servers.telegram.refusals import Json, bad
from tests.servers.telegram.world import World

MOST_PHOTO = 10 << 20
MOST_THUMBNAIL = 200_000
LARGEST_THUMBNAIL = 320
_NAMES = {"video": "Video", "audio": "Audio", "document": "Document", "photo": "Photo", "animation": "Animation"}
_NAMES |= {"voice": "VoiceNote", "video_note": "VideoNote", "sticker": "Sticker"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """`uploaded` holds the ids of what came as bytes."""

    file: StoredFile
    facts: Facts
    uploaded: tuple[str, ...] = ()


def read_medium(world: World, call: Call, said: Json, kind: str, value: str) -> Incoming:
    """`said` are the fields that describe it: a call's parameters or an item of an album. Raises `Refusal`."""
    upload = _upload(call, kind, value)
    if upload is None and value.startswith("file://") and world.files.local:
        path = Path(unquote(urlsplit(value).path))
        upload = Upload(kind, path.name, "", path)
    if upload is None:
        return Incoming(_known(world, kind, value), Facts())
    stored = _keep(world, kind, upload)
    facts = Facts(
        width=_number(said.get("width"), 320),
        height=_number(said.get("height"), 320),
        duration=_number(said.get("duration"), 0),
        title=str(said.get("title") or ""),
        performer=str(said.get("performer") or ""),
        thumbnail=_thumbnail(world, call, str(said.get("thumbnail") or "")),
    )
    return Incoming(stored, facts, (stored.file_id,))


def _number(value: object, default: int) -> int:
    try:
        return int(float(str(value)))
    except ValueError:
        return default


def _upload(call: Call, kind: str, value: str) -> Upload | None:
    if value.startswith("attach://"):
        return call.uploads.get(value.removeprefix("attach://"))
    return None if value else call.uploads.get(kind)


def _keep(world: World, kind: str, upload: Upload) -> StoredFile:
    if upload.size == 0:
        raise bad("file must be non-empty")
    if kind == "photo" and upload.size > MOST_PHOTO:
        raise bad(f"file of size {upload.size} bytes is too big for a photo; the maximum size is {MOST_PHOTO} bytes")
    mime = mimetypes.guess_type(upload.name)[0] or upload.mime or "application/octet-stream"
    return world.files.keep(upload.content, _kept_as(kind, mime), upload.name, mime)


def _kept_as(kind: str, mime: str) -> str:
    """Other videos than MPEG-4 are kept as documents: the answer has no `video` then."""
    return "document" if kind in ("video", "animation") and mime not in ("video/mp4", "image/gif") else kind


def _known(world: World, kind: str, value: str) -> StoredFile:
    if not value:
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    if urlsplit(value).scheme in ("http", "https"):
        raise bad("failed to get HTTP URL content")  # this server has no way out
    stored = world.files.find(value)
    if stored is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad(f"can't use file of type {_NAMES[stored.kind]} as {_NAMES[kind]}")
    return stored


def _thumbnail(world: World, call: Call, value: str) -> StoredFile | None:
    """A thumbnail that breaks the rules is dropped without a word, as Telegram does."""
    upload = call.uploads.get(value.removeprefix("attach://") or "thumbnail")
    if upload is None or not isinstance(upload.content, Path) or not 0 < upload.size <= MOST_THUMBNAIL:
        return None
    try:
        with Image.open(upload.content) as picture:
            fits = picture.format == "JPEG" and max(picture.size) <= LARGEST_THUMBNAIL
    except UnidentifiedImageError:
        fits = False
    return world.files.keep(upload.content, "photo", upload.name, "image/jpeg") if fits else None
