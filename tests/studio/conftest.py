from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studio import StudioSettings
from studio.server import Studio
from tests.making import chosen_ffmpeg, make_audio, make_clip, make_picture, make_silent_clip
from tests.servers.studio import Variants, VariedStudio
from tests.studio.caller import Caller

OpenStudio = Callable[..., Coroutine[Any, Any, Studio]]
OpenVaried = Callable[..., Coroutine[Any, Any, VariedStudio]]


@dataclass(frozen=True)
class Clips:
    talk: Path  # 4 s of picture and sound
    silent: Path  # 3 s of picture
    music: Path  # 6 s of sound
    picture: Path
    large: Path  # 6 s of picture and sound that take a while to encode


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    folder = tmp_path_factory.mktemp("clips")
    return Clips(
        talk=make_clip(folder / "talk.mp4", seconds=4),
        silent=make_silent_clip(folder / "silent.mp4"),
        music=make_audio(folder / "music.mp3", seconds=6),
        picture=make_picture(folder / "picture.jpg"),
        large=make_clip(folder / "large.mp4", seconds=6, size="1280x720"),
    )


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    return chosen_ffmpeg().binary


@pytest.fixture
async def open_studio(tmp_path: Path, ffmpeg: str) -> AsyncIterator[OpenStudio]:
    """Makes studios on the test's own data folder; they are closed at its end."""
    async with AsyncExitStack() as stack:

        async def make(**settings: Any) -> Studio:
            settings = {"data": tmp_path / "data", "ffmpeg": ffmpeg, **settings}
            return await stack.enter_async_context(Studio(StudioSettings(**settings)))

        yield make


@pytest.fixture
async def open_varied(tmp_path: Path, ffmpeg: str) -> AsyncIterator[OpenVaried]:
    """Makes studios that answer in other ways, as `open_studio` does."""
    async with AsyncExitStack() as stack:

        async def make(variants: Variants, **settings: Any) -> VariedStudio:
            settings = {"data": tmp_path / "data", "ffmpeg": ffmpeg, **settings}
            return await stack.enter_async_context(VariedStudio(StudioSettings(**settings), variants))

        yield make


@pytest.fixture
async def studio(open_studio: OpenStudio) -> Studio:
    return await open_studio()


@pytest.fixture
async def caller(studio: Studio) -> AsyncIterator[Caller]:
    async with Caller(studio) as caller:
        yield caller
