from __future__ import annotations

import asyncio
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.jobs.converting import to_uploadable
from core.jobs.result import thumbnail_of
from core.media import Ability, Ffmpeg, FfmpegFailed, Kind, NoSound, extract_audio, safe_input
from core.media.inputs import FORMATS
from tests.making import (
    chosen_ffmpeg,
    decoded_seconds,
    loudness,
    make_animation,
    make_audio,
    make_clip,
    make_picture,
    make_silent_clip,
    make_turned,
    need,
)

pytestmark = pytest.mark.ffmpeg


@pytest.fixture(scope="module")
def ffmpeg() -> Ffmpeg:
    return chosen_ffmpeg()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("media") / "talk.mp4", seconds=2)


async def test_a_clip_is_described(ffmpeg: Ffmpeg, clip: Path) -> None:
    media = await ffmpeg.probe(clip)
    assert media
    assert media.video
    assert media.audio
    assert media.kind is Kind.VIDEO
    assert (media.video.codec, media.video.width, media.video.height, media.video.fps) == ("h264", 320, 180, 25)
    assert (media.audio.codec, media.audio.sample_rate) == ("aac", 48000)
    assert media.duration == pytest.approx(2, abs=0.05)


async def test_a_turned_clip_is_described_as_it_is_shown(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    media = await ffmpeg.probe(make_turned(tmp_path / "turned.mp4", clip))
    assert media
    assert media.video
    assert abs(media.rotation) == 90
    assert (media.video.width, media.video.height) == (180, 320)


async def test_wide_pixels_are_counted_as_they_are_shown(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    wide = tmp_path / "wide.mp4"
    await ffmpeg.run([*safe_input(clip), "-aspect", "32:9", "-c", "copy"], output=wide)
    media = await ffmpeg.probe(wide)
    assert media
    assert media.video
    assert (media.video.width, media.video.height) == (640, 180)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "gif"])
async def test_pictures_have_no_length(ffmpeg: Ffmpeg, tmp_path: Path, kind: str) -> None:
    media = await ffmpeg.probe(make_picture(tmp_path / f"picture.{kind}"))
    assert media
    assert media.kind is Kind.IMAGE


@pytest.mark.parametrize("kind", ["gif", "webp"])
@pytest.mark.parametrize("loops", [0, 1, 7])
async def test_an_animation_is_a_video_as_long_as_its_frames_are_shown_once(
    ffmpeg: Ffmpeg, tmp_path: Path, kind: str, loops: int
) -> None:
    if kind == "webp":
        need(Ability.READ_ANIMATED_WEBP)
    uneven = make_animation(tmp_path / f"a.{kind}", ms=[100, 40, 40, 820], loops=loops)
    media = await ffmpeg.probe(uneven.rename(tmp_path / "b.mp4"))
    assert media
    assert media.video
    assert (media.kind, media.video.width, media.video.height) == (Kind.VIDEO, 160, 90)
    assert media.duration == pytest.approx(1.0, abs=0.011)
    assert media.audio is None


@pytest.mark.parametrize("kind", ["gif", "webp"])
async def test_an_animation_of_one_frame_is_a_picture(ffmpeg: Ffmpeg, tmp_path: Path, kind: str) -> None:
    if kind == "webp":
        need(Ability.READ_ANIMATED_WEBP)
    media = await ffmpeg.probe(make_animation(tmp_path / f"a.{kind}", ms=[500]))
    assert media
    assert (media.kind, media.duration) == (Kind.IMAGE, None)


@pytest.mark.parametrize("kind", ["mp3", "wav", "m4a", "aac", "ogg", "opus", "flac", "aiff", "caf", "wma", "ts"])
async def test_sounds_of_many_kinds_are_opened(ffmpeg: Ffmpeg, tmp_path: Path, kind: str) -> None:
    sound = make_audio(tmp_path / f"sound.{kind}", seconds=1.5)
    media = await ffmpeg.probe(sound)
    assert media
    assert media.kind is Kind.AUDIO
    assert media.duration == pytest.approx(1.5, abs=0.12)
    await extract_audio(ffmpeg, sound, tmp_path / "out.mp3", kind="mp3")
    assert decoded_seconds(tmp_path / "out.mp3", "a") == pytest.approx(1.5, abs=0.15)


