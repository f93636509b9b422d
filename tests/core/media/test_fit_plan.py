"""What a file is made into so that it fits: size, frames and rates, for what it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.media.fit_plan import (
    MOST_PARTS,
    Below,
    GifPlan,
    PicturePlan,
    Plan,
    SoundPlan,
    Span,
    VideoPlan,
    parts_of_length,
    plan_fit,
)
from core.media.streams import AudioStream, Media, VideoStream

MB = 1 << 20
TELEGRAM, DISCORD = 50_000_000, 10 * MB
AAC = AudioStream("aac", 44100, "stereo", 192)


def film(width: int, height: int, *, seconds: float, fps: float = 30, codec: str = "h264", sound: bool = True) -> Media:
    video = VideoStream(codec, width, height, fps, "yuv420p")
    return Media("mov,mp4,m4a,3gp,3g2,mj2", seconds, video, AAC if sound else None)


@pytest.mark.parametrize(
    ("media", "size", "limit", "shape"),
    [
        (film(1920, 1080, seconds=60), 80 * MB, TELEGRAM, (1920, 1080, None)),
        (film(1920, 1080, seconds=60), 25 * MB, DISCORD, (1280, 720, None)),
        (film(1080, 1920, seconds=60), 25 * MB, DISCORD, (720, 1280, None)),
        (film(3840, 2160, seconds=120), 500 * MB, TELEGRAM, (1280, 720, None)),
        (film(1920, 1080, seconds=60, fps=60), 25 * MB, DISCORD, (720 * 16 // 9, 720, 30.0)),
        (film(1280, 720, seconds=600), 80 * MB, DISCORD, (640, 360, 15.0)),
        (film(320, 180, seconds=3, fps=25), 200_000, 150_000, (320, 180, None)),
        (film(321, 181, seconds=3, fps=25), 200_000, 150_000, (320, 180, None)),
    ],
)
def test_a_film_gets_the_largest_size_and_the_most_frames_that_its_bits_are_enough_for(
    media: Media, size: int, limit: int, shape: tuple[int, int, float | None]
) -> None:
    plan = plan_fit(media, size, limit)
    assert isinstance(plan, VideoPlan)
    assert (plan.width, plan.height, plan.fps) == shape


@pytest.mark.parametrize("seconds", [10, 60, 240])
def test_all_of_the_limit_is_used_and_none_of_what_is_above_it(seconds: float) -> None:
    plan = plan_fit(film(1920, 1080, seconds=seconds), 90 * MB, TELEGRAM)
    assert isinstance(plan, VideoPlan)
    assert plan.sound is not None
    spent = (plan.rate + plan.sound.rate_k * 1000) * seconds / 8
    assert 0.95 * TELEGRAM < spent < TELEGRAM


def test_a_still_scene_keeps_a_size_at_which_a_wild_one_would_be_spoilt() -> None:
    media = film(1920, 1080, seconds=300)
    still, wild = plan_fit(media, 40 * MB, TELEGRAM // 2), plan_fit(media, 900 * MB, TELEGRAM // 2)
    assert isinstance(still, VideoPlan)
    assert isinstance(wild, VideoPlan)
    assert still.height > wild.height


def test_a_piece_gets_no_more_bits_than_it_had() -> None:
    plan = plan_fit(film(1920, 1080, seconds=100), 60 * MB, TELEGRAM, Span(0, 10))
    assert isinstance(plan, VideoPlan)
    assert plan.capped
    assert plan.rate * 10 / 8 < 6.1 * MB


def test_a_film_without_sound_gives_all_to_the_picture() -> None:
    plan = plan_fit(film(1920, 1080, seconds=60, sound=False), 80 * MB, TELEGRAM)
    assert isinstance(plan, VideoPlan)
    assert plan.sound is None


def test_sound_that_needs_little_is_copied_and_never_made_larger() -> None:
    little = replace(AAC, bit_rate_k=96)
    plan = plan_fit(replace(film(1920, 1080, seconds=60), audio=little), 80 * MB, TELEGRAM)
    piece = plan_fit(replace(film(1920, 1080, seconds=60), audio=little), 80 * MB, TELEGRAM, Span(10, 50))
    assert isinstance(plan, VideoPlan)
    assert isinstance(piece, VideoPlan)
    assert (plan.sound, piece.sound) == (SoundPlan("copy", 96), SoundPlan("aac", 96))


@pytest.mark.parametrize(
    ("seconds", "size", "limit"),
    [(7200, 1500 * MB, TELEGRAM), (900, 600 * MB, DISCORD), (3600, 700 * MB, TELEGRAM), (12, 500_000, 70_000)],
)
def test_where_it_would_be_spoilt_the_piece_and_the_parts_that_are_offered_fit(
    seconds: float, size: int, limit: int
) -> None:
    media = film(1920, 1080, seconds=seconds) if size > MB else film(160, 90, seconds=seconds)
    below = plan_fit(media, size, limit)
    assert isinstance(below, Below)
    assert 0 < below.seconds < seconds
    assert isinstance(plan_fit(media, size, limit, Span(0, below.seconds)), VideoPlan)
    assert 1 < below.parts <= MOST_PARTS
    spans = parts_of_length(seconds, below.parts)
    assert all(isinstance(plan_fit(media, size, limit, span), VideoPlan) for span in spans)
    assert spans[0].start == 0
    assert spans[-1].start + spans[-1].length == pytest.approx(seconds)


def test_of_a_film_of_ten_hours_only_what_makes_sense_is_offered() -> None:
    below = plan_fit(film(1920, 1080, seconds=36_000), 9000 * MB, DISCORD)
    assert below == Below(sound=False, seconds=300.0, parts=0)


@pytest.mark.parametrize(
    ("media", "size", "limit", "plan"),
    [
        (Media("mp3", 3600, audio=AudioStream("mp3", 44100, "stereo", 192)), 86 * MB, TELEGRAM, ("mp3", 96, False)),
        (
            Media("wav", 900, audio=AudioStream("pcm_s16le", 44100, "stereo", 1411)),
            150 * MB,
            DISCORD,
            ("aac", 80, False),
        ),
        (Media("mp3", 2400, audio=AudioStream("mp3", 44100, "stereo", 320)), 91 * MB, DISCORD, ("mp3", 32, True)),
        (Media("flac", 60, audio=AudioStream("flac", 96000, "mono", 2000)), 15 * MB, DISCORD, ("aac", 320, True)),
    ],
)
def test_sound_gets_the_highest_rate_that_fits(
    media: Media, size: int, limit: int, plan: tuple[str, int, bool]
) -> None:
    assert plan_fit(media, size, limit) == SoundPlan(*plan)


def test_sound_for_days_is_offered_as_its_beginning() -> None:
    media = Media("mp3", 36_000, audio=AudioStream("mp3", 44100, "stereo", 192))
    below = plan_fit(media, 860 * MB, DISCORD)
    assert isinstance(below, Below)
    assert (below.sound, below.parts) == (False, 0)
    assert isinstance(plan_fit(media, 860 * MB, DISCORD, Span(0, below.seconds)), SoundPlan)


@pytest.mark.parametrize(
    ("limit", "kind"),
    [
        (6 * MB, GifPlan),
        (MB // 2, VideoPlan),
    ],
)
def test_an_animation_stays_one_until_too_little_of_it_would_be_left(limit: int, kind: type[Plan]) -> None:
    media = Media("gif", 5, VideoStream("gif", 640, 360, 25, "bgra"))
    assert isinstance(plan_fit(media, 8 * MB, limit), kind)


def test_a_picture_loses_quality_first_and_size_then_and_keeps_what_is_transparent() -> None:
    jpeg = plan_fit(Media("jpeg_pipe", None, VideoStream("mjpeg", 6000, 4000), still=True), 12 * MB, DISCORD)
    clear = VideoStream("png", 6000, 4000, pixel_format="rgba", transparent=True)
    png = plan_fit(Media("png_pipe", None, clear, still=True), 40 * MB, DISCORD)
    assert isinstance(jpeg, PicturePlan)
    assert isinstance(png, PicturePlan)
    assert jpeg.tries[0] == (6000, 4000, 2)
    assert (png.lossless, png.tries[0][0] < 6000) == (True, True)
