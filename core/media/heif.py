"""HEIC and AVIF pictures, which FFmpeg reads in pieces or not at all.

They are untrusted, so they are decoded in a process of its own that can be ended at once.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from core.media.ffmpeg import FfmpegFailed
from core.media.process import execute

_SECONDS = 60.0


async def decode_heif(source: Path, to: Path) -> None:
    """Writes the picture as it is shown, upright and in sRGB; the type is that of `to`. Raises `FfmpegFailed`."""
    command = [sys.executable, "-m", "core.media.heif_decoder", str(source), str(to)]
    try:
        async with asyncio.timeout(_SECONDS):
            code, errors = await execute(command)
    except TimeoutError as error:
        raise FfmpegFailed("the picture took too long") from error
    if code != 0:
        raise FfmpegFailed((errors.strip().splitlines() or ["the picture could not be read"])[-1])
