"""What FFmpeg does on this side: types the backend refuses become ones it takes, an exported MP4 becomes an MP3."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast

from core.errors import ConversionFailed, NoSoundInResult
from core.media import Ffmpeg, FfmpegFailed, NoSound, aac_args, extract_audio, mp3_args, safe_input

log = logging.getLogger(__name__)
AUDIO_TYPES = ("mp3", "wav", "m4a")

# Video is copied where MP4 can hold it; what cannot be copied is encoded in a second attempt.
_COPY = ["-map", "0:V:0", "-map", "0:a:0?", "-c", "copy", "-movflags", "+faststart"]
_ENCODE = [
    *("-map", "0:V:0", "-map", "0:a:0?", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"),
    *("-vf", "scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "192k"),
    *("-movflags", "+faststart"),
]
_RECIPES: dict[str, tuple[list[str], ...]] = {
    "mp4": (_COPY, _ENCODE),
    "mp3": (["-map", "0:a:0", "-vn", *mp3_args(192)],),
    "m4a": (["-map", "0:a:0", "-vn", *aac_args(256)],),
    "wav": (["-map", "0:a:0", "-vn", "-c:a", "pcm_s16le"],),
    "jpg": (["-map", "0:v:0", "-frames:v", "1", "-q:v", "2"],),
    "png": (["-map", "0:v:0", "-frames:v", "1"],),
}


async def to_uploadable(
    ffmpeg: Ffmpeg, source: Path, output: Path, *, name: str, on_progress: Callable[[float], None]
) -> None:
    """Converts by the type that `output`'s name ends in. Raises `ConversionFailed`."""
    media = await ffmpeg.probe(source)
    duration = media.duration if media else None
    for recipe in _RECIPES[output.suffix.removeprefix(".")]:
        try:
            await ffmpeg.run([*safe_input(source), *recipe], output=output, duration=duration, on_progress=on_progress)
        except FfmpegFailed as error:
            log.info("conversion to %s: %s", output.suffix, error.reason)
            continue
        return
    raise ConversionFailed(name=name)


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
