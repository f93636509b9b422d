"""Keeps the voice of a sound and drops its music, with a small network of our own or with Demucs.

Limits of the network: speech becomes mono; singing is kept as voice; other speakers stay; a solo piano or strings leak;
under music louder than the voice some warble remains. Its training and measurements are in training/voicenet.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from core.media import Ffmpeg, FfmpegFailed
from core.media.process import execute
from studio.separation.methods import Method, Outcome, Separator, planned

__all__ = ["Method", "Outcome", "Separator", "keep_voice", "planned"]

log = logging.getLogger(__name__)


async def keep_voice(
    ffmpeg: Ffmpeg,
    source: Path,
    to: Path,
    *,
    on_progress: Callable[[float], None],
    separator: Separator = Separator.AUTO,
) -> Outcome:
    """Writes the voice of the sound that `source` plays to `to`, a WAV at 48 kHz as long as the sound.

    Works in a process of its own: on one core the network is about a hundred times faster than playback, and its memory
    does not grow with the length. If Demucs is wanted and fails for any reason, the network does it and the outcome
    says so. Cancelling ends the process at once. Raises `FfmpegFailed`.
    """
    method = planned(separator)
    files = await _files(ffmpeg, source, to)
    if method is Method.NET:
        return await _separated(Method.NET, files, on_progress)
    reached = 0.0

    def forwards(share: float) -> None:
        """The progress never goes back, even if a second method starts from the beginning."""
        nonlocal reached
        reached = max(reached, share)
        on_progress(reached)

    try:
        return await _separated(method, files, forwards)
    except FfmpegFailed as failure:
        log.warning("Demucs failed, falling back to the network: %s", failure.reason)
    outcome = await _separated(Method.NET, files, forwards)
    return Outcome(outcome.method, outcome.level, fell_back=True)


async def _files(ffmpeg: Ffmpeg, source: Path, to: Path) -> list[str]:
    """The arguments that name the files for the separating process."""
    media = await ffmpeg.probe(source)
    if media is None or media.audio is None:
        raise FfmpegFailed("no sound")
    mono = ["--mono"] if media.audio.layout in ("mono", "1 channels") else []
    seconds = ["--seconds", str(media.duration or 0), "--number", str(media.audio.number)]
    return ["--ffmpeg", ffmpeg.binary, "--source", str(source), "--to", str(to), *seconds, *mono]


async def _separated(method: Method, files: list[str], on_progress: Callable[[float], None]) -> Outcome:
    level = 0.0

    def report(line: str) -> None:
        nonlocal level
        match line.partition("="):
            case "progress", _, share:
                on_progress(float(share))
            case "level", _, decibels:
                level = float(decibels)

    code, errors = await execute([sys.executable, "-m", "studio.separation", "--method", method, *files], report)
    if code != 0:
        raise FfmpegFailed((errors.strip().splitlines() or ["the voice could not be kept"])[-1])
    return Outcome(method, level)
