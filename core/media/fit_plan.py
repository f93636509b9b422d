"""How a file is made to fit a size: which size, frame rate and bit rates, or that it would be spoilt. Pure.

How many bits a picture needs is told from what its source spent on it: a still scene was cheap there too. Of the sizes
on a ladder the largest is taken that gets as much as it needs. A smaller picture needs fewer bits, but more of them a
pixel; so does a slower one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.media.streams import AudioStream, Kind, Media, VideoStream

# Aimed at this share of the limit: two passes of x264 hit their rate within a percent, with a short film within two.
_AIM, _AIM_OF_SHORT = 0.985, 0.965
_SHORT_SIDES = (2160, 1440, 1080, 720, 540, 480, 360)
_FEWEST_FPS = 12.0
# Bits a pixel at the source's own size: fewer spoil even a still scene, more are not needed by a wild one.
_FEWEST_BITS, _MOST_BITS = 0.025, 0.07
# The share of what the source spent that a picture needs: about nine steps of x264's CRF below it.
_OF_ITS_SOURCE = 0.35
# At the smallest size so much of what is needed is better than half the frames.
_TOLERABLE = 0.7
# Below this share of what the smallest picture needs, the file is not worth watching.
_FLOOR = 0.6
# More bits than its source had give nothing but a larger file, unless the source's codec is thriftier than H.264.
_THRIFTY = {"hevc": 1.5, "vp9": 1.5, "av1": 1.8}
_IN_VIDEO_K = (160, 128, 96, 64, 48, 32)
_ALONE_K = (320, 256, 224, 192, 160, 128, 112, 96, 80, 64, 56, 48, 40, 32)
_AUDIO_SHARE = 0.15
_MONO_K = 48
# What MP4 spends on each frame of picture and sound, and on itself, in bytes.
_A_FRAME, _A_FILE = 15, 3000
_AUDIO_FRAMES = 47
# Pixels that x264 encodes in a minute or two on two cores with its preset "fast".
_FAST_PIXELS = 6e9
MOST_PARTS = 10
_SHORTEST_PIECE = 5.0
_GIF_FPS, _GIF_SIDE = 15.0, 200
_PICTURE_SIDE = 320


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the source, in seconds."""

    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Below:
    """It would be spoilt. What fits instead: `sound` alone, a piece of `seconds` from its beginning (0: none that is
    worth it), or the whole in so many `parts` (0: too many)."""

    sound: bool = False
    seconds: float = 0.0
    parts: int = 0


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """Rates in kb/s. `codec` is "copy", "aac" or "mp3"."""

    codec: str
    rate_k: int
    mono: bool = False


@dataclass(frozen=True, slots=True)
class VideoPlan:
    """`rate` in bits a second; `fps` None leaves it as it is. `capped` where it is no more than the source's."""

    width: int
    height: int
    fps: float | None
    rate: int
    sound: SoundPlan | None
    preset: str
    capped: bool = False


@dataclass(frozen=True, slots=True)
class GifPlan:
    width: int
    height: int
    fps: float


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """What is tried one after the other: sizes with FFmpeg's quality of a JPEG. `lossless` is PNG, for transparency."""

    tries: tuple[tuple[int, int, int], ...]
    lossless: bool = False


Plan = VideoPlan | SoundPlan | GifPlan | PicturePlan


def plan_fit(media: Media, size: int, limit: int, span: Span | None = None) -> Plan | Below:
    """How `media` of `size` bytes is made to have at most `limit` bytes, the whole of it or a piece."""
    if media.kind is Kind.IMAGE and media.video:
        return _picture(media.video, size, limit)
    duration = media.duration or 0.0
    if duration <= 0:
        return Below()
    length = span.length if span else duration
    if media.video is None:
        return _sound_alone(media, limit, length)
    if media.format == "gif" and (gif := _gif(media.video, size, limit)):
        return gif
    return _Film(media, media.video, size, duration).plan(limit, length, whole=span is None)


