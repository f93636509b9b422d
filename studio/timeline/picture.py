"""Edits of the picture and its titles. Pure; each raises `CannotApply` if it makes no sense."""

from __future__ import annotations

from dataclasses import replace

from studio.records import SourceFile
from studio.timeline.material import CannotApply, Material, range_of
from studio.timeline.model import Clip, Fit, Position, Timeline, Title, Track, TrackKind, Visual
from studio.timeline.operations import AddText, EditText, Operation, Rotate, SetAspect, Visualize
from studio.timeline.palette import hex_of

_TITLE = 3000  # ms that a title stands where nobody said how long
_MOST = 30  # titles of a project
_SHORT, _LONG = 1080, 1920


def has_picture(timeline: Timeline) -> bool:
    return bool(timeline.visual or timeline.of_kind(TrackKind.VIDEO))


def add_text(timeline: Timeline, wanted: AddText) -> Timeline:
    if not has_picture(timeline):
        raise CannotApply("no_picture")
    if len(timeline.titles) >= _MOST:
        raise CannotApply("too_much")
    brief = wanted.is_title and wanted.position in (None, Position.CENTER)
    usual = (0, min(_TITLE, timeline.duration) if brief else timeline.duration)
    start, end = range_of(wanted.part, timeline.duration) if wanted.part else usual
    title = Title(
        f"title_{max((_number(each) for each in timeline.titles), default=0) + 1}",
        wanted.text[:300],
        start,
        end - start,
        wanted.position or (Position.CENTER if wanted.is_title else Position.BOTTOM),
        hex_of(wanted.color or "white"),
        wanted.size or 1.0,
    )
    return replace(timeline, titles=(*timeline.titles, title))


def as_possible(timeline: Timeline, wanted: Operation) -> Operation:
    """Turns a change of words into an addition if there are none yet."""
    match wanted:
        case EditText(text=str(words), old=None) if not timeline.titles:
            return AddText(words, wanted.part, wanted.position, wanted.color, wanted.size, is_title=True)
        case _:
            return wanted


def edit_text(timeline: Timeline, wanted: EditText) -> Timeline:
    """Changes the words that are meant, or the last ones."""
    said = (wanted.old or "").casefold()
    meant = next((title for title in reversed(timeline.titles) if said in title.text.casefold()), None)
    if meant is None:
        raise CannotApply("no_such_text" if timeline.titles else "no_text")
    start, end = range_of(wanted.part, timeline.duration) if wanted.part else (meant.start, meant.end)
    made = replace(
        meant,
        text=(wanted.text or meant.text)[:300],
        start=start,
        duration=end - start,
        position=wanted.position or meant.position,
        color=hex_of(wanted.color) if wanted.color else meant.color,
        size=min(4.0, max(0.25, round(meant.size * (wanted.size or 1.0), 3))),
    )
    return replace(timeline, titles=tuple(made if title is meant else title for title in timeline.titles))


def _number(title: Title) -> int:
    number = title.id.rpartition("_")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0


def remove_text(timeline: Timeline) -> Timeline:
    if not timeline.titles:
        raise CannotApply("no_text")
    return replace(timeline, titles=())


def set_aspect(timeline: Timeline, wanted: SetAspect) -> Timeline:
    """Keeps the frame's shorter side. Nothing of the picture is cropped unless the user asked for it."""
    if not has_picture(timeline):
        raise CannotApply("no_picture")
    fit = wanted.fit or (timeline.fit if not wanted.across else Fit.BLUR)
    if not wanted.across:
        return replace(timeline, fit=fit)
    width, height = frame_of(wanted, (timeline.width, timeline.height))
    return replace(timeline, width=width, height=height, fit=fit)


def rotate(timeline: Timeline, wanted: Rotate) -> Timeline:
    """Turns the picture and, by a quarter, the frame with it. Words over it stay upright."""
    if not timeline.of_kind(TrackKind.VIDEO):
        raise CannotApply("no_picture")
    turned = (timeline.turned + wanted.degrees) % 360
    across, down = timeline.width, timeline.height
    width, height = (down, across) if wanted.degrees % 180 else (across, down)
    return replace(timeline, width=width, height=height, turned=turned)


def frame_of(wanted: SetAspect, now: tuple[int, int]) -> tuple[int, int]:
    """The pixels of a shape: even numbers, within full HD in either orientation."""
    if wanted.width and wanted.height:
        width, height = float(wanted.width), float(wanted.height)
    else:
        short = _short_of(now)
        shape = wanted.across / wanted.down
        width, height = (short * shape, short) if shape >= 1 else (short, short / shape)
    scale = min(1.0, _LONG / max(width, height), _SHORT / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _short_of(now: tuple[int, int]) -> int:
    """The shorter side of another shape: that of the picture, or what a panorama's longer side would have beside it."""
    short, long = sorted(now)
    return min(_SHORT, max(short, round(long * _SHORT / _LONG))) or _SHORT


def under_sound(timeline: Timeline, picture: SourceFile, sound: SourceFile) -> Timeline:
    """A film of one picture, as long as the sound."""
    width, height = picture.width or _LONG, picture.height or _SHORT
    scale = min(1.0, _LONG / max(width, height), _SHORT / min(width, height))
    length = sound.duration or 0
    still = Clip(f"clip_{picture.id[:12]}", picture.id, picture.name, start=0, duration=length, volume=0.0)
    heard = Clip(f"clip_{sound.id[:12]}", sound.id, sound.name, start=0, duration=length)
    return Timeline(
        timeline.title,
        (Track(TrackKind.VIDEO, (still,)), Track(TrackKind.AUDIO, (heard,))),
        max(2, round(width * scale / 2) * 2),
        max(2, round(height * scale / 2) * 2),
    )


def visualize(timeline: Timeline, wanted: Visualize, material: Material) -> Timeline:
    """The timeline's sound with a picture drawn from it."""
    heard = tuple(clip for clip in timeline.clips if clip.volume > 0)
    if not heard:
        raise CannotApply("no_sound")
    picture = material.pictures[-1].id if material.pictures else ""
    if wanted.background == "image" and not picture:
        raise CannotApply("needs_picture")
    behind = wanted.background == "image"
    width, height = frame_of(wanted.aspect, (_SHORT, _SHORT)) if wanted.aspect else (_LONG, _SHORT)
    visual = Visual(
        wanted.look,
        background=picture if behind else "",
        cover="" if behind else picture,
        shows_cover=not behind,
        title=(wanted.title or "")[:200],
        artist=(wanted.artist or "")[:200],
    )
    tracks = tuple(Track(TrackKind.AUDIO, (clip,)) for clip in heard)
    return replace(timeline, tracks=tracks, width=width, height=height, visual=visual, sound_only=None, titles=())
