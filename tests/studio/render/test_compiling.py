"""Plans carried out by FFmpeg: what comes out is decoded and looked at."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.media import Ffmpeg, Media
from studio.render.compiling import CannotRender, compile_timeline
from studio.render.output import Output, Quality
from studio.render.preparing import Preparation
from studio.timeline.model import Clip, Fit, Look, Position, Timeline, Title, Track, TrackKind, Visual
from tests.making import chosen_ffmpeg, decoded_seconds, loudness, make_audio, make_turned

pytestmark = pytest.mark.ffmpeg

COLORS = {"red": (200, 30, 30), "blue": (30, 30, 200)}
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Workshop:
    ffmpeg: Ffmpeg
    folder: Path
    paths: dict[str, Path]
    sources: dict[str, Media]

    async def render(self, timeline: Timeline, **output: object) -> Path:
        made = replace(Output("mp4", Quality.MEDIUM), **output)  # type: ignore[arg-type]
        path = self.folder / f"out.{made.format}"
        preparation = Preparation(self.ffmpeg, self.folder, dict(self.paths), dict(self.sources))
        ready = await preparation.ready(timeline, made)
        duration = ready.plan.duration
        await self.ffmpeg.run(ready.arguments(), output=path, duration=duration, feed=ready.strip)
        return path

    async def look(self, path: Path) -> Media:
        media = await self.ffmpeg.probe(path)
        assert media
        return media

    def frame(self, path: Path, at: float, size: tuple[int, int]) -> Picture:
        command = [self.ffmpeg.binary, "-v", "error", "-ss", str(at), "-i", str(path), "-frames:v", "1"]
        done = subprocess.run([*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True)
        return np.frombuffer(done.stdout, np.uint8).reshape(size[1], size[0], 3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small sources: two colours with a tone, one without sound, music, a still, a GIF, a turned clip, odd sides."""
    folder, binary = tmp_path_factory.mktemp("sources"), chosen_ffmpeg().binary
    tone = ["-f", "lavfi", "-i", "sine=440:d=2:sample_rate=48000"]
    h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]

    def make(name: str, *args: str) -> Path:
        subprocess.run([binary, "-v", "error", "-y", *args, str(folder / name)], check=True)
        return folder / name

    def plain(color: str, size: str = "160x90") -> list[str]:
        return ["-f", "lavfi", "-i", f"color={color}:s={size}:r=25:d=2"]

    red = make("red.mp4", *plain("0xc81e1e"), *tone, *h264, "-c:a", "aac")
    return {
        "red": red,
        "blue": make("blue.mp4", *plain("0x1e1ec8"), *h264),
        "odd": make("odd.mkv", *plain("0xc81e1e", "161x91"), "-c:v", "ffv1"),
        "deep": make("deep.mkv", *plain("0xc81e1e"), "-c:v", "ffv1", "-pix_fmt", "yuv420p10le"),
        "turned": make_turned(folder / "turned.mp4", red),
        "still": make("still.png", "-f", "lavfi", "-i", "color=0x1e1ec8:s=90x90", "-frames:v", "1"),
        "gif": make("moving.gif", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=0.5"),
        "music": make_audio(folder / "music.mp3", seconds=1),
        "tone": make("tone.m4a", "-f", "lavfi", "-i", "sine=880:d=3", "-c:a", "aac"),
    }


@pytest.fixture
async def workshop(made: dict[str, Path], tmp_path: Path, ffmpeg: str) -> Workshop:
    found = Ffmpeg(ffmpeg)
    sources = {name: media for name, path in made.items() if (media := await found.probe(path))}
    assert sources.keys() == made.keys()
    return Workshop(found, tmp_path, made, sources)


def clip(source: str, start: int = 0, duration: int = 2000, **more: object) -> Clip:
    return replace(Clip(f"{source}{start}", source, source, start, duration), **more)  # type: ignore[arg-type]


def timeline(*pictures: Clip, sounds: tuple[Clip, ...] = (), **more: object) -> Timeline:
    tracks = [Track(TrackKind.VIDEO, pictures), *(Track(TrackKind.AUDIO, (sound,)) for sound in sounds)]
    return replace(Timeline("test", tuple(track for track in tracks if track.clips)), **more)  # type: ignore[arg-type]


def streams(workshop: Workshop, path: Path, which: str) -> str:
    """A hash of a stream's packets as they are."""
    command = [workshop.ffmpeg.binary, "-v", "error", "-i", str(path), "-map", f"0:{which}", "-c", "copy"]
    done = subprocess.run([*command, "-f", "streamhash", "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("=")[-1].strip()


def near(pixel: Picture, color: str) -> bool:
    return bool(np.abs(pixel.astype(int) - np.array(COLORS[color])).max() < 25)


async def test_what_no_edit_touches_comes_out_bit_for_bit(workshop: Workshop) -> None:
    for source in ("red", "turned"):
        whole = timeline(clip(source))
        path = await workshop.render(whole)
        for which in ("v", "a"):
            assert streams(workshop, path, which) == streams(workshop, workshop.paths[source], which)


async def test_a_new_sound_leaves_the_picture_as_it_was(workshop: Workshop) -> None:
    sound = clip("music", duration=2000, loop=True, volume=0.5)
    path = await workshop.render(timeline(clip("red"), sounds=(sound,)))
    assert streams(workshop, path, "v") == streams(workshop, workshop.paths["red"], "v")
    assert decoded_seconds(path, "a") == pytest.approx(2, abs=0.05)
    assert loudness(path, start=1.3, seconds=0.5) > -30  # the music has begun again


async def test_a_sound_that_is_right_already_is_copied_though_its_end_is_cut(workshop: Workshop) -> None:
    path = await workshop.render(timeline(clip("blue"), sounds=(clip("tone", duration=2000),)))
    plan = compile_timeline(
        timeline(clip("blue"), sounds=(clip("tone", duration=2000),)), workshop.sources, Output("mp4")
    )
    assert plan.options.count("copy") == 2
    assert decoded_seconds(path, "a") == pytest.approx(2, abs=0.05)


async def test_clips_follow_each_other_with_and_without_sound(workshop: Workshop) -> None:
    pieces = (clip("red", 0, 600, offset=300), clip("blue", 600, 700), clip("red", 1300, 500, offset=1000))
    path = await workshop.render(timeline(*pieces))
    assert decoded_seconds(path, "v") == pytest.approx(1.8, abs=0.05)
    assert decoded_seconds(path, "a") == pytest.approx(1.8, abs=0.05)
    colors = [near(workshop.frame(path, at, (160, 90))[45, 80], "red") for at in (0.0, 0.5, 0.68, 1.2, 1.36, 1.7)]
    assert colors == [True, True, False, False, True, True]
    assert loudness(path, start=0.75, seconds=0.4) < -80 < loudness(path, start=0.1, seconds=0.4)


async def test_many_cuts_do_not_put_the_picture_behind_its_sound(workshop: Workshop) -> None:
    pieces = tuple(clip("red", start, 110, offset=100) for start in range(0, 2200, 110))
    path = await workshop.render(timeline(*pieces))
    assert decoded_seconds(path, "v") == pytest.approx(2.2, abs=0.041)
    assert decoded_seconds(path, "a") == pytest.approx(2.2, abs=0.041)


async def test_a_gap_is_black_and_silent(workshop: Workshop) -> None:
    path = await workshop.render(timeline(clip("red", 500, 500)))
    assert workshop.frame(path, 0.2, (160, 90)).max() < 20
    assert near(workshop.frame(path, 0.7, (160, 90))[45, 80], "red")
    assert loudness(path, start=0, seconds=0.4) < -80


@pytest.mark.parametrize(("speed", "length"), [(2.0, 1.0), (0.5, 4.0), (0.25, 2.0)])
async def test_speed_is_of_picture_and_sound(workshop: Workshop, speed: float, length: float) -> None:
    path = await workshop.render(timeline(clip("red", duration=round(length * 1000), speed=speed)))
    assert decoded_seconds(path, "v") == pytest.approx(length, abs=0.06)
    assert decoded_seconds(path, "a") == pytest.approx(length, abs=0.12)


@pytest.mark.parametrize(
    ("fit", "edge", "middle"), [(Fit.CROP, "red", "red"), (Fit.PAD, "black", "red"), (Fit.BLUR, "red", "red")]
)
async def test_a_picture_comes_into_another_shape(workshop: Workshop, fit: Fit, edge: str, middle: str) -> None:
    path = await workshop.render(timeline(clip("red", duration=400), width=90, height=160, fit=fit))
    frame = workshop.frame(path, 0.1, (90, 160))
    assert near(frame[80, 45], middle)
    assert frame[5, 45].max() < 20 if edge == "black" else near(frame[5, 45], edge)


@pytest.mark.parametrize("source", ["odd", "deep", "turned"])
async def test_every_picture_becomes_one_that_players_show(workshop: Workshop, source: str) -> None:
    media = await workshop.look(await workshop.render(timeline(clip(source, duration=500))))
    given = workshop.sources[source].video
    assert media.video
    assert given
    assert (media.video.codec, media.video.pixel_format, media.rotation) == ("h264", "yuv420p", 0)
    assert abs(media.video.width - given.width) + abs(media.video.height - given.height) <= 2


async def test_a_still_and_a_looped_gif_last_as_long_as_the_draft_says(workshop: Workshop) -> None:
    for source in ("still", "gif"):
        path = await workshop.render(timeline(clip(source, duration=1500, loop=True), width=160, height=90))
        assert decoded_seconds(path, "v") == pytest.approx(1.5, abs=0.05)
    first, later = (workshop.frame(path, at, (160, 90)) for at in (0.1, 1.35))
    assert np.abs(first.astype(int) - later).max() > 30


async def test_a_range_is_silent_and_what_is_beside_it_is_not(workshop: Workshop) -> None:
    path = await workshop.render(timeline(clip("red", silent=((500, 1000),))))
    assert loudness(path, start=0.53, seconds=0.44) < -60
    assert loudness(path, start=0.1, seconds=0.35) > -30
    assert loudness(path, start=1.05, seconds=0.5) > -30


async def test_a_part_is_louder_or_quieter_by_what_was_asked_and_the_rest_is_not(workshop: Workshop) -> None:
    spans = {0: (0.05, 0.4), 1: (0.53, 0.4), 2: (1.03, 0.4), 3: (1.53, 0.4)}
    plain = await workshop.render(timeline(clip("red", volume=0.5)), format="wav")
    before = {number: loudness(plain, start=start, seconds=length) for number, (start, length) in spans.items()}
    changed = clip("red", volume=0.5, levels=((500, 1000, 2.0), (1500, 2000, 0.1)))
    path = await workshop.render(timeline(changed), format="wav")
    after = {number: loudness(path, start=start, seconds=length) for number, (start, length) in spans.items()}
    gains = [after[number] - before[number] for number in spans]
    assert gains == pytest.approx([0, 6.02, 0, -20], abs=0.25)


async def test_a_part_of_music_is_where_it_was_said_after_a_cut_and_in_another_speed(workshop: Workshop) -> None:
    """The time of a level is the timeline's: not the source's, and not the clip's."""
    late = clip("red", 600, 1200, offset=300, speed=1.25, levels=((1000, 1400, 0.1),))
    path = await workshop.render(timeline(clip("blue"), sounds=(late,)), format="wav")
    loud = loudness(path, start=0.65, seconds=0.3)
    assert loudness(path, start=1.03, seconds=0.34) - loud == pytest.approx(-20, abs=0.6)
    assert loudness(path, start=1.43, seconds=0.3) == pytest.approx(loud, abs=0.6)


async def test_music_gives_way_to_a_voice(workshop: Workshop) -> None:
    def mixed(*, ducked: bool) -> Timeline:
        return timeline(clip("blue"), sounds=(clip("tone", ducked=ducked), clip("red", duration=1000, volume=4)))

    loud = loudness(await workshop.render(mixed(ducked=False), format="wav"), start=1.6, seconds=0.3)
    plain = await workshop.render(mixed(ducked=True), format="wav")
    assert loudness(plain, start=1.6, seconds=0.3) == pytest.approx(loud, abs=1.5)
    alone = loudness(await workshop.render(timeline(clip("red", duration=1000, volume=4)), format="wav"))
    assert loudness(plain, start=0.4, seconds=0.4) < alone + 1.5


async def test_the_whole_fades_in_and_out(workshop: Workshop) -> None:
    path = await workshop.render(timeline(clip("red"), fade_in=500, fade_out=500))
    shades = [int(workshop.frame(path, at, (160, 90))[45, 80].max()) for at in (0.0, 1.0, 1.92)]
    assert shades[0] < 40 < shades[1] > 150 > shades[2]
    assert loudness(path, start=0.0, seconds=0.1) < loudness(path, start=1.0, seconds=0.1) - 8


async def test_a_title_stands_where_and_when_it_should_in_its_colour(workshop: Workshop) -> None:
    words = Title("t", "■■■", 400, 1000, Position.TOP, "#00ff00", 3.0)
    path = await workshop.render(timeline(clip("blue"), titles=(words,), width=320, height=180))
    frame = workshop.frame(path, 0.9, (320, 180)).astype(int)
    green = (frame[..., 1] > 180) & (frame[..., 0] < 90)
    assert green[:90].sum() > 200
    assert green[90:].sum() == 0
    for at in (0.1, 1.7):
        assert near(workshop.frame(path, at, (320, 180))[:90].reshape(-1, 3).mean(0), "blue")


async def test_a_long_title_never_leaves_the_frame(workshop: Workshop) -> None:
    words = Title("t", "城市之梦 " * 60, 0, 500, Position.BOTTOM, "#ffffff", 4.0)
    path = await workshop.render(timeline(clip("blue", duration=500), titles=(words,)))
    frame = workshop.frame(path, 0.25, (160, 90))
    assert frame.max() > 180
    for edge in (frame[:2], frame[-2:], frame[:, :3], frame[:, -3:]):
        assert near(edge.reshape(-1, 3).mean(0), "blue")


@pytest.mark.parametrize(("size", "look"), [((320, 180), Look.BARS), ((180, 320), Look.SCROLL), ((180, 180), None)])
async def test_a_sound_becomes_a_video_that_moves(workshop: Workshop, size: tuple[int, int], look: Look | None) -> None:
    sound = Timeline("night", (Track(TrackKind.AUDIO, (clip("music", duration=1000),)),), *size)
    path = await workshop.render(replace(sound, visual=Visual(look=look, title="夜航", artist="Nobody")))
    media = await workshop.look(path)
    assert media.video
    assert media.audio
    assert (media.video.width, media.video.height, media.video.fps) == (*size, 30)
    assert decoded_seconds(path, "v") == pytest.approx(1, abs=0.04)
    first, last = (workshop.frame(path, at, size).astype(int) for at in (0.0, 0.9))
    changed = np.abs(first - last).max(axis=2) > 40
    assert changed[int(size[1] * 0.68) :].any()
    assert not changed[: int(size[1] * 0.6)].any()


async def test_a_given_background_is_seen_and_not_a_cover(workshop: Workshop) -> None:
    sound = Timeline("night", (Track(TrackKind.AUDIO, (clip("music", duration=500),)),), 320, 180)
    path = await workshop.render(replace(sound, visual=Visual(background="still", shows_cover=False)))
    red, _, blue = workshop.frame(path, 0.2, (320, 180))[20:70].reshape(-1, 3).mean(0)
    assert blue > 3 * red


async def test_the_same_cover_comes_for_the_same_title(workshop: Workshop) -> None:
    sound = Timeline("a", (Track(TrackKind.AUDIO, (clip("music", duration=200),)),), 320, 180, visual=Visual())

    async def shown(title: str) -> str:
        path = await workshop.render(replace(sound, visual=Visual(title=title)))
        return hashlib.sha256(workshop.frame(path, 0, (320, 180))[15:90].tobytes()).hexdigest()

    assert await shown("one") == await shown("one") != await shown("two")


async def test_a_voice_needs_a_separator(workshop: Workshop) -> None:
    with pytest.raises(CannotRender):
        await workshop.render(timeline(clip("red", voice_only=True)))


async def test_clips_that_show_at_once_are_not_rendered(workshop: Workshop) -> None:
    with pytest.raises(CannotRender):
        await workshop.render(timeline(clip("red", 0, 1000), clip("blue", 500, 1000)))