def aim_for(length: float) -> float:
    """The share of its limit that a film of so many seconds is to have."""
    return max(_AIM_OF_SHORT, _AIM - 0.15 / length)


def parts_of_length(duration: float, parts: int) -> list[Span]:
    length = duration / parts
    return [Span(number * length, length) for number in range(parts)]


@dataclass(frozen=True, slots=True)
class _Shape:
    width: int
    height: int
    fps: float


@dataclass(frozen=True, slots=True)
class _Film:
    """A video with sound or without, and what its source spent on it."""

    media: Media
    video: VideoStream
    size: int
    duration: float

    def plan(self, limit: int, length: float, *, whole: bool) -> VideoPlan | Below:
        shape, rate, sound = self._best(limit, length, whole=whole)
        if rate < self._needed(shape) * _FLOOR:
            return self._below(limit)
        most = self._source_rate * _THRIFTY.get(self.video.codec, 1.0)
        pixels = _pixels(shape) * length
        return VideoPlan(
            shape.width,
            shape.height,
            None if shape.fps == self._fps else shape.fps,
            int(min(rate, most)),
            sound,
            "fast" if pixels < _FAST_PIXELS else "veryfast",
            capped=most < rate,
        )

    def _best(self, limit: int, length: float, *, whole: bool) -> tuple[_Shape, float, SoundPlan | None]:
        """The largest shape that gets what it needs, else the smallest."""
        shape, rate, sound = self._own_shape, 0.0, None
        for shape in self._ladder():
            frames = shape.fps + (_AUDIO_FRAMES if self.media.audio else 0)
            total = (limit * aim_for(length) - _A_FILE) * 8 / length - frames * _A_FRAME * 8
            sound = _sound_beside(self.media.audio, total, whole=whole)
            rate = total - (sound.rate_k * 1000 if sound else 0)
            smallest = min(shape.width, shape.height) <= _SHORT_SIDES[-1]
            if rate >= self._needed(shape) * (_TOLERABLE if smallest else 1.0):
                break
        return shape, rate, sound

    def _below(self, limit: int) -> Below:
        """A piece and parts get all that the smallest picture needs, in motion as it is."""
        smallest = [*self._ladder()][-1]
        sound = 64_000 if self.media.audio else 0
        needed = self._needed(smallest) + sound + (smallest.fps + _AUDIO_FRAMES) * _A_FRAME * 8
        seconds = rounded_down((limit * _AIM_OF_SHORT - _A_FILE) * 8 / needed)
        parts = math.ceil(self.duration / seconds) if seconds else 0
        alone = self.media.audio is not None and isinstance(
            _sound_alone(replace(self.media, video=None), limit, self.duration), SoundPlan
        )
        return Below(alone, seconds, parts if parts <= MOST_PARTS else 0)

    def _ladder(self) -> Iterator[_Shape]:
        """From the largest to the smallest. Half the frames go before the next size where there are many."""
        own, fps = self._own_shape, self._fps
        short = min(own.width, own.height)
        shape = own
        for side in (short, *(each for each in _SHORT_SIDES if each < short)):
            width, height = _scaled(self.video, side / short)
            shape = _Shape(width, height, fps)
            yield shape
            if fps > 31:
                shape = replace(shape, fps=fps / 2)
                yield shape
        if shape.fps / 2 >= _FEWEST_FPS:
            yield replace(shape, fps=shape.fps / 2)

    def _needed(self, shape: _Shape) -> float:
        """Bits a second: fewer for less, but not by as much as it is less."""
        own = self._own_shape
        bits = min(_MOST_BITS, max(_FEWEST_BITS, _OF_ITS_SOURCE * self._source_rate / _pixels(own)))
        smaller = shape.width * shape.height / (own.width * own.height)
        return float(bits * _pixels(own) * smaller**0.75 * (shape.fps / own.fps) ** 0.6)

    @property
    def _own_shape(self) -> _Shape:
        return _Shape(*_scaled(self.video, 1.0), self._fps)

    @property
    def _fps(self) -> float:
        return self.video.fps or 30.0

    @property
    def _source_rate(self) -> float:
        sound = (self.media.audio.bit_rate_k or 128) * 1000 if self.media.audio else 0
        return max(self.size * 8 / self.duration - sound, 1000.0)


