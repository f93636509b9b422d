"""Edits of the sound. Pure; each raises `CannotApply` if it makes no sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.records import SourceFile
from studio.timeline.cuts import MUSIC, is_music, keep
from studio.timeline.material import CannotApply, range_of
from studio.timeline.model import Clip, Level, SoundOnly, Timeline, Track, TrackKind, changed_levels
from studio.timeline.operations import AddMusic, ExtractAudio, Fade, Merge, Mute, SetVolume

UNDER_SPEECH = 0.35  # of music under other sound, where nobody said how loud
_LOUDEST = 4.0
_FADE = 1000  # ms, where nobody said how long
BITRATE = 192
# What an MP3 of constant bit rate can have: of another number the encoder would make one of these unasked.
_RATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


def each(timeline: Timeline, change: Callable[[Clip], Clip | None]) -> Timeline:
    """Applies `change` to every clip; None removes the clip."""
    tracks = tuple(
        Track(track.kind, tuple(made for clip in track.clips if (made := change(clip)))) for track in timeline.tracks
    )
    return replace(timeline, tracks=tuple(track for track in tracks if track.clips))


def is_heard(timeline: Timeline) -> bool:
    return any(clip.volume > 0 for clip in timeline.clips)


def music_of(timeline: Timeline) -> list[Clip]:
    return [clip for clip in timeline.clips if is_music(clip)]


def merge(timeline: Timeline, wanted: Merge, sound: SourceFile) -> Timeline:
    pictures = timeline.of_kind(TrackKind.VIDEO)
    if not pictures:
        raise CannotApply("merge_needs_video")
    whole = sound.duration or 0
    length = whole if wanted.pad else min(whole, timeline.duration)
    clip = Clip(f"clip_{sound.id[:12]}", sound.id, sound.name, start=0, duration=length)
    if wanted.mix:
        merged = replace(timeline, tracks=(*timeline.tracks, Track(TrackKind.AUDIO, (clip,))))
    else:
        silent = tuple(replace(picture, volume=0.0) for picture in pictures)
        merged = timeline.with_clips(TrackKind.VIDEO, silent).with_clips(TrackKind.AUDIO, (clip,))
    return keep(merged, [(0, length)]) if wanted.pad is False and length < merged.duration else merged


def add_music(timeline: Timeline, wanted: AddMusic, sound: SourceFile) -> Timeline:
    """Adds music; it replaces music that was added before."""
    start, end = range_of(wanted.part, timeline.duration) if wanted.part else (0, timeline.duration)
    bare = each(timeline, lambda clip: None if is_music(clip) else clip)
    length = end - start if wanted.loop is not False else min(end - start, sound.duration or 0)
    usual = UNDER_SPEECH if is_heard(bare) else 1.0
    clip = Clip(
        f"{MUSIC}{sound.id[:12]}",
        sound.id,
        sound.name,
        start=start,
        duration=length,
        volume=usual if wanted.volume is None else min(_LOUDEST, wanted.volume),
        loop=wanted.loop is not False,
        ducked=bool(wanted.duck),
    )
    return replace(bare, tracks=(*bare.tracks, Track(TrackKind.AUDIO, (clip,))))


def duck(timeline: Timeline) -> Timeline:
    if not music_of(timeline):
        raise CannotApply("no_music")
    return each(timeline, lambda clip: replace(clip, ducked=True) if is_music(clip) else clip)


def remove_music(timeline: Timeline) -> Timeline:
    """Removes music that was added; if there is none, removes the music from the recorded sound."""
    if music_of(timeline):
        return each(timeline, lambda clip: None if is_music(clip) else clip)
    if not is_heard(timeline):
        raise CannotApply("no_sound")
    return each(timeline, lambda clip: replace(clip, voice_only=True) if clip.volume > 0 else clip)


def mute(timeline: Timeline, wanted: Mute) -> Timeline:
    if wanted.target == "bgm" and not music_of(timeline):
        raise CannotApply("no_music")
    if wanted.parts:
        ranges = [range_of(part, timeline.duration) for part in wanted.parts]
        return each(timeline, lambda clip: _silenced(clip, ranges, wanted))
    if wanted.target == "bgm":
        return each(timeline, lambda clip: None if is_music(clip) else clip)
    if not timeline.of_kind(TrackKind.VIDEO):
        raise CannotApply("mute_sound_only")
    silent = tuple(replace(clip, volume=0.0) for clip in timeline.of_kind(TrackKind.VIDEO))
    return timeline.with_clips(TrackKind.AUDIO, ()).with_clips(TrackKind.VIDEO, silent)


def _silenced(clip: Clip, ranges: list[tuple[int, int]], wanted: Mute) -> Clip:
    if wanted.target == "bgm" and not is_music(clip):
        return clip
    return replace(clip, silent=tuple(sorted({*clip.silent, *ranges})))


def set_volume(timeline: Timeline, wanted: SetVolume) -> Timeline:
    if not is_heard(timeline):
        raise CannotApply("no_sound")
    if wanted.target == "bgm" and not music_of(timeline):
        raise CannotApply("no_music")

    ranges = [range_of(part, timeline.duration) for part in wanted.parts]

    def changed(clip: Clip) -> Clip:
        if (wanted.target == "bgm" and not is_music(clip)) or (wanted.target == "voice" and is_music(clip)):
            return clip
        absolute = wanted.absolute and clip.volume > 0 and not (wanted.target == "all" and is_music(clip))
        if ranges:
            return replace(clip, levels=_levelled(clip, ranges, wanted.factor, absolute=absolute))
        volume = wanted.factor if absolute else clip.volume * wanted.factor
        return replace(clip, volume=min(_LOUDEST, round(volume, 4)), levels=() if absolute else clip.levels)

    return each(timeline, changed)


def _levelled(clip: Clip, ranges: Sequence[tuple[int, int]], factor: float, *, absolute: bool) -> tuple[Level, ...]:
    if clip.volume <= 0:
        return clip.levels
    most = _LOUDEST / clip.volume
    return changed_levels(
        clip.levels, ranges, lambda now: min(most, factor / clip.volume if absolute else now * factor)
    )


def fade(timeline: Timeline, wanted: Fade) -> Timeline:
    length = round(_FADE if wanted.seconds is None else wanted.seconds * 1000)
    length = max(0, min(length, timeline.duration))
    if wanted.target != "bgm":
        return replace(timeline, fade_in=length) if wanted.kind == "in" else replace(timeline, fade_out=length)
    heard = music_of(timeline) or timeline.of_kind(TrackKind.AUDIO) or timeline.clips
    edge = min(heard, key=lambda clip: clip.start) if wanted.kind == "in" else max(heard, key=lambda clip: clip.end)
    length = min(length, edge.duration)
    made = replace(edge, fade_in=length) if wanted.kind == "in" else replace(edge, fade_out=length)
    return each(timeline, lambda clip: made if clip == edge else clip)


def extract(timeline: Timeline, wanted: ExtractAudio) -> Timeline:
    """Keeps only what can be heard; the tracks of the sounds lie over each other."""
    if not is_heard(timeline):
        raise CannotApply("no_sound")
    heard = each(timeline, lambda clip: clip if clip.volume > 0 else None)
    tracks = tuple(Track(TrackKind.AUDIO, track.clips) for track in heard.tracks)
    rate = min(_RATES, key=lambda rate: abs(rate - (wanted.bitrate_k or BITRATE)))
    kind = SoundOnly(wanted.kind, rate)
    return Timeline(timeline.title, tracks, sound_only=kind, fade_in=timeline.fade_in, fade_out=timeline.fade_out)
