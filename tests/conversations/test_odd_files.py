"""Odd but ordinary files, sent into a chat: what comes back, and what is said of it. With the embedded studio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from core.language.catalogue import say
from core.nemo.models import Notice
from core.settings import BackendKind, Settings
from tests.conversations.talk import Talk, conversation
from tests.files.kinds import make, make_without_index
from tests.making import make_audio, make_clip

pytestmark = pytest.mark.ffmpeg


@pytest.fixture
async def talk(settings: Settings) -> AsyncIterator[Talk]:
    async with conversation(settings.model_copy(update={"backend": BackendKind.STUDIO})) as talk:
        yield talk


@pytest.mark.parametrize("kind", ["wav", "m4a", "mp3"])
async def test_a_sound_comes_back_as_what_it_was(talk: Talk, tmp_path: Path, kind: str) -> None:
    [result] = await talk.say("50% louder", make_audio(tmp_path / f"song.{kind}", seconds=1))
    assert [file.name for file in result.media] == [f"song.{kind}"]


async def test_what_is_asked_for_comes_whatever_the_file_was(talk: Talk, tmp_path: Path) -> None:
    [result] = await talk.say("extract the audio as mp3", make_audio(tmp_path / "song.wav", seconds=1))
    assert [file.name for file in result.media] == ["song.mp3"]


async def test_a_sound_that_cannot_be_louder_is_said_to_be_so(talk: Talk, tmp_path: Path) -> None:
    full = make(tmp_path / "full.wav", "-f", "lavfi", "-i", "aevalsrc='sin(2*PI*440*t)':d=1")
    [result] = await talk.say("50% louder", full)
    assert "already as loud as a file can be" in result.text
    [quiet] = await talk.say("50% louder", make_audio(tmp_path / "quiet.wav", seconds=1))
    assert "as a file can" not in quiet.text


async def test_a_large_picture_that_becomes_smaller_is_said_to(talk: Talk, tmp_path: Path) -> None:
    large = make_clip(tmp_path / "large.mp4", seconds=0.4, size="2560x160")
    [trimmed] = await talk.say("keep the first 0.2 seconds", large)
    assert (trimmed.media[0].width, trimmed.media[0].height) == (1920, 120)
    assert "full HD at most" in trimmed.text


async def test_a_broken_recording_is_called_broken(talk: Talk, tmp_path: Path) -> None:
    [answer] = await talk.say("mute it", make_without_index(tmp_path / "broken.mp4"))
    assert "broken.mp4 is broken or incomplete" in answer.text


async def test_a_picture_of_too_many_pixels_is_refused_for_them(talk: Talk, tmp_path: Path, clip: Path) -> None:
    Image.new("1", (12000, 8000)).save(tmp_path / "huge.png")
    [answer] = await talk.say("use this as the background", tmp_path / "huge.png")
    assert "96 megapixels; the limit is 64" in answer.text


async def test_a_file_whose_name_says_nothing_is_looked_into(talk: Talk, tmp_path: Path) -> None:
    for name in ("x.mp4.part", "recording"):
        clip = make_clip(tmp_path / "clip.mp4", seconds=1).rename(tmp_path / name)
        [result] = await talk.say("mute the video", clip)
        assert [file.kind for file in result.media] == ["video"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_notice_of_a_render_has_its_words(language: str) -> None:
    assert all("notice-" not in say(language, f"notice-{notice}") for notice in Notice)
