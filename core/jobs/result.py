"""A finished render on this disk: downloaded, looked into, turned into what was asked for, with its thumbnail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from core.errors import (
    BackendDown,
    ConversionFailed,
    NoSoundInResult,
    Refused,
    ResultOutOfReach,
    ResultUnreadable,
    UserError,
)
from core.files import AUDIO_TYPES
from core.jobs.context import JobContext
from core.jobs.naming import UNNAMED, stem_of
from core.media import Below, Ffmpeg, FfmpegFailed, Media, NoSound, extract_audio, safe_input, type_of
from core.messages import MediaFile, MediaKind

log = logging.getLogger(__name__)
_SIDE = 320
_BYTES = 200_000
_SECONDS = 20.0


async def thumbnail_of(ffmpeg: Ffmpeg, path: Path, media: Media) -> Path | None:
    """A JPEG of at most 320 pixels a side and 200 kB beside `path`. None for what is no video, or where none can be
    made: it is never worth the result."""
    if media.video is None or media.still:
        return None
    made = path.with_name(f"{path.stem}-thumbnail.jpg")
    # A little into it: the first picture of many a video is black.
    moment = min(1.0, (media.duration or 0) / 10)
    size = f"scale={_SIDE}:{_SIDE}:force_original_aspect_ratio=decrease,format=yuvj420p"
    args = ["-ss", f"{moment:.3f}", *safe_input(path), "-map", "0:V:0", "-frames:v", "1", "-vf", size, "-q:v", "4"]
    try:
        async with asyncio.timeout(_SECONDS):
            await ffmpeg.run([*args, "-update", "1"], output=made)
    except (FfmpegFailed, TimeoutError, OSError) as error:
        log.info("no thumbnail: %s", getattr(error, "reason", type(error).__name__))
        return None
    return made if made.is_file() and made.stat().st_size <= _BYTES else None


DOWNLOAD_TRIES = 3


@dataclass(frozen=True, slots=True)
class Result:
    """The finished file. `link` is public, "" where the backend gave none; `link_is_video` when the file was made here
    from what the link leads to. `also` is a second file made of its sound, where the skill has one. `whole` is what
    `file` was before it was made to fit its place. `below` where it cannot be, without being spoilt."""

    file: MediaFile
    link: str
    link_is_video: bool = False
    also: MediaFile | None = None
    whole: MediaFile | None = None
    below: Below | None = None

    @property
    def files(self) -> tuple[MediaFile, ...]:
        return (self.file, self.also) if self.also else (self.file,)


async def fetch_result(context: JobContext, url: str) -> Result:
    """`url` is where the render lies, "" where only its id leads to it.

    Raises `ResultOutOfReach`, `ResultUnreadable`, `NoSoundInResult`, `ConversionFailed` and what the backend refuses.
    """
    context.status.withdraw_buttons()
    context.status.show(context.say("downloading"))
    path = context.folder / "result"
    media = await _download(context, url, path)
    if context.job.output in AUDIO_TYPES and not _is_sound(media, context.job.output):
        made = await _sound(context, path, context.job.output)
        media = await context.services.ffmpeg.probe(made) or media
        return Result(await media_file(context, made, media), url, link_is_video=True)
    named = path.with_suffix(f".{type_of(media)}")
    await asyncio.to_thread(path.rename, named)
    return Result(await media_file(context, named, media), url, also=await _also(context, named, media))


async def _download(context: JobContext, url: str, path: Path) -> Media:
    """Tried again a few times: a finished file may reach its public address a little later than the news of it. Where
    something else lies there, the render's id is asked for the file."""
    failed: UserError = ResultOutOfReach(id=context.job.render)
    other = ""
    for left in reversed(range(DOWNLOAD_TRIES)):
        try:
            media = await _fetched(context, url, path)
        except (BackendDown, Refused) as error:
            if type(error) not in (BackendDown, Refused):  # token, plan, rate: more of the same does not help
                raise
            failed.__cause__ = error
        else:
            if media is not None:
                return media
            failed, url, other = ResultUnreadable(id=context.job.render), other, url
        if left:
            await context.services.clock.sleep(context.services.timing.render_poll)
    raise failed


async def _fetched(context: JobContext, url: str, path: Path) -> Media | None:
    """None for what is no media."""
    client, render = context.services.gateway.client, context.job.render
    await context.ask(lambda who: client.download(who, render, url, path))
    return await context.services.ffmpeg.probe(path)


async def _also(context: JobContext, path: Path, media: Media) -> MediaFile | None:
    """The clean sound beside the video. Never worth the result: without it the video is still what was asked for."""
    if not context.skill.also or media.video is None or media.audio is None or media.still:
        return None
    try:
        made = await _sound(context, path, context.skill.also)
    except UserError as error:
        log.warning("job %s: no second file: %s", context.job.id, error.key)
        return None
    sound = await context.services.ffmpeg.probe(made)
    return await media_file(context, made, sound) if sound else None


async def _sound(context: JobContext, path: Path, kind: str) -> Path:
    made = path.with_suffix(f".{kind}")

    def on_progress(share: float) -> None:
        context.progress("taking-the-sound", share, of=str(path))

    await sound_of(context.services.ffmpeg, path, made, name=made.name, on_progress=on_progress)
    return made


def _is_sound(media: Media, wanted: str) -> bool:
    return media.video is None and type_of(media) == wanted


async def media_file(context: JobContext, path: Path, media: Media) -> MediaFile:
    # Noted when the render began: by now the place may work on another project.
    stem = context.job.named or stem_of(context.job.about) or UNNAMED
    video = media.video
    return MediaFile(
        path=path,
        name=f"{stem}{path.suffix}",
        kind=MediaKind(media.kind.value),
        size=(await asyncio.to_thread(path.stat)).st_size,
        duration=media.duration,
        width=video.width if video else None,
        height=video.height if video else None,
        thumbnail=await thumbnail_of(context.services.ffmpeg, path, media),
    )


async def sound_of(
    ffmpeg: Ffmpeg, source: Path, output: Path, *, name: str, on_progress: Callable[[float], None]
) -> None:
    """The sound of an export as the audio file that was asked for. Raises `NoSoundInResult`, `ConversionFailed`."""
    kind = cast(Literal["mp3", "wav", "m4a"], output.suffix.removeprefix("."))
    try:
        await extract_audio(ffmpeg, source, output, kind=kind, on_progress=on_progress)
    except NoSound as error:
        raise NoSoundInResult from error
    except FfmpegFailed as error:
        log.warning("taking the sound out of the result: %s", error.reason)
        raise ConversionFailed(name=name) from error
