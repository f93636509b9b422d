"""What an FFmpeg can do. Builds of one version differ, so each binary is tested instead of judged by its version."""

from __future__ import annotations

import functools
import subprocess
from enum import Enum


class Ability(Enum):
    """What we use that some FFmpegs lack: where its own lists name it, and what it is for in words.

    The words go on after "it cannot". Without one that is `needed`, most requests fail.
    """

    READ_ANIMATED_WEBP = ("-demuxers", "webp_anim", "read animated WebP")
    READ_TRANSPARENT_VP8 = ("-decoders", "libvpx", "read what is transparent in VP8")
    READ_TRANSPARENT_VP9 = ("-decoders", "libvpx-vp9", "read what is transparent in VP9")
    WRITE_H264 = ("-encoders", "libx264", "write H.264")
    WRITE_MP3 = ("-encoders", "libmp3lame", "write MP3")
    WRITE_AAC = ("-encoders", "aac", "write AAC")

    @property
    def words(self) -> str:
        return self.value[2]

    @property
    def needed(self) -> bool:
        return self.name.startswith("WRITE")


def lacking(binary: str) -> tuple[Ability, ...]:
    """What this FFmpeg cannot do; everything where it cannot be run. Waits for it the first time, about 0.1 s."""
    return tuple(ability for ability in Ability if ability.value[1] not in _listed(binary, ability.value[0]))


def decodes(binary: str, decoder: str) -> bool:
    """Whether this FFmpeg has the decoder. Waits for it the first time, about 0.1 s."""
    return decoder in _listed(binary, "-decoders")


@functools.cache
def _listed(binary: str, table: str) -> frozenset[str]:
    """The names in one of the tables that FFmpeg prints of itself: flags, name, description."""
    try:
        command = [binary, "-v", "error", table]
        result = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    rows = (line.split(maxsplit=2) for line in result.stdout.splitlines())
    return frozenset(name for row in rows if len(row) > 1 for name in row[1].split(","))
