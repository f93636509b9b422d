"""Selects the sentences for edits of the sound; also words ranges of time and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.timeline.cuts import is_music
from studio.timeline.material import Step, clock, range_of
from studio.timeline.model import Clip, TrackKind, level_at
from studio.timeline.operations import AddMusic, Duck, ExtractAudio, Fade, Merge, Mute, Part, RemoveMusic, SetVolume
from studio.timeline.sound import BITRATE, is_heard, music_of

Sentences = Iterator[tuple[str, dict[str, str]]]  # keys of `studio.agent.phrases`, each with its values
NOTICED = 300  # ms: less between two lengths is not worth a sentence


def listed(items: Sequence[str], language: str) -> str:
    """Joins the items as "a, b and c"."""
    if language == "zh":
        return "、".join(items)
    return " and ".join([part for part in (", ".join(items[:-1]), items[-1]) if part])


def spoken_range(part: Part, whole: int) -> str:
    """Words a range: times that the user named are repeated exactly, others are rounded."""
    start, end = range_of(part, whole)
    named = part.end.share == 0 and part.end.at(whole) < whole
    return f"{clock(start, 1 if part.start.share else 2)}–{clock(end, 2 if named else 1)}"


_WHOLE = Part()


def of_sound(step: Step, language: str) -> Sentences:
    match step.operation:
        case ExtractAudio(kind):
            rate = {
                "mp3": f"{step.after.sound_only.bitrate_k if step.after.sound_only else BITRATE} kbps",
                "wav": "16 bit PCM",
                "m4a": "AAC",
            }[kind]
            yield "extract", {"kind": kind.upper(), "rate": rate, "length": clock(step.after.duration)}
        case Merge() | AddMusic() if not step.before.of_kind(TrackKind.VIDEO) and step.after.of_kind(TrackKind.VIDEO):
            yield "merge_picture", {"length": clock(step.after.duration)}
        case Merge(mix, pad):
            yield ("mix" if mix else "merge") if is_heard(step.before) else "merge_silent", {}
            yield from _difference(step, pad)
        case AddMusic(query=query):
            yield from _music(step, query)
        case RemoveMusic(also):
            if music_of(step.before):
                yield "music_taken_out", {}
            else:
                yield "voice_only", {}
                if step.after.of_kind(TrackKind.VIDEO):
                    yield "picture_untouched", {}
            if also:
                yield "clean_audio", {}
        case Mute(parts, target):
            yield from _muted(step, parts, target, language)
        case _:
            yield from _of_level(step, language)


def _of_level(step: Step, language: str) -> Sentences:
    match step.operation:
        case Duck():
            yield "duck", {}
        case SetVolume(target, parts=(_, *_) as parts):
            said = listed([spoken_range(part, step.before.duration) for part in parts], language)
            yield f"volume_part_{target}", {"level": _level(step, target, parts[0]), "range": said}
        case SetVolume(target):
            yield f"volume_{target}", {"level": _level(step, target)}
        case Fade(kind, _, target):
            yield f"fade_{kind}_{target if target == 'bgm' else 'all'}", {"seconds": _faded(step)}


def _music(step: Step, query: str | None) -> Sentences:
    clip = music_of(step.after)[-1]
    whole = (step.sound and step.sound.duration) or 0
    key = "music_looped" if clip.loop and whole < clip.duration - NOTICED else "music"
    yield key, {"name": clip.name, "level": f"{clip.volume * 100:g}%"}
    if clip.ducked:
        yield "duck", {}
    if query:
        yield "music_no_library", {"query": query}


def _muted(step: Step, parts: Sequence[Part], target: str, language: str) -> Sentences:
    if parts:
        ranges = [spoken_range(part, step.before.duration) for part in parts]
        yield "mute_part", {"range": listed(ranges, language)}
    elif target == "bgm":
        yield "music_taken_out", {}
    else:
        yield "mute" if is_heard(step.before) else "mute_silent", {}


def _level(step: Step, target: str, part: Part = _WHOLE) -> str:
    """The new level of the first clip that was meant."""
    start, end = range_of(part, step.after.duration)
    meant = [clip for clip in step.after.clips if _is_meant(clip, target) and clip.start < end and clip.end > start]
    if not meant:
        return "100%"
    factor = level_at(meant[0].levels, start) if part is not _WHOLE else 1.0
    return f"{meant[0].volume * factor * 100:.3g}%"


def _is_meant(clip: Clip, target: str) -> bool:
    return clip.volume > 0 and (target == "all" or is_music(clip) == (target == "bgm"))


def _faded(step: Step) -> str:
    before, after = step.before, step.after
    lengths = [after.fade_in - before.fade_in and after.fade_in, after.fade_out - before.fade_out and after.fade_out]
    old = {(clip.id, clip.start): clip for clip in before.clips}
    for clip in after.clips:
        was = old.get((clip.id, clip.start))
        lengths += [clip.fade_in if not was or was.fade_in != clip.fade_in else 0]
        lengths += [clip.fade_out if not was or was.fade_out != clip.fade_out else 0]
    said = step.operation.seconds if isinstance(step.operation, Fade) else None
    return f"{(max(lengths, default=0) or round((said or 1) * 1000)) / 1000:g}"


def _difference(step: Step, pad: bool | None) -> Sentences:
    """Says which of picture and sound ends first in a merge, if the difference is noticeable."""
    sound, whole = (step.sound and step.sound.duration) or 0, step.before.duration
    if abs(sound - whole) <= NOTICED:
        return
    values = {"sound": clock(sound), "whole": clock(whole)}
    if sound < whole:
        yield "sound_short_cut" if pad is False else "sound_short", values
    else:
        yield "sound_long_padded" if pad else "sound_long", values
