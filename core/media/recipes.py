"""The conversions that the core and the studio both need."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from core.media.ffmpeg import Ffmpeg, FfmpegFailed, Progress
from core.media.inputs import safe_input
from core.media.streams import AudioStream

AudioKind = Literal["mp3", "wav", "m4a"]


class NoSound(FfmpegFailed):
    """The file is no media, or has no sound to take out."""


def mp3_args(bitrate_k: int = 192, sample_rate: int | None = None) -> list[str]:
    """Constant bit rate MP3. `sample_rate` is the source's, in Hz.

    MP3 carries no more than 160 kb/s below 32 kHz, and LAME would silently give less than was asked for.
    """
    resample = ["-ar", "44100"] if bitrate_k > 160 and (sample_rate or 44100) < 32000 else []
    return ["-c:a", "libmp3lame", "-b:a", f"{bitrate_k}k", *resample]


def aac_args(bitrate_k: int = 192) -> list[str]:
    return ["-c:a", "aac", "-b:a", f"{bitrate_k}k"]


def bare_args(title: str = "", artist: str = "") -> list[str]:
    """Nothing of the source but its picture and sound: places, cameras and times are nobody's business, and chapters
    and subtitles would not fit what was cut. `title` and `artist` are said of the new file.
    """
    said = [("title", title), ("artist", artist)]
    tags = [option for key, value in said if value for option in ("-metadata", f"{key}={value}")]
    return [*("-sn", "-dn", "-map_chapters", "-1", "-map_metadata", "-1", "-map_metadata:s", "-1"), *tags]


async def extract_audio(
    ffmpeg: Ffmpeg,
    source: Path,
    output: Path,
    *,
    kind: AudioKind,
    bitrate_k: int = 192,
    on_progress: Progress | None = None,
) -> None:
    """Writes the sound of `source` alone. Copied where it is what is asked for already, else encoded.

    `bitrate_k` in kb/s; WAV is 16 bit PCM. Raises `NoSound`, `FfmpegFailed`.
    """
    media = await ffmpeg.probe(source)
    if media is None or media.audio is None:
        raise NoSound("no audio stream")
    bare = bare_args(media.title, media.artist)
    args = [*safe_input(source), "-map", f"0:a:{media.audio.number}", "-vn", *bare]
    args += _codec(media.audio, kind, bitrate_k)
    await ffmpeg.run(args, output=output, duration=media.duration, on_progress=on_progress)


def _codec(audio: AudioStream, kind: AudioKind, bitrate_k: int) -> list[str]:
    match kind:
        case "wav":
            return ["-c:a", "pcm_s16le"]
        case "mp3" if audio.codec == "mp3" and audio.bit_rate_k == bitrate_k:
            return ["-c:a", "copy"]
        case "mp3":
            return mp3_args(bitrate_k, audio.sample_rate)
        case "m4a":
            codec = ["-c:a", "copy"] if audio.codec == "aac" else aac_args(bitrate_k)
            return [*codec, "-movflags", "+faststart"]
