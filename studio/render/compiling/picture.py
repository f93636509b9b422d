"""The picture of a timeline as FFmpeg filters: clips in sequence, titles over them, fades over everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from core.media import Media, VideoStream, standard_picture
from studio.render.compiling.clips import Sources, input_of
from studio.render.compiling.frame import Frame, fitted, needed_of
from studio.render.compiling.plan import CannotRender, Input, Inputs, Raw, seconds, title_input
from studio.render.compiling.sound import fades
from studio.render.waveform.layout import FPS, Layout
from studio.timeline.model import Clip, Position, Timeline, Title

STILL, STRIP = "still", "strip"  # the names of its parts
FASTEST = 60.0
_USUAL = 30.0
_TITLE_FADE = 300  # ms
_TURNS = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}  # clockwise
_MARGIN = 0.06  # of the frame's sides: words keep off its edges


def clips_graph(clips: Sequence[Clip], sources: Sources, frame: Frame, timeline: Timeline, inputs: Inputs) -> list[str]:
    """Chains that end in `[shown]`. Gaps are black; the last picture stays until the end.

    Every frame keeps the time that it was recorded at, however uneven, so the pieces are not put one behind the other
    but each at its own time: what a mean rate rounds would add up to a delay against the sound.
    """
    clips = sorted(clips, key=lambda clip: clip.start)
    for before, after in pairwise(clips):
        if after.start < before.end:
            raise CannotRender("Two clips of the draft show at the same time.")
    rate = _rate(clips, sources)
    chains: list[str] = []
    reached = 0
    for clip in clips:
        if clip.start > reached:
            chains.append(f"{_black(frame, rate, _frames(reached, clip.start, rate))},{_at(reached)}")
        end = max(clip.end, timeline.duration) if clip is clips[-1] else clip.end
        chains.append(_piece(clip, end, sources, frame, timeline, rate, inputs))
        reached = clip.end
    if len(chains) == 1:
        return [f"{chains[0]}[shown]"]
    named = [f"{chain}[piece{number}]" for number, chain in enumerate(chains)]
    together = "".join(f"[piece{number}]" for number in range(len(chains)))
    return [*named, f"{together}interleave=nb_inputs={len(chains)}[shown]"]


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


def _piece(
    clip: Clip, end: int, sources: Sources, frame: Frame, timeline: Timeline, rate: float, inputs: Inputs
) -> str:
    """A clip in its place, shown until `end`."""
    media = sources[clip.source]
    video = _video(media)
    stream = inputs.number(input_of(clip, sources))
    shown = replace(video, width=video.height, height=video.width) if timeline.turned % 180 else video
    fit = fitted(shown, frame, timeline.fit, f"f{clip.start}_")
    turn = [_TURNS[timeline.turned]] if timeline.turned else []
    picture = [*standard_picture(video, needed_of(shown, frame)), *turn, fit, "format=yuv420p"]
    if media.still:
        # Scaled once and then repeated; `-loop 1` would decode the picture again for every frame.
        again = f"loop=loop=-1:size=1,setpts=N/({fraction(rate)}*TB)"
        filters = [*picture, again, f"trim=end_frame={_frames(clip.start, end, rate)}"]
    elif media.animated:
        filters = [*_cut(clip, rate), *_speed(clip), f"fps={fraction(rate)}:start_time=0", *picture, *_held(clip, end)]
    else:
        steady = [f"fps={fraction(rate)}"] if clip.speed != 1 or (video.fps or 0) > FASTEST + 1 else []
        held = _held(clip, end) if clip.end >= timeline.duration or end > clip.end else []
        filters = ["settb=AVTB", *_speed(clip), *steady, *picture, *held]
    return f"[{stream}:V:0]{','.join([*filters, _at(clip.start)])}"


def _held(clip: Clip, end: int) -> Iterator[str]:
    """The last frame is shown again and again until `end`."""
    yield f"tpad=stop=-1:stop_mode=clone,trim=end={seconds(end - clip.start)}"


def _at(start: int) -> str:
    """In place on the timeline. The first frame begins with its piece, though the cut may be between two frames."""
    return f"settb=AVTB,setpts='if(eq(N,0),0,PTS)+{start / 1000:.3f}/TB'"


def _cut(clip: Clip, rate: float) -> Iterator[str]:
    """The part of an animation that is used; its last frame lasts as long as it is to be seen."""
    yield f"fps={fraction(rate * max(1.0, clip.speed))}:start_time=0,tpad=stop=-1:stop_mode=clone"
    yield f"trim=start={seconds(clip.offset)}:duration={seconds(clip.used)},setpts=PTS-STARTPTS"


def _video(media: Media) -> VideoStream:
    if media.video is None:
        raise CannotRender("The video track holds no video.")
    return media.video


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
    return _USUAL if stills or not moving else min(FASTEST, max(moving))


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
    again = f"loop=loop=-1:size=1,setpts=N/(25*TB),trim=duration={seconds(length)}"
    still = f"scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,{again}"
    return ",".join([still, *([soft] if soft else []), f"setpts=PTS+{seconds(title.start)}/TB"])


def _place(position: Position, frame: Frame) -> tuple[str, str]:
    across, down = round(frame.width * _MARGIN), round(frame.height * _MARGIN)
    columns = {"left": str(across), "right": f"W-w-{across}"}
    rows = {"top": str(down), "bottom": f"H-h-{down}"}
    row, _, column = position.value.partition("-")
    return columns.get(column, "(W-w)/2"), rows.get(row, "(H-h)/2")
