"""Files that really are made to fit: never over the limit, and what is seen and heard is what was there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from core.media import Below, Ffmpeg, Fitted, Span, fit, safe_input
from tests.making import chosen_ffmpeg, decoded_seconds, loudness, make_audio, make_clip, make_picture, make_turned
from tests.servers.waiting_ffmpeg import WaitingFfmpeg


@pytest.fixture
def ffmpeg() -> Ffmpeg:
    return chosen_ffmpeg()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("fit") / "clip.mp4", seconds=3)


async def fitted(ffmpeg: Ffmpeg, source: Path, limit: int, span: Span | None = None) -> Fitted:
    made = await fit(ffmpeg, source, limit, source.with_name("made"), span=span)
    assert isinstance(made, Fitted)
    assert made.size == made.path.stat().st_size <= limit
    return made


async def test_a_film_fills_its_limit_and_keeps_its_length_and_sound(ffmpeg: Ffmpeg, clip: Path) -> None:
    shares: list[float] = []
    limit = clip.stat().st_size * 6 // 10
    made = await fit(ffmpeg, clip, limit, clip.with_name("made"), on_progress=shares.append)
    assert isinstance(made, Fitted)
    assert limit * 0.95 <= made.size <= limit
    assert decoded_seconds(made.path, "v") == pytest.approx(3, abs=0.1)
    assert loudness(made.path) == pytest.approx(loudness(clip), abs=3)
    assert shares[-1] == 1
    content = made.path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat"), "it can be played while it is fetched"
    assert [each.name for each in clip.parent.iterdir() if "pass" in each.name or "part" in each.name] == []


async def test_what_lies_on_its_side_or_has_wide_pixels_looks_as_it_did(
    ffmpeg: Ffmpeg, clip: Path, tmp_path: Path
) -> None:
    turned, wide = make_turned(tmp_path / "turned.mp4", clip), tmp_path / "wide.mp4"
    await ffmpeg.run([*safe_input(clip), "-aspect", "32:9", "-c", "copy"], output=wide)
    for source, shape in ((turned, (180, 320)), (wide, (640, 180))):
        video = (await fitted(ffmpeg, source, source.stat().st_size * 7 // 10)).facts.video
        assert video is not None
        assert (video.width, video.height) == shape


@pytest.mark.parametrize("matrix", ["bt709", "smpte170m"])
async def test_colours_stay_what_they_are(ffmpeg: Ffmpeg, tmp_path: Path, matrix: str) -> None:
    source = tmp_path / "orange.mp4"
    # Written in the matrix that it says, whatever its size.
    args = [
        "-f",
        "lavfi",
        "-i",
        f"color=0xd06020:s=320x180:r=25:d=2,noise=alls=8:allf=t,scale=out_color_matrix={matrix}",
    ]
    tags = ["-colorspace", matrix, "-color_primaries", matrix, "-color_trc", matrix]
    await ffmpeg.run([*args, "-c:v", "libx264", "-qp", "8", "-pix_fmt", "yuv420p", *tags], output=source)
    made = await fitted(ffmpeg, source, source.stat().st_size // 3)
    before, after = [await _colour(ffmpeg, path) for path in (source, made.path)]
    assert after == pytest.approx(before, abs=5)


async def _colour(ffmpeg: Ffmpeg, path: Path) -> list[float]:
    """Of all the first frame, by what the file says of its colours."""
    shown = path.with_suffix(".png")
    await ffmpeg.run([*safe_input(path), "-frames:v", "1", "-update", "1", "-vf", "scale=1:1:flags=area"], output=shown)
    return [float(each) for each in Image.open(shown).convert("RGB").tobytes()]


async def test_a_piece_is_what_lies_between_its_ends(ffmpeg: Ffmpeg, clip: Path) -> None:
    made = await fitted(ffmpeg, clip, clip.stat().st_size // 2, Span(1, 1.5))
    assert decoded_seconds(made.path, "v") == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize(("kind", "becomes"), [("mp3", "mp3"), ("wav", "m4a"), ("flac", "m4a")])
async def test_sound_is_made_to_fit_by_its_rate(ffmpeg: Ffmpeg, tmp_path: Path, kind: str, becomes: str) -> None:
    made = await fitted(ffmpeg, make_audio(tmp_path / f"tone.{kind}", seconds=4), 50_000)
    assert (made.path.suffix, made.facts.video) == (f".{becomes}", None)
    assert decoded_seconds(made.path, "a") == pytest.approx(4, abs=0.2)


async def test_pictures_stay_pictures_and_animations_animations(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "picture.png", size="1280x720")
    assert (await fitted(ffmpeg, picture, picture.stat().st_size // 2)).path.suffix in (".jpg", ".png")
    animation = tmp_path / "animation.gif"
    await ffmpeg.run([*safe_input(clip), "-vf", "fps=25", "-an"], output=animation)
    made = await fitted(ffmpeg, animation, animation.stat().st_size // 2)
    assert (made.path.suffix, made.facts.animated) == (".gif", True)
    assert made.facts.duration == pytest.approx(3, abs=0.2)


async def test_below_the_floor_nothing_is_made(ffmpeg: Ffmpeg, clip: Path) -> None:
    assert isinstance(await fit(ffmpeg, clip, 2000, clip.with_name("none")), Below)
    assert list(clip.parent.glob("none*")) == []


async def test_whoever_waits_no_more_leaves_nothing_behind(clip: Path, tmp_path: Path) -> None:
    waiting = WaitingFfmpeg(tmp_path, "-pass 2")
    task = asyncio.create_task(fit(Ffmpeg(str(waiting.program)), clip, clip.stat().st_size // 2, tmp_path / "made"))
    await waiting.waits()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(tmp_path.glob("made*")) == []
