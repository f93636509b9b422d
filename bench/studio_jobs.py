"""The studio's jobs under measurement: each as a draft, and as the shortest FFmpeg command for the same output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.render.titles import draw_title
from studio.timeline.model import Clip, Fit, Look, SoundOnly, Timeline, Title, Track, TrackKind, Visual

SECONDS = 60
_X264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart")
_AAC = ("-c:a", "aac", "-b:a", "256k")
Files = Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Job:
    """`ids` of files to a draft; `bare` is FFmpeg's command but for the output. `most` times that is allowed."""

    name: str
    draft: Callable[[Mapping[str, str]], Timeline]
    bare: Callable[[Files], list[str]]
    format: str = "mp4"
    most: float = 1.05
    spare: float = 0.3


def jobs(folder: Path) -> tuple[Job, ...]:
    """`folder` is for what the bare commands need beside their inputs: the title, drawn once, and a still."""
    words = Title("t", "Sixty seconds", 2000, 5000)
    draw_title(words, (1920, 1080), folder / "title.png")
    return (
        Job("extract MP3", _sound, lambda f: ["-i", _("clip", f), "-vn", "-c:a", "libmp3lame", "-b:a", "192k"], "mp3"),
        Job("merge, picture copied", _merged, _merge_bare),
        Job("exact trim to 30 s", lambda ids: _shown(ids, offset=15_000, duration=30_000), _trim_bare),
        Job("9:16, blurred sides", _upright, _upright_bare),
        Job("title", lambda ids: _shown(ids, titles=(words,)), lambda f: _title_bare(f, folder / "title.png")),
        Job("waveform video 1080p30", _drawn, lambda f: _still_bare(f, folder / "still.png"), most=1.6, spare=0.0),
    )


def _(name: str, files: Files) -> str:
    return str(files[name])


def _shown(
    ids: Mapping[str, str],
    *,
    offset: int = 0,
    duration: int = SECONDS * 1000,
    volume: float = 1.0,
    titles: tuple[Title, ...] = (),
) -> Timeline:
    clip = Clip("clip", ids["clip"], "clip.mp4", 0, duration, offset=offset, volume=volume)
    return Timeline("bench", (Track(TrackKind.VIDEO, (clip,)),), 1920, 1080, titles=titles)


def _sound(ids: Mapping[str, str]) -> Timeline:
    clip = Clip("clip", ids["clip"], "clip.mp4", 0, SECONDS * 1000)
    return Timeline("bench", (Track(TrackKind.AUDIO, (clip,)),), sound_only=SoundOnly("mp3", 192))


def _merged(ids: Mapping[str, str]) -> Timeline:
    sound = Clip("sound", ids["music"], "music.mp3", 0, SECONDS * 1000)
    return Timeline("bench", (*_shown(ids, volume=0.0).tracks, Track(TrackKind.AUDIO, (sound,))), 1920, 1080)


def _upright(ids: Mapping[str, str]) -> Timeline:
    return Timeline("bench", _shown(ids).tracks, 1080, 1920, fit=Fit.BLUR)


def _drawn(ids: Mapping[str, str]) -> Timeline:
    clip = Clip("sound", ids["music"], "music.mp3", 0, SECONDS * 1000)
    return Timeline(
        "bench", (Track(TrackKind.AUDIO, (clip,)),), 1920, 1080, visual=Visual(Look.BARS, title="Sixty seconds")
    )


def _merge_bare(files: Files) -> list[str]:
    maps = ["-map", "0:v:0", "-map", "1:a:0", "-c:v", "copy", *_AAC, "-movflags", "+faststart"]
    return ["-i", _("clip", files), "-i", _("music", files), *maps]


def _trim_bare(files: Files) -> list[str]:
    return ["-ss", "15", "-t", "30", "-i", _("clip", files), *_X264, *_AAC]


def _upright_bare(files: Files) -> list[str]:
    graph = (
        "split[a][b];[a]crop=ih*9/16:ih,scale=136:240,gblur=sigma=5,scale=1080:1920[c];[b]scale=1080:-2[d];"
        "[c][d]overlay=(W-w)/2:(H-h)/2"
    )
    return ["-i", _("clip", files), "-filter_complex", graph, *_X264, "-c:a", "copy"]


def _title_bare(files: Files, picture: Path) -> list[str]:
    graph = (
        "[1]format=yuva420p,loop=-1:1,setpts=N/25/TB,trim=duration=5,fade=in:st=0:d=0.3:alpha=1,"
        "fade=out:st=4.7:d=0.3:alpha=1,setpts=PTS+2/TB[t];[0][t]overlay=(W-w)/2:(H-h)/2:eof_action=pass"
    )
    return ["-i", _("clip", files), "-i", str(picture), "-filter_complex", graph, *_X264, "-c:a", "copy"]


def _still_bare(files: Files, picture: Path) -> list[str]:
    graph = "[0]format=yuv420p,loop=loop=-1:size=1,setpts=N/30/TB"
    inputs = ["-i", str(picture), "-i", _("music", files)]
    return [*inputs, "-filter_complex", graph, "-r", "30", *_X264, *_AAC, "-t", str(SECONDS)]
