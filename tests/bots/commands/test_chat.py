"""The `cutroom` command as a person or a script runs it, on the embedded studio."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from core.media import Media
from tests.bots.desk import Desk
from tests.making import chosen_ffmpeg, decoded_seconds, loudness, make_audio, make_clip, make_lesser_ffmpeg


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("desk") / "talk.mp4", seconds=6)


async def probed(path: Path) -> Media:
    media = await chosen_ffmpeg().probe(path)
    assert media is not None
    return media


@pytest.mark.ffmpeg
async def test_the_audio_of_a_clip_is_a_real_mp3_of_its_length(desk: Desk, talk: Path) -> None:
    ran = await desk.run_process("chat", talk, "--say", "extract the audio and save it as an MP3 file", "--out", "out")
    assert (ran.code, ran.err) == (0, "")
    media = await probed(desk.folder / "out" / "talk.mp3")
    assert media.audio is not None
    assert (media.format, media.audio.codec, media.audio.bit_rate_k) == ("mp3", "mp3", 192)
    assert abs(decoded_seconds(desk.folder / "out" / "talk.mp3", "a") - 6) < 0.1
    assert "out/talk.mp3" in ran.out
    assert "http://127.0.0.1:" in ran.out


@pytest.mark.parametrize(
    ("trim", "export"), [("only keep 0:02 to 0:05", "export"), ("只保留第2秒到第5秒", "导出")], ids=["en", "zh"]
)
async def test_a_trim_and_an_export_leave_one_clip_of_three_seconds(
    desk: Desk, talk: Path, trim: str, export: str
) -> None:
    ran = await desk.run("chat", talk, "--say", trim, "--say", export, "--out", "out")
    assert ran.code == 0
    [made] = (desk.folder / "out").iterdir()
    assert made.name == "talk.mp4"
    assert abs(decoded_seconds(made, "v") - 3) < 0.1


async def test_a_script_reads_one_event_a_line(desk: Desk, talk: Path) -> None:
    ran = await desk.run("chat", talk, "--say", "mp3 please", "--say", "credits", "--json")
    assert ran.code == 0
    assert {event["event"] for event in ran.events} == {"status", "text", "buttons", "result"}
    [result] = ran.of("result")
    assert (desk.folder / result["path"]).is_file()
    assert result["link"].startswith("http://127.0.0.1:")
    assert ran.of("buttons")[0]["buttons"][0]["number"] == 1
    assert ran.of("text")[-1]["text"] == "You have 100 credits."


async def test_progress_is_told_as_a_share(desk: Desk) -> None:
    # Long enough to be looked at while it renders; what is over at once has no progress to tell.
    long = make_clip(desk.folder / "long.mp4", seconds=15, size="640x360")
    ran = await desk.run("chat", long, "--say", "only keep 0:01 to 0:14", "--json", RENDER_POLL_SECONDS="0.2")
    assert ran.code == 0
    shares = [event["progress"] for event in ran.of("status") if event["progress"] is not None]
    assert shares
    assert all(0 <= share <= 1 for share in shares)


async def test_sound_and_picture_are_merged(desk: Desk, talk: Path) -> None:
    silent = make_clip(desk.folder / "silent.mp4", seconds=3, sound=False)
    song = make_audio(desk.folder / "song.mp3", seconds=3)
    ran = await desk.run("chat", silent, song, "--say", "merge this audio and video into a single MP4 file")
    assert ran.code == 0
    media = await probed(desk.folder / "out" / "song.mp4")  # never after a clip without sound
    assert media.video is not None
    assert media.audio is not None


async def test_a_muted_clip_is_silent(desk: Desk, talk: Path) -> None:
    assert (await desk.run("chat", talk, "--say", "静音")).code == 0
    assert loudness(desk.folder / "out" / "talk.mp4") < -80


async def test_a_batch_is_one_file_each(desk: Desk, talk: Path) -> None:
    other = make_clip(desk.folder / "other.mp4", seconds=2)
    ran = await desk.run("chat", talk, other, "--say", "extract the audio as MP3")
    assert ran.code == 0
    lengths = {path.name: round(decoded_seconds(path, "a")) for path in (desk.folder / "out").iterdir()}
    assert lengths == {"talk.mp3": 6, "other.mp3": 2}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("notes.txt", "I can't work with notes.txt. Please send one of these: mp4, mov, avi"),
        ("fake.mp4", "fake.mp4 is not a video, an audio file or a picture that I can read"),
        ("empty.mp4", "empty.mp4 is empty (0 bytes)"),
        ("huge.mp4", "huge.mp4 is 600 MB; the limit is 500 MB"),
        ("folder.mp4", "folder.mp4 is a folder"),
        ("missing.mp4", "There is no file missing.mp4"),
    ],
)
async def test_a_wrong_file_ends_with_its_own_sentence(desk: Desk, name: str, sentence: str) -> None:
    (desk.folder / "notes.txt").write_text("hello")
    (desk.folder / "fake.mp4").write_text("hello")
    (desk.folder / "empty.mp4").touch()
    (desk.folder / "folder.mp4").mkdir()
    with (desk.folder / "huge.mp4").open("wb") as file:
        file.truncate(600 << 20)
    ran = await desk.run("chat", name, "--say", "mp3 please")
    assert ran.code == 1
    assert ran.err.startswith(sentence)
    assert ran.err.count("\n") == 1


async def test_what_the_studio_does_not_understand_is_no_success(desk: Desk, talk: Path) -> None:
    ran = await desk.run("chat", talk, "--say", "paint it like Van Gogh")
    assert ran.code == 1
    assert ran.err.strip()
    assert not (desk.folder / "out").exists()


@pytest.mark.parametrize(
    ("wish", "said"), [("rotate it", "90"), ("旋转一下", "没有做任何修改"), ("cut it", "Which part?")]
)
async def test_a_refusal_is_no_success_though_no_file_came_along(desk: Desk, talk: Path, wish: str, said: str) -> None:
    ran = await desk.run("chat", talk, "--say", "only keep the first 3 seconds", "--say", wish)
    assert ran.code == 1
    assert said in ran.out + ran.err


@pytest.mark.parametrize("answer", ["1", "Keep it"])
async def test_a_question_is_answered_by_a_number_or_in_words(desk: Desk, talk: Path, answer: str) -> None:
    ran = await desk.run_process("chat", "--out", "out", typed=f"{talk}\n0:01 to 0:02\n{answer}\nquit\n")
    assert "[1] Keep it   [2] Cut it out" in ran.out
    assert "I kept 0:01–0:02" in ran.out
    assert ran.code == 0, "what was asked for is there"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (
            ("add a title", "Hello there", "cut it", "the first 2 seconds", "never mind", "export"),
            (
                "What shall it say?",
                "Which part?",
                "I cut out 0:00–0:02; it is now 0:04 long.",
                "I have changed nothing",
            ),
        ),
        (
            ("加标题", "你好", "剪掉一部分", "前2秒", "算了", "导出"),
            ("要写什么字？", "是哪一段？", "已剪掉 0:00–0:02，现在时长 0:04。", "什么都没有改动"),
        ),
    ],
    ids=["en", "zh"],
)
async def test_a_script_answers_questions_with_the_next_words(
    desk: Desk, talk: Path, said: tuple[str, ...], heard: tuple[str, ...]
) -> None:
    says = [word for words in said for word in ("--say", words)]
    ran = await desk.run("chat", talk, *says, "--out", "out", "--json")
    assert ran.code == 0, "each question was answered"
    answers = [event["text"] for event in ran.of("text")]
    assert len(answers) == len(heard)
    assert all(part in answer for part, answer in zip(heard, answers, strict=True)), answers
    titled, shortened = ran.of("result")
    assert f"“{said[1]}”" in titled["text"]
    assert round(shortened["duration"]) == 4


async def test_a_request_that_still_waits_for_its_file_is_no_success(desk: Desk, talk: Path) -> None:
    waits = await desk.run("chat", "--say", "extract the audio as MP3")
    assert (waits.code, "Send me the video or audio first" in waits.out) == (1, True)
    assert (await desk.run("chat", talk, "--say", "extract the audio as MP3")).code == 0


async def test_an_interactive_conversation_takes_words_numbers_and_paths(desk: Desk, talk: Path) -> None:
    ran = await desk.run_process("chat", "--out", "out", typed=f"{talk}\nexport audio only MP3\n1\nquit\n")
    assert ran.code == 0
    assert "Got talk.mp4. What shall I do with it?" in ran.out
    assert (desk.folder / "out" / "talk.mp3").is_file()
    assert "Timeline (1 track):" in ran.out


async def test_a_killed_conversation_goes_on_where_it_was(desk: Desk) -> None:
    long = make_clip(desk.folder / "long.mp4", seconds=15, size="640x360")
    process = await desk.start("chat", long, "--say", "only keep 0:02 to 0:14", "--json", RENDER_POLL_SECONDS="0.2")
    assert process.stdout is not None
    async for line in process.stdout:
        if b"Rendering" in line:
            break
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    ran = await desk.run("chat", "--continue", "--say", "status", "--json")
    assert ran.code == 0
    [result] = ran.of("result")
    assert abs(decoded_seconds(desk.folder / result["path"], "v") - 12) < 0.1
    assert "0-12s" in ran.of("text")[-1]["text"]


async def test_wrong_settings_are_all_named_and_never_repeated(desk: Desk) -> None:
    ran = await desk.run("chat", "--say", "hi", HEARTBEAT_SECONDS="secret", NEMO_API_URL="nowhere", RETRY_SECONDS="-1")
    assert ran.code == 2
    assert all(name in ran.err for name in ("HEARTBEAT_SECONDS", "NEMO_API_URL", "RETRY_SECONDS"))
    assert "secret" not in ran.err


async def test_run_says_which_tokens_are_missing(desk: Desk) -> None:
    ran = await desk.run("run")
    assert ran.code == 2
    assert "TELEGRAM_BOT_TOKEN, DISCORD_BOT_TOKEN" in ran.err


async def test_the_doctor_names_what_is_wrong_and_its_remedy(desk: Desk) -> None:
    well = await desk.run("doctor", BACKEND="studio")
    assert well.code == 0
    assert "All is well." in well.out
    ill = await desk.run("doctor", NEMO_API_URL="http://127.0.0.1:9", SKILL="juggling")
    assert ill.code == 1
    assert "http://127.0.0.1:9 cannot be reached" in ill.out
    assert "SKILL=juggling is none of them" in ill.out


async def test_the_doctor_knows_whether_people_can_open_a_link(desk: Desk) -> None:
    ran = await desk.run("doctor", BACKEND="studio", PUBLIC_URL="http://192.168.1.20:8080", PORT="8080")
    assert ran.code == 1
    assert "http://192.168.1.20:8080 leads into a private network" in ran.out
    ran = await desk.run("doctor", BACKEND="studio", PUBLIC_URL="bot.example.org")
    assert "PUBLIC_URL use a full address, such as https://bot.example.org" in ran.out


async def test_the_doctor_names_what_an_ffmpeg_cannot_do(desk: Desk, tmp_path: Path) -> None:
    old = make_lesser_ffmpeg(tmp_path / "old", "webp_anim")
    ran = await desk.run("doctor", BACKEND="studio", STUDIO_FFMPEG=str(old))
    assert f"✓ FFmpeg      {old}; it cannot read animated WebP\n" in ran.out
    bare = make_lesser_ffmpeg(tmp_path / "bare", "libx264", "libmp3lame")
    ran = await desk.run("doctor", BACKEND="studio", STUDIO_FFMPEG=str(bare))
    assert ran.code == 1
    assert f"✗ FFmpeg      {bare}; it cannot write H.264, write MP3\n" in ran.out
    assert "unset STUDIO_FFMPEG" in ran.out


async def test_an_ffmpeg_that_is_first_on_the_path_is_not_used(desk: Desk, talk: Path, tmp_path: Path) -> None:
    used = tmp_path / "used"
    other = tmp_path / "bin" / "ffmpeg"
    other.parent.mkdir()
    other.write_text(f"#!/bin/sh\ntouch {used}\nexit 1\n")
    other.chmod(0o700)
    path = {"PATH": f"{other.parent}:{os.environ['PATH']}", "STUDIO_FFMPEG": ""}
    ran = await desk.run("chat", talk, "--say", "mp3 please", "--out", "out", **path)
    assert ran.code == 0
    assert (desk.folder / "out" / "talk.mp3").stat().st_size
    assert not used.exists()


async def test_the_studio_serves_a_conversation_of_the_cloud_kind(desk: Desk, talk: Path) -> None:
    studio = await desk.start("studio", "--port", "0")
    assert studio.stdout is not None
    try:
        url = (await studio.stdout.readline()).decode().split()[4]
        ran = await desk.run(
            *("chat", talk, "--say", "extract the audio as MP3", "--backend", "cloud"),
            NEMO_API_URL=url,
            RENDER_POLL_SECONDS="1",
        )
        assert (ran.code, ran.err) == (0, "")
        assert (await probed(desk.folder / "out" / "talk.mp3")).video is None
    finally:
        studio.terminate()
        await studio.communicate()
    assert studio.returncode == 0


async def test_the_package_runs_as_a_module(desk: Desk) -> None:
    command = [sys.executable, "-m", "bots", "--help"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe)
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert b"Usage: cutroom" in out


async def test_help_is_there_for_everything(desk: Desk) -> None:
    for args in ((), ("chat",), ("studio",), ("run",), ("doctor",)):
        ran = await desk.run(*args, "--help")
        assert ran.code == 0
        assert "Usage" in ran.out