def _pixels(shape: _Shape) -> float:
    return shape.width * shape.height * shape.fps


def _scaled(video: VideoStream, factor: float) -> tuple[int, int]:
    """Even, as 4:2:0 wants it."""
    return max(2, round(video.width * factor / 2) * 2), max(2, round(video.height * factor / 2) * 2)


def _sound_beside(audio: AudioStream | None, total: float, *, whole: bool) -> SoundPlan | None:
    """Its share of all bits, and no more than it had."""
    if audio is None:
        return None
    most = max(_IN_VIDEO_K[-1], total * _AUDIO_SHARE / 1000)
    step = next((step for step in _IN_VIDEO_K if step <= most), _IN_VIDEO_K[-1])
    had = audio.bit_rate_k
    if whole and audio.codec == "aac" and had and had <= step:
        return SoundPlan("copy", had)
    rate = min(step, had) if had else step
    return SoundPlan("aac", max(rate, _IN_VIDEO_K[-1]), _is_mono(audio, rate))


def _sound_alone(media: Media, limit: int, length: float) -> SoundPlan | Below:
    """The highest step that fits. MP3 stays MP3, everything else becomes AAC."""
    codec = "mp3" if media.format == "mp3" else "aac"
    had = media.audio.bit_rate_k if media.audio else None
    for step in _ALONE_K:
        if (not had or step <= had) and _bytes_of_sound(step, length) <= limit:
            return SoundPlan(codec, step, _is_mono(media.audio, step))
    seconds = rounded_down((limit - _A_FILE) * 8 / (64_000 * 1.02))
    parts = math.ceil(length / seconds) if seconds else 0
    return Below(seconds=seconds, parts=parts if parts <= MOST_PARTS else 0)


def _bytes_of_sound(rate_k: int, length: float) -> float:
    return _A_FILE + length * rate_k * 1000 / 8 * 1.02


def _is_mono(audio: AudioStream | None, rate_k: int) -> bool:
    return rate_k <= _MONO_K or (audio is not None and audio.layout.startswith("mono"))


def _gif(video: VideoStream, size: int, limit: int) -> GifPlan | None:
    """Fewer frames, then fewer pixels; None where little would be left of it, so that a video serves better."""
    fps = video.fps or _GIF_FPS
    kept = min(fps, _GIF_FPS)
    factor = min(1.0, math.sqrt(limit * 0.9 / size * fps / kept))
    if factor * min(video.width, video.height) < min(_GIF_SIDE, min(video.width, video.height) / 2):
        return None
    return GifPlan(*_scaled(video, factor), kept)


def _picture(video: VideoStream, size: int, limit: int) -> PicturePlan | Below:
    smallest = min(1.0, _PICTURE_SIDE / min(video.width, video.height))
    if limit < _A_FILE:
        return Below()
    if video.transparent:
        guess = min(0.95, math.sqrt(limit * 0.9 / size))
        sizes = [_scaled(video, max(smallest, guess * step)) for step in (1.0, 0.8, 0.6, 0.4)]
        return PicturePlan(tuple((*each, 0) for each in dict.fromkeys(sizes)), lossless=True)
    full = [(*_scaled(video, 1.0), quality) for quality in (2, 3, 5, 8)]
    less = [(*_scaled(video, max(smallest, factor)), 5) for factor in (0.75, 0.5, 0.35, 0.25)]
    return PicturePlan(tuple(dict.fromkeys([*full, *less])))


def rounded_down(seconds: float) -> float:
    """A length as people ask for it: whole minutes, tens of seconds, seconds; 0 for a moment."""
    if seconds < _SHORTEST_PIECE:
        return 0.0
    step = 60 if seconds >= 120 else 10 if seconds >= 20 else 1
    return float(seconds // step * step)
