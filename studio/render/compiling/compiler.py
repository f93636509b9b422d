"""Compiles the whole timeline: which streams are copied, which are encoded, and with what options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.media import BT709, AudioStream, VideoStream, aac_args, bare_args, mp3_args
from studio.errors import NO_SOUND
from studio.render.compiling.clips import Sources, check, input_of, is_heard, is_whole, sound_of
from studio.render.compiling.frame import Frame, frame_of, is_reduced
from studio.render.compiling.picture import FASTEST, clips_graph, drawn_graph, over_all
from studio.render.compiling.plan import SLACK, CannotRender, Inputs, Plan, seconds
from studio.render.compiling.sound import sound_graph
from studio.render.output import Output, Quality
from studio.render.waveform.layout import Layout
from studio.timeline.model import Clip, Timeline, TrackKind, Visual

_ROUNDED = 2  # pixels: a draft's frame is in even numbers, a picture may not be
_FAST_START = ("-movflags", "+faststart")
# Frames keep their own times: by default they are moved to those of a mean rate, which drops some.
_OWN_TIMES = ("-fps_mode", "vfr", "-enc_time_base", "1:90000")


def compile_timeline(timeline: Timeline, sources: Sources, output: Output, scene: Layout | None = None) -> Plan:
    """`scene` is the layout of a picture that is drawn from the sound. Raises `CannotRender`."""
    for clip in timeline.clips:
        check(clip, sources)
    pictures = timeline.of_kind(TrackKind.VIDEO)
    if scene and not output.sound_only:
        return _drawn_plan(timeline, scene, sources, output)
    if output.sound_only or not pictures:
        return _sound_plan(timeline, sources, output)
    return _picture_plan(timeline, pictures, sources, output)


def _sound_plan(timeline: Timeline, sources: Sources, output: Output) -> Plan:
    inputs = Inputs()
    graph, options = _sound(timeline, sources, output, inputs)
    if not options:
        raise CannotRender(NO_SOUND)
    start = _FAST_START if output.format in ("mp4", "m4a") else ()
    rest = (*_bare(timeline, sources), *start)
    return Plan(inputs.all(), (*_complex(graph), *options, "-vn", *rest), timeline.duration / 1000)


def compile_mono(timeline: Timeline, sources: Sources, rate: int) -> Plan:
    """Compiles the timeline's sound for analysis: one channel of 16 bits at `rate` Hz. Raises `CannotRender`."""
    for clip in timeline.clips:
        check(clip, sources)
    heard = [clip for clip in timeline.clips if is_heard(clip, sources)]
    if not heard:
        raise CannotRender("There is no sound to draw.")
    inputs = Inputs()
    graph = sound_graph(timeline, heard, sources, inputs)
    options = ("-map", "[sound]", "-ac", "1", "-ar", str(rate), "-f", "s16le")
    return Plan(inputs.all(), (*_complex(graph), *options), timeline.duration / 1000)


def _drawn_plan(timeline: Timeline, scene: Layout, sources: Sources, output: Output) -> Plan:
    inputs = Inputs()
    graph = [*drawn_graph(scene, inputs), *over_all(timeline, Frame(scene.width, scene.height), inputs)]
    sounds, heard = _sound(timeline, sources, output, inputs)
    shown = ["-map", "[picture]", *_encoder(output), "-t", seconds(timeline.duration)]
    rest = (*_bare(timeline, sources), *_FAST_START)
    options = (*_complex([*graph, *sounds]), *shown, *(heard or ["-an"]), *rest)
    return Plan(inputs.all(), options, timeline.duration / 1000)


