"""Finds FFmpeg and runs it: reports progress, and kills it within milliseconds when nobody waits for it any more.

FfmpegMissing     there is no usable FFmpeg on this machine
FfmpegFailed      it ended with an error; `reason` is for the log, never for a person
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg

from core.media.abilities import Ability, decodes, lacking
from core.media.inputs import needed_to_open, safe_input
from core.media.process import Feed, OnLine, execute
from core.media.streams import ANIMATIONS, Media, is_estimate, read_report

Progress = Callable[[float], None]

_PROBE_SECONDS = 30.0
_COUNT_SECONDS = 120.0
_REPORT = 4 * 1024 * 1024  # characters of a report: an audiobook's chapters come before its streams


class FfmpegMissing(Exception):
    """There is no usable FFmpeg on this machine."""


class FfmpegFailed(Exception):
    """FFmpeg ended with an error. `reason` is its last line: it may hold paths, so it is for the log alone."""

    def __init__(self, reason: str) -> None:
        super().__init__("ffmpeg failed")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """One FFmpeg binary. A crash or a hostile file ends that process and not ours."""

    binary: str

    @classmethod
    def find(cls, configured: str = "") -> Ffmpeg:
        """`configured`, else the one that came with pip. One that lies on the PATH is not looked for.

        Raises `FfmpegMissing` where `configured` is not there, or none came with pip for this system.
        """
        found = shutil.which(configured) if configured else _bundled()
        if found is None:
            raise FfmpegMissing(configured)
        return cls(found)

    def lacks(self) -> tuple[Ability, ...]:
        """What it cannot do of what we use. Waits for it the first time, about 0.1 s."""
        return lacking(self.binary)

    def lacks_to_open(self, path: Path) -> Ability | None:
        """Why it could not open a file that another FFmpeg can; None where that is not the reason."""
        needed = needed_to_open(path)
        return needed if needed and needed in self.lacks() else None

    async def probe(self, path: Path) -> Media | None:
        """What the file holds; None if it is no media that we open, or looking took longer than 30 s."""
        try:
            async with asyncio.timeout(_PROBE_SECONDS):
                command = [self.binary, "-hide_banner", "-nostdin", *safe_input(path)]
                _, report = await execute(command, keep=_REPORT, unreadable="surrogateescape")
            media = await self._with_decoder(read_report(report))
            if media and media.format in ANIMATIONS:
                return await self._moving_or_still(path, media)
            if media is None or media.still or (media.duration is not None and not is_estimate(report)):
                return media
            return replace(media, duration=await self._counted(path) or media.duration)
        except TimeoutError:
            return None

    async def run(
        self,
        args: Sequence[str],
        *,
        output: Path | None,
        duration: float | None = None,
        on_progress: Progress | None = None,
        feed: Feed | None = None,
    ) -> None:
        """Runs one conversion to `output`, which appears whole or not at all; None for a first pass, which makes none.

        `args` are the inputs (by `safe_input`) and options, without the output. With `duration`, the planned
        length in seconds, `on_progress` gets shares from 0 to 1 about four times a second. Cancelling kills
        the whole process group at once. `feed` is what an input `pipe:0` reads. Raises `FfmpegFailed`.
        """
        report = _reporting(duration, on_progress)
        if output is None:
            await self._execute([*args, "-f", "null", "-"], report, feed)
            return
        # A name of its own: the FFmpeg of a process that was killed may still be writing for the same output.
        part = output.with_name(f"{output.stem}.{secrets.token_hex(4)}.part{output.suffix}")
        try:
            await self._execute([*args, f"file:{part.absolute()}"], report, feed)
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)

    async def loudest(self, path: Path, sound: int, start: float = 0.0, seconds: float | None = None) -> float | None:
        """The highest level of the `sound`-th sound in dB, 0 at full scale, by decoding it; None where there is none.

        `start` and `seconds` are of the part that is heard.
        """
        part = ["-ss", f"{start:.3f}", *([] if seconds is None else ["-t", f"{seconds:.3f}"])]
        command = [self.binary, "-hide_banner", "-nostdin", *part, *safe_input(path)]
        measured = ["-map", f"0:a:{sound}", "-vn", "-af", "volumedetect", "-f", "null", "-"]
        _, report = await execute([*command, *measured])
        found = re.search(r"max_volume: (-?[\d.]+) dB", report)
        return float(found[1]) if found else None

    async def _execute(self, args: Sequence[str], report: OnLine, feed: Feed | None) -> None:
        command = [self.binary, "-v", "error", "-nostdin", "-y", "-progress", "pipe:1", "-stats_period", "0.25"]
        code, errors = await execute([*command, *args], report, feed=feed)
        if code != 0:
            raise FfmpegFailed((errors.strip().splitlines() or [f"exit code {code}"])[-1])

    async def _with_decoder(self, media: Media | None) -> Media | None:
        """Names a decoder of its own only where this FFmpeg has it."""
        if media is None or media.video is None or not media.video.decoder:
            return media
        if await asyncio.to_thread(decodes, self.binary, media.video.decoder):
            return media
        return replace(media, video=replace(media.video, decoder="", transparent=False))

    async def _moving_or_still(self, path: Path, media: Media) -> Media:
        """A video as long as its frames are shown once, however often it is to be repeated; one frame is a picture."""
        frames, seconds = await self._frames(path)
        return (
            replace(media, still=False, duration=seconds) if frames > 1 and seconds else replace(media, duration=None)
        )

    async def _frames(self, path: Path) -> tuple[int, float]:
        """Frames and seconds of an animation, by a list of its packets.

        Progress is no help: FFmpeg 5.1 leaves out how long the last frame is shown.
        """
        frames, end, base = 0, 0, Fraction(0)

        def note(line: str) -> None:
            nonlocal frames, end, base
            if line.startswith("#tb 0: "):
                base = Fraction(line.removeprefix("#tb 0: "))
            elif line.startswith("0,"):
                _, _, at, length, *_ = line.split(",")
                frames, end = frames + 1, max(end, int(at) + int(length))

        await self._read_through(path, ["-map", "0:V:0", "-c", "copy", "-f", "framecrc", "-"], note)
        return frames, float(end * base)

    async def _counted(self, path: Path) -> float | None:
        """Seconds, by reading every packet without decoding: 0.05 s for a minute of video."""
        times = list[float]()

        def note(line: str) -> None:
            if (done := _out_time(line)) is not None:
                times.append(done)

        args = ["-map", "0:V?", "-map", "0:a?", "-c", "copy", "-progress", "pipe:1", "-f", "null", "-"]
        await self._read_through(path, args, note)
        return times[-1] if times else None

    async def _read_through(self, path: Path, args: list[str], note: Callable[[str], None]) -> None:
        command = [self.binary, "-v", "error", "-nostdin", *safe_input(path)]
        async with asyncio.timeout(_COUNT_SECONDS):
            await execute([*command, *args], note)


def _bundled() -> str | None:
    """Not by imageio-ffmpeg's own search, which ends at the PATH where a system has no binary of its own."""
    binaries = Path(imageio_ffmpeg.__file__).parent / "binaries"
    found = (path for path in sorted(binaries.glob("ffmpeg-*")) if os.access(path, os.X_OK))
    return next((str(path) for path in found), None)


def _reporting(duration: float | None, on_progress: Progress | None) -> OnLine:
    reached = 0.0

    def report(line: str) -> None:
        nonlocal reached
        if on_progress and duration and (done := _out_time(line)) is not None:
            # FFmpeg 9 counts by whichever stream it wrote last, so its time goes back and forth.
            reached = min(1.0, max(reached, done / duration))
            on_progress(reached)

    return report


def _out_time(line: str) -> float | None:
    key, _, value = line.partition("=")
    if key != "out_time_us":
        return None
    try:
        return int(value) / 1e6
    except ValueError:  # "N/A" before the first packet
        return None
