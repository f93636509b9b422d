"""Small real media for tests, made with FFmpeg's own sources. Times in seconds."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import struct
import subprocess
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from core.media import Ability, Ffmpeg

# Names the folder that all processes of one run of the tests share; there is none outside of it.
RUN_FOLDER = "CUTROOM_TEST_RUN"
# Bursts with pauses in a voice's band, so that it is loud and silent by turns as talking is.
_TALK = "aevalsrc='0.4*sin(2*PI*(180+40*sin(3*t))*t)*gt(sin(2*PI*1.3*t),-0.2)':s=48000:d={seconds}"


def chosen_ffmpeg() -> Ffmpeg:
    """The one that is tested: what `STUDIO_FFMPEG` names, else the one that came with pip."""
    return Ffmpeg.find(os.environ.get("STUDIO_FFMPEG", ""))


def need(ability: Ability) -> None:
    """Skips a test of what this FFmpeg cannot do."""
    if ability in chosen_ffmpeg().lacks():
        pytest.skip(f"this FFmpeg cannot {ability.words}")


def make_lesser_ffmpeg(path: Path, *lacks: str) -> Path:
    """A program that is the bundled FFmpeg but for what it `lacks`: formats and encoders by FFmpeg's names."""
    hidden = "|".join(lacks) or "nothing"
    refusals = "".join(f'*" {name} "*) echo "Unknown: {name}" >&2; exit 1;;\n' for name in lacks)
    binary = shlex.quote(Ffmpeg.find().binary)
    listing = f"*-demuxers|*-encoders) {binary} \"$@\" | grep -vE ' ({hidden}) ';;\n"
    path.write_text(f'#!/bin/sh\ncase "$*" in\n{listing}{refusals}*) exec {binary} "$@";;\nesac\n')
    path.chmod(0o700)
    return path


def make_clip(path: Path, *, seconds: float = 3.0, size: str = "320x180", sound: bool = True) -> Path:
    """A moving picture, with a talking-like sound unless `sound` is False. The container is the name's."""
    args = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=25:d={seconds}"]
    if sound:
        args += ["-f", "lavfi", "-i", _TALK.format(seconds=seconds)]
    codecs = [] if path.suffix == ".webm" else ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    return made(path, [*args, *(["-deadline", "realtime"] if path.suffix == ".webm" else codecs)])


def make_silent_clip(path: Path, *, seconds: float = 3.0, size: str = "320x180") -> Path:
    """A moving picture without any sound stream."""
    return make_clip(path, seconds=seconds, size=size, sound=False)


def make_audio(path: Path, *, seconds: float = 3.0, tone: int = 440, bitrate_k: int = 192) -> Path:
    """A steady tone, `tone` in Hz; the kind of file is the name's."""
    args = ["-f", "lavfi", "-i", f"sine=frequency={tone}:sample_rate=44100:d={seconds},volume=2"]
    return made(path, [*args, "-b:a", f"{bitrate_k}k"])


def make_turned(path: Path, clip: Path) -> Path:
    """A copy of an MP4 whose picture is to be shown a quarter turned, as phones write it: its header alone says so.

    FFmpegs differ in how they are told to write such a header, so the matrix is put in its place in the first track.
    """
    content = bytearray(clip.read_bytes())
    one, quarter = 1 << 16, (0, 1, 0, -1, 0, 0, 0, 0, 1 << 14)  # fractions of 16 bits, in the last column of 30
    struct.pack_into(">9i", content, content.index(b"tkhd") + 44, *(number * one for number in quarter))
    path.write_bytes(content)
    return path


def lengthened(clip: Path, folder: Path, size: int) -> Path:
    """A copy in `folder` that is `size` bytes longer, by a box of free space, which every player skips."""
    long = folder / f"long-{clip.name}"
    long.write_bytes(clip.read_bytes() + size.to_bytes(4, "big") + b"free" + bytes(size - 8))
    return long


def make_animation(path: Path, *, ms: Sequence[int], size: tuple[int, int] = (160, 90), loops: int = 0) -> Path:
    """A GIF or WebP of one frame for each length in `ms`, red and blue by turns, that is to be shown `loops` times."""
    frames = [Image.new("RGB", size, ("#c81e1e", "#1e1ec8")[number % 2]) for number in range(len(ms))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=list(ms), loop=loops, lossless=True)
    return path


def make_picture(path: Path, *, size: str = "320x180") -> Path:
    return made(path, ["-f", "lavfi", "-i", f"testsrc2=s={size}", "-frames:v", "1", "-update", "1"])


def loudness(path: Path, *, start: float = 0.0, seconds: float | None = None) -> float:
    """Mean volume in dB of what is really decoded; -inf where there is no sound stream."""
    length = [] if seconds is None else ["-t", str(seconds)]
    command = [
        "-ss",
        str(start),
        *length,
        "-i",
        str(path),
        "-map",
        "0:a:0",
        "-af",
        "volumedetect",
        "-f",
        "null",
        "-",
    ]
    found = re.search(r"mean_volume: (-?[\d.]+|-inf) dB", _ffmpeg(command, check=False).stderr)
    return float(found[1]) if found else float("-inf")


def decoded_seconds(path: Path, stream: str) -> float:
    """How long a stream ("v" or "a") is when every frame of it is decoded."""
    command = ["-progress", "pipe:1", "-i", str(path), "-map", f"0:{stream}:0", "-f", "null", "-"]
    times = re.findall(r"out_time_us=(\d+)", _ffmpeg(command).stdout)
    return int(times[-1]) / 1e6 if times else 0.0


def made(path: Path, args: list[str], binary: str = "") -> Path:
    """Made once in a run of the tests, whichever of its processes asks first: the same arguments are the same file."""
    if not (run := os.environ.get(RUN_FOLDER)):
        _ffmpeg(["-y", *args, str(path)], binary=binary)
        return path
    name = hashlib.sha256("\0".join(args).encode()).hexdigest()
    kept = Path(run) / "media" / f"{name}{path.suffix}"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        making = kept.with_name(f"{name}.{uuid.uuid4().hex}{path.suffix}")
        _ffmpeg(["-y", *args, str(making)], binary=binary)
        making.replace(kept)
    shutil.copyfile(kept, path)
    return path


def _ffmpeg(args: list[str], *, check: bool = True, binary: str = "") -> subprocess.CompletedProcess[str]:
    command = [binary or chosen_ffmpeg().binary, "-hide_banner", "-nostdin", *args]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, errors="replace")
    assert not check or result.returncode == 0, result.stderr[-2000:]
    return result
