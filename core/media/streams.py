"""What a media file holds, read from the report that `ffmpeg -i` writes. Pure.

The report's lines are the same from FFmpeg 5.1 to 9.0 but for the name of the rotation, and no ffprobe is
needed, which the binary that comes with pip lacks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from core.media.tag_text import meant


class Kind(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class VideoStream:
    """`width` and `height` are as displayed: after pixel aspect and rotation. `fps` None where unknown.

    `matrix` and `transfer` are FFmpeg's names for how colours and light are coded, "" where the file does not say.
    `decoder` is the one that reads all of the picture where FFmpeg's own choice would not, else "".
    """

    codec: str
    width: int
    height: int
    fps: float | None = None
    pixel_format: str = ""
    matrix: str = ""
    transfer: str = ""
    interlaced: bool = False
    transparent: bool = False
    decoder: str = ""

    @property
    def high_dynamic_range(self) -> bool:
        return self.transfer in ("smpte2084", "arib-std-b67")

    @property
    def plain(self) -> bool:
        """Whether every player shows it as it is meant."""
        return not (self.high_dynamic_range or self.interlaced or self.transparent)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """`sample_rate` in Hz, `bit_rate_k` in kb/s as the header says; None where it does not.

    `number` is its place among the sounds of the file, from 0: a film may have one for each language.
    """

    codec: str
    sample_rate: int | None = None
    layout: str = ""
    bit_rate_k: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Media:
    """`format` is FFmpeg's name of the demuxer. `duration` in seconds, None for pictures.

    `audio` is the sound that players play: the one that the file says is the default, else the first.

    `cover` is a picture attached to a sound; it is no video. `rotation` is in degrees as the file says, and
    already applied to `video`. `title` and `artist` are what the file says of itself.
    """

    format: str
    duration: float | None = None
    video: VideoStream | None = None
    audio: AudioStream | None = None
    cover: bool = False
    rotation: int = 0
    still: bool = False
    title: str = ""
    artist: str = ""

    @property
    def animated(self) -> bool:
        """Whether it is a picture that moves: its frames last as long as each likes, and it cannot be sought in."""
        return self.format in ANIMATIONS and not self.still

    @property
    def kind(self) -> Kind:
        if self.video is None:
            return Kind.AUDIO
        return Kind.IMAGE if self.still else Kind.VIDEO


# Formats of pictures that may move: a report does not tell, only counting their frames does.
ANIMATIONS = ("gif", "webp_anim")

_INPUT = re.compile(r"^Input #0, (\S+), from", re.MULTILINE)
_DURATION = re.compile(r"^  Duration: (\d+):(\d+):(\d+(?:\.\d+)?)", re.MULTILINE)
_STREAM = re.compile(r"^ {2,6}Stream #0:(\d+)(?:\[\w+\])?(?:\(\w+\))?: (Video|Audio)[^:]*: (\w+)(.*)")
_ALPHA_MODE = re.compile(r"^ {6,10}alpha_mode\s*: 1$", re.IGNORECASE)
_ROTATION = re.compile(r"^\s+(?:(?:displaymatrix|Display Matrix): rotation of|rotate\s*:) (-?\d+)", re.MULTILINE)
_TAG = re.compile(r"^    (title|artist)\s*: (.*)", re.MULTILINE | re.IGNORECASE)
_STILL_BRAND = re.compile(r"^\s+major_brand\s*: (?:heic|heix|mif1|avif)\s*$", re.MULTILINE)
_SIZE = re.compile(r", (\d+)x(\d+)(?=[ ,]|$)")
_ASPECT = re.compile(r"\bSAR (\d+):(\d+)")
_PIXELS = re.compile(r", (\w+)(?:\(([^)]*)\))?, \d+x\d+")
_TRANSPARENT = re.compile(r"yuva|gbrap|ya\d|rgba|bgra|argb|abgr|pal8|ayuv|vuya|uyva")
_FIELDS = ("top first", "bottom first", "top coded first (swapped", "bottom coded first (swapped")
# FFmpeg's own decoders of these leave the transparency out; this one does not.
_WHOLE_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}


def read_report(report: str) -> Media | None:
    """The file that `ffmpeg -i` reports on, None if it could not open it or found neither picture nor sound.

    What is of one of the `ANIMATIONS` is said to be still.
    """
    found = _INPUT.search(report)
    if found is None:
        return None
    rotation = int(turned[1]) if (turned := _ROTATION.search(report)) else 0
    still = found[1].endswith("_pipe") or found[1] in ANIMATIONS or bool(_STILL_BRAND.search(report))
    media = Media(found[1], _duration(report), rotation=rotation, still=still)
    media = _with_tags(media, report[found.end() :])
    streams = _streams(report)
    for stream in streams:
        if stream.kind == "Video":
            media = _with_picture(media, stream)
    sounds = [stream for stream in streams if stream.kind == "Audio"]
    if sounds:
        number = next((number for number, each in enumerate(sounds) if "(default)" in each.rest), 0)
        media = replace(media, audio=_audio(sounds[number].codec, sounds[number].rest, number))
    return media if media.video or media.audio else None


@dataclass(slots=True)
class _Stream:
    """`rest` is what is said of it behind its codec; `transparent` what its tags say of that."""

    number: int
    kind: str
    codec: str
    rest: str
    transparent: bool = False


def _streams(report: str) -> list[_Stream]:
    """In their order in the file. FFmpeg since 7.1 first names those that belong together, as a group."""
    found: list[_Stream] = []
    for line in report.split("\n"):  # not splitlines(): names in the file may hold other line ends
        if stream := _STREAM.match(line):
            number, kind, codec, rest = stream.groups()
            found.append(_Stream(int(number), kind, codec, rest))
        elif found and _ALPHA_MODE.match(line):
            found[-1].transparent = True
    return sorted(found, key=lambda stream: stream.number)


def is_estimate(report: str) -> bool:
    """Whether the duration is a guess from file size and bit rate, as for raw AAC and some MP3."""
    return "Estimating duration from bitrate" in report


def _with_tags(media: Media, report: str) -> Media:
    """Those of the file as a whole, which come before its length."""
    head = report.partition("\n  Duration:")[0]
    tags = {name.lower(): meant(value.strip())[:200] for name, value in reversed(_TAG.findall(head))}
    return replace(media, title=tags.get("title", ""), artist=tags.get("artist", ""))


def _duration(report: str) -> float | None:
    found = _DURATION.search(report)
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]) if found else None


def _with_picture(media: Media, stream: _Stream) -> Media:
    if "(attached pic)" in stream.rest:
        return replace(media, cover=True)
    video = None if media.video else _video(stream.codec, stream.rest, media.rotation)
    if video and stream.transparent:
        video = replace(video, transparent=True, decoder=_WHOLE_DECODERS.get(video.codec, ""))
    return replace(media, video=video) if video else media


def _audio(codec: str, rest: str, number: int) -> AudioStream:
    rate = re.search(r"(\d+) Hz, ([^,]+)", rest)
    bits = re.search(r"(\d+) kb/s", rest)
    return AudioStream(
        codec,
        sample_rate=int(rate[1]) if rate else None,
        layout=rate[2] if rate else "",
        bit_rate_k=int(bits[1]) if bits else None,
        number=number,
    )


def _video(codec: str, rest: str, rotation: int) -> VideoStream | None:
    size = _SIZE.search(rest)
    if size is None:
        return None
    width, height = int(size[1]), int(size[2])
    if aspects := _ASPECT.findall(rest):  # the codec's first, then the container's, which players follow
        across, down = (int(part) for part in aspects[-1])
        width = round(width * across / max(1, down)) or width
    if rotation % 180:
        width, height = height, width
    fps = re.search(r"([\d.]+) fps", rest)
    pixels = _PIXELS.search(rest)
    name, said = (pixels[1], pixels[2] or "") if pixels else ("", "")
    matrix, transfer = _colours(said)
    return VideoStream(
        codec,
        width,
        height,
        float(fps[1]) if fps else None,
        name,
        matrix,
        transfer,
        interlaced=any(fields in rest for fields in _FIELDS),
        transparent=bool(_TRANSPARENT.match(name)),
    )


def _colours(said: str) -> tuple[str, str]:
    """Matrix and transfer of "tv, bt2020nc/bt2020/smpte2084, progressive", or of "tv, bt709" where all are one."""
    for word in said.split(", "):
        names = [("" if name in ("unknown", "reserved") else name) for name in word.split("/")]
        if len(names) == 3:
            return names[0], names[2]
        if re.match(r"bt|smpte|fcc|gbr|ycg|ipt", word):
            return word, word
    return "", ""
