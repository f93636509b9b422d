"""Decides which streams are copied: those that no edit touches and that already have the wanted form."""

from __future__ import annotations

from collections.abc import Sequence

from core.media import VideoStream
from studio.render.compiling.clips import Sources, is_whole
from studio.render.compiling.plan import SLACK
from studio.render.output import Output, Quality
from studio.timeline.model import Clip, Timeline

_SIDE = 2  # pixels: a draft's frame is in even numbers, a picture may not be


def copies_picture(timeline: Timeline, pictures: Sequence[Clip], sources: Sources, output: Output) -> bool:
    """Whether the picture is one whole, unedited file that every player shows. It may end before the sound."""
    clip = pictures[0]
    media = sources[clip.source]
    edited = timeline.titles or timeline.fade_in or timeline.fade_out or clip.speed != 1 or clip.start
    if len(pictures) > 1 or edited or media.still or media.video is None:
        return False
    return (
        is_whole(clip, sources)
        and _is_shown_everywhere(media.video)
        and _fills(timeline, media.video)
        and output.quality is not Quality.DRAFT
        and (output.short_side is None or min(media.video.width, media.video.height) <= output.short_side)
    )


def copies_sound(timeline: Timeline, clip: Clip, sources: Sources, output: Output) -> bool:
    """Whether the only sound is unedited and has the right form. Its end may be cut: packets are short."""
    audio = sources[clip.source].audio
    if audio is None or not _is_as_recorded(clip) or timeline.fade_in or timeline.fade_out:
        return False
    if clip.start or clip.offset or clip.end > timeline.duration + SLACK:
        return False
    match output.format:
        case "wav":
            return False
        case "mp3":
            return audio.codec == "mp3" and audio.bit_rate_k == output.bitrate_k
        case "mp4" | "m4a":
            return audio.codec == "aac"


def _is_as_recorded(clip: Clip) -> bool:
    edited = clip.fade_in or clip.fade_out or clip.silent or clip.levels or clip.voice_only or clip.loop
    return clip.volume == 1 and clip.speed == 1 and not edited


def _is_shown_everywhere(video: VideoStream) -> bool:
    return video.codec == "h264" and video.pixel_format in ("yuv420p", "yuvj420p")


def _fills(timeline: Timeline, video: VideoStream) -> bool:
    if not (timeline.width and timeline.height):
        return True
    return abs(timeline.width - video.width) < _SIDE and abs(timeline.height - video.height) < _SIDE
