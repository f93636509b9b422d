"""Files that users send: what a message has, as handles and facts, and how a handle is fetched to this disk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
from telegram import (
    Animation,
    Audio,
    Bot,
    Document,
    ExternalReplyInfo,
    Message,
    PhotoSize,
    User,
    Video,
    VideoNote,
    Voice,
)
from telegram.error import BadRequest, TelegramError

from core.errors import FileOutOfReach, MissingFile, TooLargeToFetch
from core.messages import Attachment

CHUNK = 256 * 1024
MEGABYTE = 1 << 20

Carrier = Message | ExternalReplyInfo
Held = Video | Audio | Voice | VideoNote | Animation | Document | PhotoSize

_NAMES = {
    Video: ("video.mp4", "video/mp4"),
    Audio: ("audio.mp3", "audio/mpeg"),
    Voice: ("voice.ogg", "audio/ogg"),
    VideoNote: ("video-note.mp4", "video/mp4"),
    Animation: ("animation.mp4", "video/mp4"),
    Document: ("file", ""),
    PhotoSize: ("photo.jpg", "image/jpeg"),
}
# The type is the app's word, and a name that fits it makes the file's content easier to believe.
_EXTENSIONS = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "image/gif": "gif",
}


def attachments_of(message: Message, me: User | None = None) -> tuple[Attachment, ...]:
    """The message's own file, else that of the message it replies to, unless that is a result of ours."""
    own = attachment_of(message, caption=message.caption or "")
    if own is not None:
        return (own,)
    if result_replied_to(message, me):
        return ()
    for replied in (message.reply_to_message, message.external_reply):
        found = attachment_of(replied) if replied else None
        if found is not None:
            return (found,)
    return ()


def result_replied_to(message: Message, me: User | None) -> Message | None:
    """The message of ours that it replies to."""
    replied = message.reply_to_message
    ours = replied and me and replied.from_user and replied.from_user.id == me.id
    return replied if ours else None


def attachment_of(carrier: Carrier, caption: str = "") -> Attachment | None:
    held = held_by(carrier)
    if held is None:
        return None
    name, mime = _NAMES[type(held)]
    mime = getattr(held, "mime_type", None) or mime
    given = getattr(held, "file_name", None)
    if not given and (extension := _EXTENSIONS.get(mime)):
        name = f"{name.partition('.')[0]}.{extension}"
    origin = f"{carrier.chat.id}/{carrier.message_id}" if isinstance(carrier, Message) else ""
    return Attachment(held.file_id, given or name, held.file_size, mime, caption, origin=origin)


def held_by(carrier: Carrier) -> Held | None:
    # An animation comes as a document too, so it is looked for first.
    for held in (
        carrier.animation,
        carrier.video,
        carrier.audio,
        carrier.voice,
        carrier.video_note,
        carrier.document,
    ):
        if held is not None:
            return held
    return carrier.photo[-1] if carrier.photo else None


class Downloads:
    """`root` is where files lie, with the bot's token in it: never logged, never handed on. `limit` in bytes."""

    def __init__(self, bot: Bot, http: httpx.AsyncClient, root: str, *, limit: int, local: bool) -> None:
        self._bot = bot
        self._http = http
        self._root = root
        self._limit = limit
        self._local = local

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        """Raises `TooLargeToFetch`, `MissingFile`, and `FileOutOfReach` where the platform cannot be reached."""
        path = await self._path(attachment)
        if self._local and await asyncio.to_thread(_is_here, path):
            return Path(path)
        try:
            async with self._http.stream("GET", f"{self._root}/{self._below_root(path)}") as answer:
                if answer.status_code != 200:
                    raise MissingFile(name=attachment.name)
                await self._save(answer, to)
        except httpx.HTTPError as error:
            # Without its cause: that holds the address, and the address holds the token.
            raise FileOutOfReach(name=attachment.name) from _without_address(error)
        return to

    async def _path(self, attachment: Attachment) -> str:
        try:
            file = await self._bot.get_file(attachment.handle)
        except BadRequest as error:
            if "too big" in error.message.lower():
                size = round((attachment.size or self._limit + 1) / MEGABYTE, 1)
                raise TooLargeToFetch(
                    name=attachment.name, megabytes=size, limit=round(self._limit / MEGABYTE, 1)
                ) from None
            raise MissingFile(name=attachment.name) from None
        except TelegramError as error:
            raise FileOutOfReach(name=attachment.name) from _without_address(error)
        # The library makes a whole address of the path, token and all.
        return (file.file_path or "").removeprefix(f"{self._root}/")

    def _below_root(self, path: str) -> str:
        """A server with --local names files by where they lie on its own disk, in a folder that is called after the
        bot's token. A file server beside it has them under the address where Telegram itself has them."""
        token = self._root.rpartition("/bot")[2]
        return path.rpartition(f"/{token}/")[2].lstrip("/")

    async def _save(self, answer: httpx.Response, to: Path) -> None:
        with await asyncio.to_thread(to.open, "wb") as file:
            async for chunk in answer.aiter_bytes(CHUNK):
                await asyncio.to_thread(file.write, chunk)


def _is_here(path: str) -> bool:
    return Path(path).is_absolute() and Path(path).is_file()


def _without_address(error: Exception) -> Exception:
    return RuntimeError(type(error).__name__)
