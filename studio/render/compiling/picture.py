"""The picture of a timeline as FFmpeg filters: clips in sequence, titles over them, fades over everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.media import Media, VideoStream
from studio.render.compiling.clips import Sources, input_of
from studio.render.compiling.frame import Frame, fitted
from studio.render.compiling.plan import CannotRender, Input, Inputs, Raw, seconds, title_input
from studio.render.compiling.sound import fades
from studio.render.waveform.layout import FPS, Layout
from studio.timeline.model import Clip, Position, Timeline, Title

STILL, STRIP = "still", "strip"  # the names of its parts
_FASTEST = 60.0
_USUAL = 30.0
_TITLE_FADE = 300  # ms
_MARGIN = 0.06  # of the frame's sides: words keep off its edges
_WITH_ALPHA = ("pal8", "rgba", "bgra", "argb", "abgr", "ya8", "yuva420p", "yuva444p", "rgba64be", "gbrap")


def clips_graph(clips: Sequence[Clip], sources: Sources, frame: Frame, timeline: Timeline, inputs: Inputs) -> list[str]:
    """Chains that end in `[shown]`. Gaps are black; the last picture stays until the end."""
    clips = sorted(clips, key=lambda clip: clip.start)
    for before, after in pairwise(clips):
        if after.start < before.end:
            raise CannotRender("Two clips of the draft show at the same time.")
    rate = _rate(clips, sources)
    if len(clips) == 1 and clips[0].start == 0:
        return [_only(clips[0], sources, frame, timeline, rate, inputs)]
    chains: list[str] = []
    reached = 0
    for number, clip in enumerate(clips):
        if clip.start > reached:
            chains.append(f"{_black(frame, rate, _frames(reached, clip.start, rate))}[piece{len(chains)}]")
        end = _end(clip, clips[number + 1 :], timeline)
        count = _frames(clip.start, end, rate)
        chains.append(f"{_piece(clip, sources, frame, timeline, rate, count, inputs)}[piece{len(chains)}]")
        reached = end
    joined = "".join(f"[piece{number}]" for number in range(len(chains)))
    return [*chains, f"{joined}concat=n={len(chains)}:v=1:a=0[shown]"]


def drawn_graph(scene: Layout, inputs: Inputs) -> list[str]:
    """Chains that end in `[shown]`: the still, repeated, with the strip over it as long as there is one."""
    still = inputs.number(Raw(STILL, scene.width, scene.height, FPS))
    strip = inputs.number(Raw(STRIP, scene.strip_width, scene.strip_height, FPS))
    place = f"overlay={scene.strip_x}:{scene.strip_y}:shortest=1:format=yuv420"
    return [f"[{still}:v]loop=loop=-1:size=1,setpts=N/({FPS}*TB)[still];[still][{strip}:v]{place}[shown]"]


def over_all(timeline: Timeline, frame: Frame, inputs: Inputs) -> list[str]:
    """Chains from `[shown]` to `[picture]`: the titles, then the fades of the whole."""
    chains, shown = [], "shown"
    for number, title in enumerate(timeline.titles):
        if title.start >= timeline.duration:
            continue
        stream = inputs.number(Input(title_input(title.id)))
        chains.append(f"[{stream}:v:0]{_title(title, timeline)}[words{number}]")
        across, down = _place(title.position, frame)
        chains.append(f"[{shown}][words{number}]overlay=x={across}:y={down}:eof_action=pass[titled{number}]")
        shown = f"titled{number}"
    last = [*fades("fade", timeline.fade_in, timeline.fade_out, timeline.duration), "format=yuv420p"]
    return [*chains, f"[{shown}]{','.join(last)}[picture]"]


def _only(clip: Clip, sources: Sources, frame: Frame, timeline: Timeline, rate: float, inputs: Inputs) -> str:
    """A single clip keeps its recorded time stamps, however uneven, unless it is sped up."""
    media = sources[clip.source]
    if media.still or media.animated:
        piece = _piece(clip, sources, frame, timeline, rate, _frames(0, timeline.duration, rate), inputs)
        return f"{piece}[shown]"
    video = _video(media)
    stream = inputs.number(input_of(clip, sources))
    steady = [f"fps={fraction(rate)}"] if clip.speed != 1 or (video.fps or 0) > _FASTEST else []
    longer = timeline.duration - clip.duration
    hold = [f"tpad=stop_mode=clone:stop_duration={seconds(longer)}"] if longer > 0 else []
    filters = [
        *_speed(clip),
        *steady,
        *_on_black(video),
        fitted(video, frame, timeline.fit, "f"),
        "format=yuv420p",
        *hold,
    ]
    return f"[{stream}:V:0]{','.join(filters)}[shown]"


def _piece(
    clip: Clip, sources: Sources, frame: Frame, timeline: Timeline, rate: float, count: int, inputs: Inputs
) -> str:
    """A clip as exactly `count` frames, so that many cuts do not add up to a delay against the sound."""
    media = sources[clip.source]
    video = _video(media)
    stream = inputs.number(input_of(clip, sources))
    fit = fitted(video, frame, timeline.fit, f"f{clip.start}_")
    if media.still:
        # Scaled once and then repeated; `-loop 1` would decode the picture again for every frame.
        again = f"loop=loop=-1:size=1,setpts=N/({fraction(rate)}*TB)"
        filters = [*_on_black(video), fit, "format=yuv420p", again, f"trim=end_frame={count}"]
    else:
        steady = f"fps={fraction(rate)}:start_time=0"
        whole = f"tpad=stop=-1:stop_mode=clone,trim=end_frame={count},setpts=PTS-STARTPTS"
        cut = list(_cut(clip, rate)) if media.animated else []
        filters = [*cut, *_speed(clip), steady, *_on_black(video), fit, "format=yuv420p", whole]
    return f"[{stream}:V:0]{','.join(filters)}"


def _cut(clip: Clip, rate: float) -> Iterator[str]:
    """The part of an animation that is used; its last frame lasts as long as it is to be seen."""
    yield f"fps={fraction(rate * max(1.0, clip.speed))}:start_time=0,tpad=stop=-1:stop_mode=clone"
    yield f"trim=start={seconds(clip.offset)}:duration={seconds(clip.used)},setpts=PTS-STARTPTS"


def _on_black(video: VideoStream) -> Iterator[str]:
    """Transparent areas over black: otherwise whatever colour is stored there would show."""
    if video.pixel_format in _WITH_ALPHA:
        yield "format=rgba,premultiply=inplace=1"


def _video(media: Media) -> VideoStream:
    if media.video is None:
        raise CannotRender("The video track holds no video.")
    return media.video


def _end(clip: Clip, later: Sequence[Clip], timeline: Timeline) -> int:
    return clip.end if later else max(clip.end, timeline.duration)


def _speed(clip: Clip) -> Iterator[str]:
    if clip.speed != 1:
        yield f"setpts=PTS/{clip.speed:.6f}"


def _black(frame: Frame, rate: float, count: int) -> str:
    color = f"color=black:s={frame.width}x{frame.height}:r={fraction(rate)}"
    return f"{color},format=yuv420p,setsar=1,trim=end_frame={count}"


def _rate(clips: Sequence[Clip], sources: Sources) -> float:
    shown = [(media, video.fps) for clip in clips if (video := (media := sources[clip.source]).video) and video.fps]
    # An animation's frames may come in bursts, of which its mean rate knows nothing.
    moving = [max(rate, _USUAL) if media.animated else rate for media, rate in shown if rate > 1 or media.animated]
    stills = all(sources[clip.source].still for clip in clips)
    return _USUAL if stills or not moving else min(_FASTEST, max(moving))


def _frames(start: int, end: int, rate: float) -> int:
    return max(1, round(end * rate / 1000) - round(start * rate / 1000))


def fraction(rate: float) -> str:
    """29.97 really is 30000/1001: with the short form an hour is off by a tenth of a second."""
    whole = round(rate * 1.001)
    if abs(rate - round(rate)) > 0.005 and abs(rate * 1.001 - whole) < 0.01:
        return f"{whole * 1000}/1001"
    return f"{rate:g}"


def _title(title: Title, timeline: Timeline) -> str:
    length = min(title.end, timeline.duration) - title.start
    fade = min(_TITLE_FADE, length // 4)
    soft = ",".join(f"{each}:alpha=1" for each in fades("fade", fade, fade, length))
    still = f"format=yuva420p,loop=loop=-1:size=1,setpts=N/(25*TB),trim=duration={seconds(length)}"
    return ",".join([still, *([soft] if soft else []), f"setpts=PTS+{seconds(title.start)}/TB"])


def _place(position: Position, frame: Frame) -> tuple[str, str]:
    across, down = round(frame.width * _MARGIN), round(frame.height * _MARGIN)
    columns = {"left": str(across), "right": f"W-w-{across}"}
    rows = {"top": str(down), "bottom": f"H-h-{down}"}
    row, _, column = position.value.partition("-")
    return columns.get(column, "(W-w)/2"), rows.get(row, "(H-h)/2")
