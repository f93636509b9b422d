"""Files on their way out: each as what it is, streamed from the disk, with the facts that apps show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from telegram import (
    Bot,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from bots.telegram.attachments import held_by
from core.messages import Album, MediaFile, MediaKind

PHOTO_BYTES = 10_000_000
_AUDIO = (".mp3", ".m4a")
# What an album may hold beside each other: pictures and films, sounds, and what goes as a document. A GIF is in none.
ALBUM = Album(
    most=10,
    mixes=(
        frozenset({"mp4", "jpg", "jpeg", "png", "webp"}),
        frozenset({"mp3", "m4a"}),
        frozenset({"wav", "flac", "ogg", "aac", "mkv", "webm", "mov", "avi"}),
    ),
)


async def send_file(bot: Bot, file: MediaFile, **common: Any) -> Message:
    """`common` are the chat, the caption, the reply and so on. Raises the library's errors."""
    if goes_as_document(file):
        return await send_as_document(bot, file, **common)
    with _opened(file.path, file.name) as content, _thumbnail(file) as thumbnail:
        match _shape(file):
            case "video":
                return await bot.send_video(
                    video=content, supports_streaming=True, thumbnail=thumbnail, **_facts(file), **common
                )
            case "audio":
                seconds = _seconds(file)
                title = Path(file.name).stem
                return await bot.send_audio(audio=content, duration=seconds, title=title, **common)
            case "photo":
                return await bot.send_photo(photo=content, **common)
            case _:
                return await bot.send_animation(animation=content, **_facts(file), **common)


async def send_as_document(bot: Bot, file: MediaFile, **common: Any) -> Message:
    with _opened(file.path, file.name) as content:
        return await bot.send_document(document=content, disable_content_type_detection=True, **common)


def goes_as_document(file: MediaFile) -> bool:
    return _shape(file) == "document"


def goes_together(files: Sequence[MediaFile]) -> bool:
    """Whether an album may hold them: pictures and films among themselves, and sounds."""
    shapes = {_shape(file) for file in files}
    return 2 <= len(files) <= 10 and (shapes <= {"video", "photo"} or shapes in ({"audio"}, {"document"}))


async def send_album(bot: Bot, files: Sequence[MediaFile], caption: str, **common: Any) -> Sequence[Message]:
    with ExitStack() as stack:
        media = [_in_album(file, stack, caption if number == 0 else None) for number, file in enumerate(files)]
        return await bot.send_media_group(media=media, **common)


def handle_of(message: Message) -> str:
    """The platform's handle of a sent file, with its kind: a file can only be shown again as what it was."""
    held = held_by(message)
    return f"{type(held).__name__.lower()}:{held.file_id}" if held else ""


def _in_album(file: MediaFile, stack: ExitStack, caption: str | None) -> Any:
    content = stack.enter_context(_opened(file.path, file.name, attach=True))
    match _shape(file):
        case "video":
            thumbnail = stack.enter_context(_thumbnail(file, attach=True))
            return InputMediaVideo(content, caption, thumbnail=thumbnail, supports_streaming=True, **_facts(file))
        case "photo":
            return InputMediaPhoto(content, caption)
        case "audio":
            return InputMediaAudio(content, caption, duration=_seconds(file))
        case _:
            return InputMediaDocument(content, caption)


def _shape(file: MediaFile) -> str:
    suffix = Path(file.name).suffix.lower()
    match file.kind:
        case MediaKind.VIDEO if suffix == ".mp4":
            return "video"
        case MediaKind.AUDIO if suffix in _AUDIO:
            return "audio"
        case MediaKind.VIDEO | MediaKind.IMAGE if suffix == ".gif":
            return "animation"
        case MediaKind.IMAGE if file.size <= PHOTO_BYTES:
            return "photo"
        case _:
            return "document"


def _facts(file: MediaFile) -> dict[str, Any]:
    """Said by us: above some ten megabytes the platform does not look for itself and shows a square of 0:00."""
    return {"width": file.width, "height": file.height, "duration": _seconds(file)}


def _seconds(file: MediaFile) -> int | None:
    return max(1, round(file.duration)) if file.duration is not None else None


@contextmanager
def _opened(path: Path, name: str, *, attach: bool = False) -> Iterator[InputFile]:
    # A handle that is streamed: a path would be uploaded by its name, and bytes would lie in memory.
    with path.open("rb") as content:
        yield InputFile(content, filename=name, attach=attach, read_file_handle=False)


@contextmanager
def _thumbnail(file: MediaFile, *, attach: bool = False) -> Iterator[InputFile | None]:
    if file.thumbnail is None:
        yield None
        return
    with _opened(file.thumbnail, "thumbnail.jpg", attach=attach) as content:
        yield content
