"""Files of types that old programs and phones write, under right names, wrong names and none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from core.errors import BrokenFile, NotMedia, TooManyPixels, UserError
from core.files import UPLOADABLE, may_be_media, renamed
from core.jobs.converting import as_uploadable, to_uploadable
from core.jobs.result import thumbnail_of
from core.media import Ffmpeg, Media
from tests.files.kinds import (
    make,
    make_hdr,
    make_named_in,
    make_tagged,
    make_transparent,
    make_two_sounds,
    make_without_index,
)
from tests.files.looking import picture, pitch, tags
from tests.making import chosen_ffmpeg, make_audio, make_clip, make_picture

pytestmark = pytest.mark.ffmpeg
HEIC = Path(__file__).parents[2] / "files" / "photo.heic"


@pytest.fixture(scope="module")
def ffmpeg() -> Ffmpeg:
    return chosen_ffmpeg()


async def taken(ffmpeg: Ffmpeg, path: Path, name: str, mime: str = "") -> tuple[Path, str, Media]:
    made, name, _ = await as_uploadable(ffmpeg, path, name, mime)
    media = await ffmpeg.probe(made)
    assert media
    return made, name, media


# The name that it comes with, how it is written, and the name that it is uploaded with.
SOUNDS = [
    ("book.m4b", "m4a", "book.m4a"),
    ("ring.m4r", "m4a", "ring.m4a"),
    ("voice.weba", "webm", "voice.mp3"),
    ("song.mka", "mka", "song.m4a"),
    ("film.ac3", "ac3", "film.mp3"),
    ("radio.mp2", "mp2", "radio.mp3"),
    ("old.au", "au", "old.mp3"),
    ("song.mp3.part", "mp3", "song.mp3"),
    ("voice", "ogg", "voice.mp3"),
    ("lies.mp4", "ogg", "lies.mp3"),
    ("lies.wav", "mp3", "lies.mp3"),
]
FILMS = [
    ("clip.f4v", "mp4", "clip.mp4"),
    ("disc.vob", "vob", "disc.mp4"),
    ("x.mp4.part", "mp4", "x.mp4"),
    ("clip", "mkv", "clip.mkv"),
    ("holiday.2024", "mp4", "holiday.2024.mp4"),
    ("clip.avi", "mp4", "clip.mp4"),
    ("clip.mov", "mp4", "clip.mov"),
]
PICTURES = [
    ("a.bmp", "bmp", "a.jpg"),
    ("a.tiff", "tiff", "a.jpg"),
    ("a.jfif", "jpg", "a.jpg"),
    ("a.jpeg", "jpg", "a.jpeg"),
    ("photo", "png", "photo.png"),
    ("a.png", "bmp", "a.jpg"),
]


@pytest.mark.parametrize(("name", "kind", "uploaded"), SOUNDS)
async def test_a_sound_is_judged_by_its_content(
    ffmpeg: Ffmpeg, tmp_path: Path, name: str, kind: str, uploaded: str
) -> None:
    sound = make_audio(tmp_path / f"made.{kind}", seconds=1).rename(tmp_path / "in.bin")
    made, called, media = await taken(ffmpeg, sound, name)
    assert (called, media.video) == (uploaded, None)
    assert pitch(made) == pytest.approx(440, abs=10)


@pytest.mark.parametrize(("name", "kind", "uploaded"), FILMS)
async def test_a_film_is_judged_by_its_content(
    ffmpeg: Ffmpeg, tmp_path: Path, name: str, kind: str, uploaded: str
) -> None:
    film = tmp_path / f"made.{kind}"
    if kind == "vob":
        make(film, "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1", "-c:v", "mpeg2video", "-f", "vob")
    else:
        make_clip(film, seconds=1)
    _, called, media = await taken(ffmpeg, film.rename(tmp_path / "in.bin"), name)
    assert called == uploaded
    assert media.video
    assert (media.video.width, media.video.height) == (320, 180)


@pytest.mark.parametrize(("name", "kind", "uploaded"), PICTURES)
async def test_a_picture_is_judged_by_its_content(
    ffmpeg: Ffmpeg, tmp_path: Path, name: str, kind: str, uploaded: str
) -> None:
    found = make_picture(tmp_path / f"made.{kind}").rename(tmp_path / "in.bin")
    made, called, media = await taken(ffmpeg, found, name)
    assert (called, media.kind.value) == (uploaded, "image")
    assert abs(picture(made) - picture(make_picture(tmp_path / "right.png"))).mean() < 10


async def test_the_photo_of_a_phone_is_taken_whatever_it_is_called(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    for name in ("IMG_1.HEIC", "IMG_1.jpg", "IMG_1"):
        found = tmp_path / "in.bin"
        found.write_bytes(HEIC.read_bytes())
        made, called, media = await taken(ffmpeg, found, name)
        assert called == "IMG_1.jpg"
        assert media.video
        assert (media.video.width, media.video.height) == (96, 64)
        red, blue = picture(made)[18, 10], picture(made)[18, 54]
        assert red[0] > 180 > 60 > red[2]
        assert blue[2] > 180 > 60 > blue[0]


async def test_a_transparent_picture_that_is_converted_is_black_there(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    clear = tmp_path / "a.tiff"
    with Image.open(make_transparent(tmp_path / "a.png", "rgba")) as opened:
        opened.save(clear)
    seen = picture((await taken(ffmpeg, clear, "a.tiff"))[0])[18]
    assert seen[30][0] > 200
    assert seen[5].max() < 30


async def test_what_has_to_be_encoded_is_for_every_screen(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    lossless = make(tmp_path / "in.mkv", "-i", str(make_hdr(tmp_path / "hdr.mov")), "-c:v", "ffvhuff", "-c:a", "copy")
    made = tmp_path / "out.mp4"
    await to_uploadable(ffmpeg, lossless, made, name="out", on_progress=lambda _: None)
    media = await ffmpeg.probe(made)
    assert media
    assert media.video
    assert (media.video.pixel_format, media.video.matrix, media.video.transfer) == ("yuv420p", "bt709", "bt709")
    assert picture(made, 0.5)[18, 8] == pytest.approx(226, abs=6)


async def test_the_sound_that_players_play_is_taken(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    source = make_two_sounds(tmp_path / "in.mkv").rename(tmp_path / "in.ts")
    made, _, _ = await taken(ffmpeg, source, "in.ts")
    assert pitch(made) == pytest.approx(1200, abs=20)


async def test_a_conversion_keeps_the_names_and_nothing_else(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    made, called, _ = await taken(ffmpeg, make_tagged(tmp_path / "walk.mp4"), "walk.m4v")
    assert called == "walk.mp4"
    assert tags(made).get("title") == "A walk"
    assert not {"location", "comment", "make"} & set(tags(made))


async def refusal(ffmpeg: Ffmpeg, path: Path, name: str) -> UserError:
    with pytest.raises(UserError) as refused:
        await as_uploadable(ffmpeg, path, name)
    return refused.value


async def test_a_recording_without_its_index_is_called_broken(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    broken = make_without_index(tmp_path / "broken.mp4")
    assert type(await refusal(ffmpeg, broken, "broken.mp4")) is BrokenFile


async def test_half_a_photo_of_a_phone_is_called_broken(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    half = tmp_path / "half.heic"
    half.write_bytes(HEIC.read_bytes()[:300])
    assert type(await refusal(ffmpeg, half, "half.heic")) is BrokenFile


async def test_a_text_is_no_media(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    text = tmp_path / "x"
    text.write_text("hello " * 1000)
    assert type(await refusal(ffmpeg, text, "x.mp4")) is NotMedia


@pytest.mark.parametrize("kind", ["png", "jpg"])
@pytest.mark.parametrize("whole", [True, False])
async def test_a_picture_is_refused_for_its_pixels(ffmpeg: Ffmpeg, tmp_path: Path, kind: str, *, whole: bool) -> None:
    """Also where FFmpeg does not open it: it is told not to open such."""
    large = tmp_path / f"large.{kind}"
    Image.new("1" if kind == "png" else "L", (12000, 8000)).save(large)
    if not whole:
        large.write_bytes(large.read_bytes()[:600])
    error = await refusal(ffmpeg, large, large.name)
    assert type(error) is TooManyPixels
    assert error.values["megapixels"] == 96


@pytest.mark.parametrize(
    ("name", "mime", "expected"),
    [
        ("x.mp4.part", "", True),
        ("x.mp4.part", "application/octet-stream", True),
        ("voice", "", True),
        ("clip.xyz", "video/x-odd", True),
        ("clip.xyz", "", True),
        ("notes.pdf", "", False),
        ("notes.pdf", "application/octet-stream", False),
        ("notes.pdf", "application/pdf", False),
        ("notes", "text/plain", False),
        ("page.docx", "", False),
        ("a.zip", "application/zip", False),
        ("films.tar.gz", "", False),
        ("setup.exe", "application/octet-stream", False),
        ("notes.txt", "", False),
        ("notes.txt", "video/mp4", True),
    ],
)
def test_what_is_certainly_no_media_is_not_fetched(name: str, mime: str, *, expected: bool) -> None:
    assert may_be_media(name, mime) is expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("x.mp4.part", "mp4", "x.mp4"),
        ("a.m4v", "mp4", "a.mp4"),
        ("a", "mp3", "a.mp3"),
        ("my.holiday", "mp4", "my.holiday.mp4"),
        ("a.MP4", "mp4", "a.MP4"),
        ("song.mp3.part", "m4a", "song.m4a"),
        (".part", "mp4", ".mp4"),
    ],
)
def test_a_name_gets_the_type_of_its_content(name: str, kind: str, expected: str) -> None:
    assert renamed(name, kind) == expected
    assert kind in UPLOADABLE


async def test_the_thumbnail_of_high_dynamic_range_is_not_washed_out(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_hdr(tmp_path / "hdr.mp4")
    media = await ffmpeg.probe(film)
    assert media
    made = await thumbnail_of(ffmpeg, film, media)
    assert made
    assert picture(made)[18, 8] == pytest.approx(226, abs=8)


@pytest.mark.parametrize(
    ("encoding", "title", "artist"), [("gbk", "晴天", "周杰伦"), ("cp932", "夜に駆ける", "米津玄師")]
)
async def test_a_song_is_called_what_it_is_called(
    ffmpeg: Ffmpeg, tmp_path: Path, encoding: str, title: str, artist: str
) -> None:
    song = make_named_in(tmp_path / "song.mp3", encoding, title, artist)
    old = tmp_path / "old.mp3"  # ID3v1: bytes of no encoding at all
    fields = [title.encode(encoding).ljust(30, b"\0"), artist.encode(encoding).ljust(30, b"\0"), bytes(65)]
    old.write_bytes(song.with_name("bare-song.mp3").read_bytes() + b"TAG" + b"".join(fields))
    for path in (song, old):
        media = await ffmpeg.probe(path)
        assert media
        assert (media.title, media.artist) == (title, artist)
