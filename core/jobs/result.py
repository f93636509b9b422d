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
from core.jobs.links import link_to
from core.jobs.naming import UNNAMED, stem_of
from core.media import (
    Below,
    Ffmpeg,
    FfmpegFailed,
    Media,
    NoSound,
    extract_audio,
    is_cut_short,
    safe_input,
    standard_picture,
    type_of,
)
from core.messages import MediaFile, MediaKind
from core.nemo.wire.download import Download

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
    shown = ",".join([*([] if media.video.plain else standard_picture(media.video)), size])
    whole = safe_input(path, media)
    args = ["-ss", f"{moment:.3f}", *whole, "-map", "0:V:0", "-frames:v", "1", "-vf", shown, "-q:v", "4"]
    try:
        async with asyncio.timeout(_SECONDS):
            await ffmpeg.run([*args, "-update", "1"], output=made)
    except (FfmpegFailed, TimeoutError, OSError) as error:
        log.info("no thumbnail: %s", getattr(error, "reason", type(error).__name__))
        return None
    return made if made.is_file() and made.stat().st_size <= _BYTES else None


DOWNLOAD_TRIES = 3
# For what comes and is not the file. One more may be right: it was fetched while it was still being written.
BROKEN_TRIES = 2


@dataclass(frozen=True, slots=True)
class Result:
    """The finished file. `link` is where people can open it, "" for nowhere; `link_is_video` when the file was made
    here from what the link leads to; `link_until` is when the link ends, 0 where unknown. `also` is a second file made
    of its sound, where the skill has one. `whole` is what `file` was before it was made to fit its place. `below` where
    it cannot be, without being spoilt."""

    file: MediaFile
    link: str
    link_is_video: bool = False
    link_until: float = 0
    also: MediaFile | None = None
    whole: MediaFile | None = None
    below: Below | None = None

    @property
    def files(self) -> tuple[MediaFile, ...]:
        return (self.file, self.also) if self.also else (self.file,)


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What the backend made, on this disk. `address` is where it came from, "" if only its id led to it."""

    path: Path
    media: Media
    address: str


async def fetch_result(context: JobContext, url: str) -> Result:
    """`url` is where the render lies, "" where only its id leads to it.

    Raises `ResultOutOfReach`, `ResultUnreadable`, `NoSoundInResult`, `ConversionFailed` and what the backend refuses.
    """
    context.status.withdraw_buttons()
    context.status.show(context.say("downloading"))
    fetched = await _download(context, url)
    media, path = fetched.media, fetched.path
    takes_sound = context.job.output in AUDIO_TYPES and not _is_sound(media, context.job.output)
    shown = await media_file(context, path, media, picture=not takes_sound or bool(context.services.public_url))
    link = await link_to(context, shown, fetched.address, url)
    if takes_sound:
        made = await _sound(context, path, context.job.output)
        sound = await media_file(context, made, await context.services.ffmpeg.probe(made) or media)
        return Result(sound, link.address, link_is_video=True, link_until=link.until)
    return Result(shown, link.address, link_until=link.until, also=await _also(context, path, media))


async def _download(context: JobContext, url: str) -> _Fetched:
    """Tried again a few times: a finished file may reach its public address a little later than the news of it."""
    tried = 0
    while True:
        tried += 1
        try:
            return await _downloaded(context, url)
        except (BackendDown, Refused) as error:
            if type(error) not in (BackendDown, Refused):  # token, plan, rate: more of the same does not help
                raise
            if tried == DOWNLOAD_TRIES:
                raise ResultOutOfReach from error
        except ResultUnreadable:
            if tried >= BROKEN_TRIES:
                raise
        await context.services.clock.sleep(context.services.timing.render_poll)


async def _downloaded(context: JobContext, url: str) -> _Fetched:
    path, looks = context.folder / "result", list[Media]()

    async def is_whole(part: Path) -> bool:
        media = await context.services.ffmpeg.probe(part)
        looks.extend([media] if media else [])
        return media is not None and not await asyncio.to_thread(is_cut_short, part)

    client, render = context.services.gateway.client, context.job.render
    download = Download(path, is_whole=is_whole)
    address = await context.ask(lambda who: client.download(who, render, url, download))
    media = looks[-1]
    named = path.with_suffix(f".{type_of(media)}")
    await asyncio.to_thread(path.rename, named)
    return _Fetched(named, media, address)


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


async def media_file(context: JobContext, path: Path, media: Media, *, picture: bool = True) -> MediaFile:
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
        thumbnail=await thumbnail_of(context.services.ffmpeg, path, media) if picture else None,
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
