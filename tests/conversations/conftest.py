from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.settings import BackendKind, Settings
from tests.conversations.talk import Talk, conversation
from tests.making import make_audio, make_clip
from tests.servers.cloud import FakeCloud


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of picture and sound."""
    return make_clip(tmp_path_factory.mktemp("clips") / "talk.mp4", seconds=3)


@pytest.fixture(scope="session")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_audio(tmp_path_factory.mktemp("clips") / "song.mp3", seconds=3)


@pytest.fixture
async def cloud(clip: Path) -> AsyncIterator[FakeCloud]:
    """A backend whose renders are the clip."""
    async with FakeCloud() as cloud:
        cloud.media = clip.read_bytes()
        yield cloud


@pytest.fixture
def settings(cloud: FakeCloud, tmp_path: Path) -> Settings:
    # Without the machine's own environment: a developer's .env must not change what is tested.
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        backend=BackendKind.CLOUD,
        nemo_api_url=cloud.url,
        nemo_web_url="https://web.example",
        data_dir=tmp_path / "data",
        # Time runs two hundred times as fast: a busy machine must not run into limits that are not the subject.
        edit_timeout_seconds=43_200,
        job_timeout_seconds=86_400,
    )


@pytest.fixture
async def talk(settings: Settings) -> AsyncIterator[Talk]:
    async with conversation(settings) as talk:
        yield talk