def _picture_plan(timeline: Timeline, pictures: Sequence[Clip], sources: Sources, output: Output) -> Plan:
    inputs = Inputs()
    length = timeline.duration
    if _copies_picture(timeline, pictures, sources, output):
        stream = inputs.number(input_of(pictures[0], sources))
        shown, graph = ["-map", f"{stream}:V:0", "-c:v", "copy"], []
        end: list[str] = []
        losses: tuple[str, ...] = ()
    else:
        frame = frame_of(timeline, sources[pictures[0].source].video, output)
        graph = clips_graph(pictures, sources, frame, timeline, inputs)
        graph += over_all(timeline, frame, inputs)
        shown, end = ["-map", "[picture]", *_encoder(output), *_OWN_TIMES], ["-t", seconds(length)]
        losses = tuple(_losses(timeline, pictures, sources, output))
    sounds, heard = _sound(timeline, sources, output, inputs)
    rest = (*_bare(timeline, sources), *end, *_FAST_START)
    options = (*_complex([*graph, *sounds]), *shown, *(heard or ["-an"]), *rest)
    return Plan(inputs.all(), options, length / 1000, losses)


def _losses(timeline: Timeline, pictures: Sequence[Clip], sources: Sources, output: Output) -> Iterator[str]:
    """What nobody asked to lose, as names of notices."""
    if output.short_side is None and is_reduced(timeline, sources[pictures[0].source].video):
        yield "full-hd"
    videos = [(clip, video) for clip in pictures if (video := sources[clip.source].video)]
    if any((video.fps or 0) * clip.speed > FASTEST + 1 for clip, video in videos if clip.speed <= 1):
        yield "sixty-frames"


def _sound(timeline: Timeline, sources: Sources, output: Output, inputs: Inputs) -> tuple[list[str], list[str]]:
    """Returns the graph and the options of the sound stream; both are empty if nothing is heard."""
    heard = [clip for clip in timeline.clips if is_heard(clip, sources)]
    if not heard:
        return [], []
    if len(heard) == 1 and _copies_sound(timeline, heard[0], sources, output):
        stream = inputs.number(input_of(heard[0], sources))
        return [], ["-map", sound_of(stream, heard[0], sources), "-c:a", "copy"]
    graph = sound_graph(timeline, heard, sources, inputs)
    return graph, ["-map", "[sound]", *_sound_codec(sources[heard[0].source].audio, output)]


def _bare(timeline: Timeline, sources: Sources) -> list[str]:
    first = sources[timeline.clips[0].source]
    visual = timeline.visual or Visual()
    return bare_args(visual.title or first.title, visual.artist or first.artist)


def _complex(graph: Sequence[str]) -> list[str]:
    return ["-filter_complex", ";".join(graph)] if graph else []


def _sound_codec(audio: AudioStream | None, output: Output) -> list[str]:
    match output.format:
        case "wav":
            return ["-c:a", "pcm_s16le"]
        case "mp3":
            return mp3_args(output.bitrate_k, audio.sample_rate if audio else None)
        case "mp4" | "m4a":
            # A client may make an MP3 of it yet, so what is encoded keeps room above it.
            return aac_args(256)


def _encoder(output: Output) -> list[str]:
    preset, crf = output.quality.encoder
    return ["-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-pix_fmt", "yuv420p", *BT709]


def _copies_picture(timeline: Timeline, pictures: Sequence[Clip], sources: Sources, output: Output) -> bool:
    """Whether the picture is one whole, unedited file that every player shows. It may end before the sound."""
    clip = pictures[0]
    media = sources[clip.source]
    edited = (
        timeline.titles or timeline.turned or timeline.fade_in or timeline.fade_out or clip.speed != 1 or clip.start
    )
    if len(pictures) > 1 or edited or media.still or media.video is None:
        return False
    return (
        is_whole(clip, sources)
        and _is_shown_everywhere(media.video)
        and _fills(timeline, media.video)
        and output.quality is not Quality.DRAFT
        and (output.short_side is None or min(media.video.width, media.video.height) <= output.short_side)
    )


def _copies_sound(timeline: Timeline, clip: Clip, sources: Sources, output: Output) -> bool:
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
    return video.plain and video.codec == "h264" and video.pixel_format in ("yuv420p", "yuvj420p")


def _fills(timeline: Timeline, video: VideoStream) -> bool:
    if not (timeline.width and timeline.height):
        return True
    return abs(timeline.width - video.width) < _ROUNDED and abs(timeline.height - video.height) < _ROUNDED
