"""Makes a file what the backend takes: judged by its content, converted on this machine where it has to be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from core.errors import (
    AnimatedPicture,
    BrokenFile,
    ConversionFailed,
    NotMedia,
    TooManyPixels,
    Unsupported,
    UserError,
)
from core.files import CONVERTED, UPLOADABLE, extension_of, renamed
from core.media import (
    BT709,
    Ffmpeg,
    FfmpegFailed,
    Media,
    aac_args,
    bare_args,
    claimed_pixels,
    decode_heif,
    is_heif,
    is_incomplete,
    mp3_args,
    on_black,
    safe_input,
    standard_picture,
    type_of,
)

log = logging.getLogger(__name__)

_MOST_PIXELS = 64_000_000  # of a picture: what is larger takes a gigabyte of memory
# Types of one container: what it is called decides among these.
_ALIKE = (
    {"mp4", "mov", "m4a", "m4v", "3gp", "3g2"},
    {"mkv", "webm", "mka", "weba"},
    {"jpg", "jpeg"},
)


OnProgress = Callable[[float], None]


async def as_uploadable(
    ffmpeg: Ffmpeg, path: Path, name: str, mime: str = "", on_progress: OnProgress = lambda _: None
) -> tuple[Path, str, Media]:
    """The file as the backend takes it, with the name that it has then; what is converted is made beside `path`.

    `on_progress` is called only where it is converted. Raises `BadInput` and `ConversionFailed`.
    """
    if await asyncio.to_thread(is_heif, path):
        return await _photo(ffmpeg, path, name)
    media = await ffmpeg.probe(path)
    if media is None:
        raise await asyncio.to_thread(_unreadable, ffmpeg, path, name)
    if media.still and media.video and media.video.width * media.video.height > _MOST_PIXELS:
        raise _too_many(name, media.video.width * media.video.height)
    kind = _type_of(media, extension_of(name, mime))
    if kind in UPLOADABLE:
        return path, renamed(name, kind), media
    target = CONVERTED.get(kind)
    if target is None:
        raise Unsupported(name=name, formats=", ".join(UPLOADABLE))
    on_progress(0)
    made = path.with_name(f"{path.stem}-converted.{target}")
    await to_uploadable(ffmpeg, path, made, name=name, on_progress=on_progress)
    return made, renamed(name, target), media


def _type_of(media: Media, said: str) -> str:
    """What the file is called where that may be, else what its content is."""
    found = type_of(media)
    return said if any({said, found} <= alike for alike in _ALIKE) else found


async def _photo(ffmpeg: Ffmpeg, path: Path, name: str) -> tuple[Path, str, Media]:
    made = path.with_name(f"{path.stem}-converted.jpg")
    try:
        await decode_heif(path, made)
    except FfmpegFailed as error:
        log.info("a HEIC picture: %s", error.reason)
        raise BrokenFile(name=name) from error
    media = await ffmpeg.probe(made)
    if media is None:
        raise BrokenFile(name=name)
    return made, renamed(name, "jpg"), media


def _unreadable(ffmpeg: Ffmpeg, path: Path, name: str) -> UserError:
    """Why a file was not opened. Runs in a thread: it may ask FFmpeg what it can do."""
    if ffmpeg.lacks_to_open(path):
        return AnimatedPicture(name=name)
    if (pixels := claimed_pixels(path)) > _MOST_PIXELS:
        return _too_many(name, pixels)
    return BrokenFile(name=name) if is_incomplete(path) else NotMedia(name=name, formats=", ".join(UPLOADABLE))


def _too_many(name: str, pixels: int) -> TooManyPixels:
    return TooManyPixels(name=name, megapixels=round(pixels / 1e6), limit=round(_MOST_PIXELS / 1e6))


def _recipes(target: str, media: Media) -> list[list[str]]:
    """One after the other until one works: video is copied where MP4 can hold it, else encoded."""
    audio = media.audio
    sound = ["-map", f"0:a:{audio.number}"] if audio else []
    heard = [*sound, "-vn"]
    match target:
        case "mp4":
            both = ["-map", "0:V:0", *sound, "-movflags", "+faststart"]
            return [[*both, "-c", "copy"], [*both, *_encoded(media)]]
        case "mp3":
            return [[*heard, *mp3_args(192, audio.sample_rate if audio else None)]]
        case "m4a":
            return [[*heard, "-c:a", "copy"] if audio and audio.codec == "aac" else [*heard, *aac_args(256)]]
        case _:
            black = [each for video in (media.video,) if video for each in on_black(video)]
            return [["-map", "0:v:0", "-frames:v", "1", "-q:v", "2", *(["-vf", ",".join(black)] if black else [])]]


def _encoded(media: Media) -> list[str]:
    shown = [*(standard_picture(media.video) if media.video else []), "scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1"]
    picture = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-vf", ",".join(shown), *BT709]
    return [*picture, "-fps_mode", "vfr", *aac_args(192)]


async def to_uploadable(ffmpeg: Ffmpeg, source: Path, output: Path, *, name: str, on_progress: OnProgress) -> None:
    """Converts by the type that `output`'s name ends in. Raises `ConversionFailed`."""
    media = await ffmpeg.probe(source)
    if media is None:
        raise ConversionFailed(name=name)
    bare = bare_args(media.title, media.artist)
    for recipe in _recipes(output.suffix.removeprefix("."), media):
        args = [*safe_input(source, media), *recipe, *bare]
        try:
            await ffmpeg.run(args, output=output, duration=media.duration, on_progress=on_progress)
        except FfmpegFailed as error:
            log.info("conversion to %s: %s", output.suffix, error.reason)
            continue
        return
    raise ConversionFailed(name=name)