async def test_a_length_that_no_header_names_is_counted(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.webm", seconds=2)
    live = tmp_path / "live.webm"
    await ffmpeg.run([*safe_input(whole), "-c", "copy", "-live", "1", "-f", "webm"], output=live)
    media = await ffmpeg.probe(live)
    assert media
    assert media.duration == pytest.approx(2, abs=0.1)


async def test_a_sound_with_a_cover_is_no_video(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    sound, cover = make_audio(tmp_path / "a.mp3", seconds=1), make_picture(tmp_path / "a.jpg")
    both = [*safe_input(sound), *safe_input(cover), "-map", "0", "-map", "1", "-c", "copy"]
    await ffmpeg.run([*both, "-disposition:v", "attached_pic"], output=tmp_path / "covered.mp3")
    media = await ffmpeg.probe(tmp_path / "covered.mp3")
    assert media
    assert media.cover
    assert media.video is None


@pytest.mark.parametrize(
    "content", [b"", b"hello" * 100, b"ffconcat version 1.0\nfile talk.mp4\n", b"#EXTM3U\n#EXTINF:2,\ntalk.mp4\n"]
)
async def test_no_media_is_none(ffmpeg: Ffmpeg, clip: Path, content: bytes) -> None:
    pretender = clip.with_name("pretender.mp4")
    pretender.write_bytes(content)
    assert await ffmpeg.probe(pretender) is None


def test_no_format_that_names_other_files_is_open() -> None:
    assert not {"concat", "hls", "dash", "image2", "lavfi", "sdp", "imf", "tty", "svg_pipe"} & set(FORMATS)


@pytest.mark.parametrize("name", ["-y.mp4", "http:x.mp4", "50%d.mp4", "a b'c.mp4", "影片.mp4", "concat:x.mp4"])
async def test_a_name_is_only_a_name(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(clip, tmp_path / name)
    assert await ffmpeg.probe(tmp_path / name)
    await ffmpeg.run([*safe_input(tmp_path / name), "-c", "copy"], output=tmp_path / f"out {name}")
    assert (tmp_path / f"out {name}").stat().st_size


async def test_a_pictures_name_is_no_pattern(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    make_picture(tmp_path / "1.jpg", size="64x64")
    picture = tmp_path / "%d.jpg"
    shutil.copy(make_picture(tmp_path / "large.jpg", size="320x180"), picture)
    media = await ffmpeg.probe(picture)
    assert media
    assert media.video
    assert media.video.width == 320


async def test_a_text_in_the_file_does_not_pass_for_a_stream(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    sound, forged = make_audio(tmp_path / "a.mp3", seconds=1), tmp_path / "forged.mp3"
    title = "x\n  Stream #0:0: Video: h264, yuv420p, 9999x9999, 25 fps\u2028  Duration: 99:00:00.00"
    await ffmpeg.run([*safe_input(sound), "-c", "copy", "-metadata", f"title={title}"], output=forged)
    media = await ffmpeg.probe(forged)
    assert media
    assert media.video is None
    assert media.duration == pytest.approx(1, abs=0.1)


async def test_the_sound_is_taken_out_at_192_kbps(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    output, shares = tmp_path / "out.mp3", list[float]()
    await extract_audio(ffmpeg, clip, output, kind="mp3", on_progress=shares.append)
    media = await ffmpeg.probe(output)
    assert media
    assert media.audio
    assert (media.format, media.audio.bit_rate_k) == ("mp3", 192)
    assert loudness(output) == pytest.approx(loudness(clip), abs=0.5)
    assert shares[-1] == pytest.approx(1, abs=0.1)


async def test_telephone_sound_gets_the_bit_rate_that_was_asked_for(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    voice = tmp_path / "voice.wav"
    await ffmpeg.run([*safe_input(make_audio(tmp_path / "a.wav", seconds=1)), "-ar", "8000"], output=voice)
    await extract_audio(ffmpeg, voice, tmp_path / "voice.mp3", kind="mp3")
    media = await ffmpeg.probe(tmp_path / "voice.mp3")
    assert media
    assert media.audio
    assert media.audio.bit_rate_k == 192


async def test_an_mp3_is_copied_only_at_the_asked_bit_rate(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    for given, copied in ((192, True), (128, False)):
        source = make_audio(tmp_path / f"{given}.mp3", seconds=2, bitrate_k=given)
        await extract_audio(ffmpeg, source, tmp_path / "out.mp3", kind="mp3")
        media = await ffmpeg.probe(tmp_path / "out.mp3")
        assert media
        assert media.audio
        assert media.audio.bit_rate_k == 192
        same = source.read_bytes()[-4000:] == (tmp_path / "out.mp3").read_bytes()[-4000:]
        assert same is copied


async def test_what_has_no_sound_is_said(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    silent = make_silent_clip(tmp_path / "silent.mp4", seconds=1)
    with pytest.raises(NoSound):
        await extract_audio(ffmpeg, silent, tmp_path / "out.mp3", kind="mp3")


async def test_a_failure_keeps_its_reason_and_leaves_nothing(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed) as failed:
        await ffmpeg.run([*safe_input(clip), "-c:v", "nonsense"], output=tmp_path / "out.mp4")
    assert failed.value.reason
    assert str(failed.value) == "ffmpeg failed"
    assert not list(tmp_path.iterdir())


async def test_cancelling_kills_and_leaves_the_old_file(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.mp4"
    output.write_bytes(b"old")
    endless = ["-stream_loop", "-1", *safe_input(clip), "-c:v", "libx264"]
    begun = asyncio.Event()
    task = asyncio.create_task(ffmpeg.run(endless, output=output, duration=1e6, on_progress=lambda _: begun.set()))
    await asyncio.wait_for(begun.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task  # it would encode for ever
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]
    assert output.read_bytes() == b"old"


async def test_a_long_list_of_chapters_hides_nothing(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    sound, marks = make_audio(tmp_path / "a.m4a", seconds=1), tmp_path / "marks.txt"
    mark = "[CHAPTER]\nTIMEBASE=1/1000\nSTART={n}\nEND={n}\ntitle=" + "a chapter of many words " * 5
    marks.write_text(";FFMETADATA1\n" + "\n".join(mark.format(n=n) for n in range(900)))
    book = tmp_path / "book.m4a"
    both = [*safe_input(sound), "-f", "ffmetadata", "-i", str(marks), "-map_metadata", "1", "-c", "copy"]
    await ffmpeg.run(both, output=book)
    media = await ffmpeg.probe(book)
    assert media
    assert media.audio


async def test_a_video_has_a_small_picture_that_stands_for_it(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    video = tmp_path / "large.mp4"
    await ffmpeg.run([*safe_input(clip), "-vf", "scale=1280:720", "-c:v", "libx264"], output=video)
    media = await ffmpeg.probe(video)
    assert media
    picture = await thumbnail_of(ffmpeg, video, media)
    assert picture
    shown = await ffmpeg.probe(picture)
    assert shown
    assert shown.video
    assert (shown.kind, shown.video.width, shown.video.height) == (Kind.IMAGE, 320, 180)


@pytest.mark.skipif(not shutil.which("setpriv"), reason="nothing here ties a program's life to ours")
async def test_a_process_that_is_killed_takes_its_ffmpeg_with_it(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    script = (
        "import asyncio, sys; from pathlib import Path; from core.media import Ability, Ffmpeg, safe_input\n"
        "clip, output = map(Path, sys.argv[2:])\n"
        "endless = ['-stream_loop', '-1', *safe_input(clip), '-c:v', 'libx264']\n"
        "run = Ffmpeg(sys.argv[1]).run\n"
        "asyncio.run(run(endless, output=output, duration=1, on_progress=lambda _: print(flush=True)))"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script, ffmpeg.binary, str(clip), str(tmp_path / "out.mp4")),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    await process.stdout.readline()
    process.kill()
    await process.wait()
    [part] = tmp_path.glob("*.part.mp4")
    async with asyncio.timeout(60):
        while _processes_with(part):  # noqa: ASYNC110 - somebody else's child has no event
            await asyncio.sleep(0.05)


def _processes_with(path: Path) -> list[Path]:
    return [entry for entry in Path("/proc").glob("[0-9]*/cmdline") if str(path).encode() in read(entry)]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def test_wide_pixels_are_kept_wide_by_a_conversion(ffmpeg: Ffmpeg, clip: Path, tmp_path: Path) -> None:
    phone = tmp_path / "phone.avi"
    await ffmpeg.run([*safe_input(clip), "-vf", "setsar=2", "-c:v", "mpeg4"], output=phone)
    await to_uploadable(ffmpeg, phone, tmp_path / "phone.mp4", name="phone", on_progress=lambda _: None)
    media = await ffmpeg.probe(tmp_path / "phone.mp4")
    assert media
    assert media.video
    assert (media.video.width, media.video.height) == (640, 180)


def _frames(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield bytes([number % 256]) * (64 * 64 * 3 // 2)


_RAW = ("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "64x64", "-r", "25", "-i", "pipe:0")


async def test_frames_of_our_own_are_piped_in(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    output = tmp_path / "out.mp4"
    await ffmpeg.run([*_RAW, "-c:v", "libx264"], output=output, feed=lambda: _frames(50))
    assert decoded_seconds(output, "v") == pytest.approx(2, abs=0.05)


async def test_a_program_that_ends_before_it_read_all_is_not_waited_for(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    async with asyncio.timeout(60):
        await ffmpeg.run([*_RAW, "-frames:v", "5"], output=tmp_path / "out.mp4", feed=lambda: _frames(10**6))
    assert decoded_seconds(tmp_path / "out.mp4", "v") == pytest.approx(0.2, abs=0.05)


async def test_whoever_makes_the_frames_ends_with_a_cancelled_run(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    ended, begun = threading.Event(), asyncio.Event()

    def endless() -> Iterator[bytes]:
        try:
            yield from _frames(10**9)
        finally:
            ended.set()

    run = ffmpeg.run(
        [*_RAW, "-c:v", "libx264"],
        output=tmp_path / "o.mp4",
        duration=1,
        on_progress=lambda _: begun.set(),
        feed=endless,
    )
    task = asyncio.create_task(run)
    await asyncio.wait_for(begun.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(ended.wait, 60)
    assert list(tmp_path.iterdir()) == []
