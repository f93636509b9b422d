"""The small picture that stands for a video until somebody plays it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from core.media import Ffmpeg, FfmpegFailed, Media, safe_input

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
