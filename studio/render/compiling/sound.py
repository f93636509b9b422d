"""The sound of a timeline as FFmpeg filters: a chain for each clip, clips in lanes, lanes mixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.render.compiling.clips import Sources, sound_input_of, sound_of
from studio.render.compiling.plan import Inputs, seconds
from studio.timeline.model import Clip, Timeline

_LOUDEST_RATE = 48000
# A frame of sound is 20 ms and more, and a filter is turned on and off between frames only.
_FINE = "asetnsamples=n=128:p=0"
_RAMP = 0.02  # seconds
_DUCK = "sidechaincompress=threshold=0.03:ratio=6:attack=20:release=400"
_LIMIT = "alimiter=limit=0.95:level=0"


def sound_graph(timeline: Timeline, heard: Sequence[Clip], sources: Sources, inputs: Inputs) -> list[str]:
    """Chains that end in `[sound]`, at most as long as the timeline."""
    chains: list[str] = []
    lanes = lanes_of(heard)
    form = _form(heard, sources)
    named = [(lane, _lane(lane, number, sources, inputs, form, chains)) for number, lane in enumerate(lanes)]
    beds = [label for lane, label in named if lane[0].ducked]
    voices = [label for lane, label in named if not lane[0].ducked]
    mixed = _mixed(voices, beds, chains)
    chains.append(f"[{mixed}]{','.join(_finish(timeline, heard, lanes))}[sound]")
    return chains


def lanes_of(clips: Sequence[Clip]) -> list[list[Clip]]:
    """Distributes clips over as few lanes as possible so that no two of one lane sound at once."""
    lanes: list[list[Clip]] = []
    for clip in sorted(clips, key=lambda clip: (clip.start, clip.id)):
        for lane in lanes:
            if lane[-1].end <= clip.start and lane[0].ducked == clip.ducked:
                lane.append(clip)
                break
        else:
            lanes.append([clip])
    return lanes


def _lane(lane: Sequence[Clip], number: int, sources: Sources, inputs: Inputs, form: str, chains: list[str]) -> str:
    """Writes the chains of one lane and returns the label that they end in."""
    parts: list[str] = []
    reached = 0
    for place, clip in enumerate(lane):
        if clip.start > reached:
            silence = f"anullsrc=r={_LOUDEST_RATE}:cl=stereo,atrim=duration={seconds(clip.start - reached)}"
            chains.append(f"{silence},{form}[gap{number}_{place}]")
            parts.append(f"[gap{number}_{place}]")
        exact = ["apad", f"atrim=duration={seconds(clip.duration)}"] if len(lane) > 1 or clip.start else []
        filters = [*_tempo(clip), *exact, form, *_loudness(clip)]
        stream = inputs.number(sound_input_of(clip, sources))
        chains.append(f"[{sound_of(stream, clip, sources)}]{','.join(filters)}[clip{number}_{place}]")
        parts.append(f"[clip{number}_{place}]")
        reached = clip.end
    if len(parts) == 1:
        return parts[0][1:-1]
    chains.append(f"{''.join(parts)}concat=n={len(parts)}:v=0:a=1[lane{number}]")
    return f"lane{number}"


def _form(heard: Sequence[Clip], sources: Sources) -> str:
    """One format for all: mono only if everything is, and the highest sample rate among them."""
    audios = [audio for clip in heard if (audio := sources[clip.source].audio)]
    rate = min(_LOUDEST_RATE, max((audio.sample_rate or 44100 for audio in audios), default=_LOUDEST_RATE))
    layout = "mono" if all(audio.layout == "mono" for audio in audios) else "stereo"
    return f"aformat=sample_fmts=fltp:sample_rates={max(8000, rate)}:channel_layouts={layout}"


def _tempo(clip: Clip) -> list[str]:
    """Fills holes in the time stamps first. Uses steps of at most 2, above which samples would be dropped."""
    filters, rest = ["aresample=async=1:first_pts=0"], clip.speed
    while rest > 2 or rest < 0.5:
        step = 2.0 if rest > 2 else 0.5
        filters.append(f"atempo={step}")
        rest /= step
    return filters if abs(rest - 1) < 1e-6 else [*filters, f"atempo={rest:.6f}"]


def _loudness(clip: Clip) -> Iterator[str]:
    if clip.volume != 1:
        yield f"volume={clip.volume:.4f}"
    if silent := [(max(0, a - clip.start), b - clip.start) for a, b in clip.silent if b > clip.start and a < clip.end]:
        spans = "+".join(f"between(t,{seconds(start)},{seconds(end)})" for start, end in silent)
        yield from (_FINE, f"volume=0:enable='{spans}'")
    if levels := [(a - clip.start, b - clip.start, f) for a, b, f in clip.levels if b > clip.start and a < clip.end]:
        factors = "*".join(_factor(max(0, start), end, factor) for start, end, factor in levels)
        yield from (_FINE, f"volume=volume='{factors}':eval=frame")
    yield from fades("afade", clip.fade_in, clip.fade_out, clip.duration)


def _factor(start: int, end: int, factor: float) -> str:
    """An expression that is 1 outside the range and ramps to `factor` and back inside: a step would be audible."""
    share = f"clip(min(t-{seconds(start)},{seconds(end)}-t)/{_RAMP},0,1)"
    return f"(1+({factor - 1:.4f})*{share})"


def fades(name: str, fade_in: int, fade_out: int, length: int) -> Iterator[str]:
    """`afade` or `fade` at the ends of `length` ms; neither reaches past the other end."""
    if fade_in:
        yield f"{name}=t=in:st=0:d={seconds(min(fade_in, length))}"
    if fade_out:
        fade_out = min(fade_out, length)
        yield f"{name}=t=out:st={seconds(length - fade_out)}:d={seconds(fade_out)}"


def _mixed(voices: Sequence[str], beds: Sequence[str], chains: list[str]) -> str:
    if not voices or not beds:
        return _mix(voices or beds, "mixed", chains)
    voice, bed = _mix(voices, "voices", chains), _mix(beds, "beds", chains)
    # The filter ends with whichever of its inputs ends first, so the side chain goes on in silence.
    chains.append(f"[{voice}]asplit=2[heard][ear]")
    chains.append(f"[ear]apad[side];[{bed}][side]{_DUCK}[ducked]")
    return _mix(["heard", "ducked"], "mixed", chains)


def _mix(labels: Sequence[str], name: str, chains: list[str]) -> str:
    if len(labels) == 1:
        return labels[0]
    inputs = "".join(f"[{label}]" for label in labels)
    chains.append(f"{inputs}amix=inputs={len(labels)}:duration=longest:normalize=0[{name}]")
    return name


def loudest_of(clip: Clip) -> float:
    """The highest factor on what was recorded."""
    return clip.volume * max([1.0, *(factor for _, _, factor in clip.levels)])


def _finish(timeline: Timeline, heard: Sequence[Clip], lanes: Sequence[Sequence[Clip]]) -> Iterator[str]:
    if len(lanes) > 1 or any(loudest_of(clip) > 1 for clip in heard):
        yield _LIMIT
    yield from fades("afade", timeline.fade_in, timeline.fade_out, timeline.duration)
    yield f"atrim=end={seconds(timeline.duration)}"
