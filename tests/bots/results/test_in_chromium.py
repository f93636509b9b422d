"""The page in a real browser: it plays, seeks and downloads, on a phone and a desk, by day and by night.

With SCREENSHOTS=folder the pictures are kept there, to be looked at.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.messages import MediaKind
from tests.bots.results.conftest import DAY, Cdn, Site
from tests.making import chosen_ffmpeg, make_audio, make_clip, make_picture
from tests.servers.chromium import BINARY, Chromium, Tab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BINARY is None, reason="no Chromium here; on Debian: apt install chromium"),
]
# Plays for a moment, goes to near the end, and plays to the end.
PLAYED = """
(async () => {
  const player = document.querySelector("%s");
  const event = name => new Promise(resolve => player.addEventListener(name, resolve, {once: true}));
  if (player.readyState < 1) await event("loadedmetadata");
  await player.play();
  await event("timeupdate");
  player.pause();
  player.currentTime = player.duration - 0.4;
  await event("seeked");
  const frame = [player.videoWidth, player.videoHeight];
  const ended = event("ended");
  await player.play();
  await ended;
  return {seconds: player.duration, frame, error: player.error && player.error.message};
})()
"""
# A picture is taken when there is something to see.
SHOWN = """
(async () => {
  const player = document.querySelector("video");
  if (player && player.readyState < 2) await new Promise(done => player.addEventListener("loadeddata", done));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
})()
"""
LONG_NAME = "Interview with the people who run the ferry, second take, final final.mp4"


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with Chromium(tmp_path) as browser:
        yield await browser.tab()


async def _photographed(tab: Tab, url: str, shots: Path, name: str) -> None:
    for phone, dark in itertools.product((True, False), (False, True)):
        await tab.look(phone=phone, dark=dark, language="zh-CN,zh;q=0.9" if dark else "en-GB,en;q=0.9")
        await tab.open(url)
        assert await tab.run("document.documentElement.scrollWidth <= innerWidth"), "it must be scrolled sideways"
        await tab.run(SHOWN)
        screen, light = "phone" if phone else "desk", "dark" if dark else "light"
        await tab.picture(shots / f"{name}-{screen}-{light}.png")


@pytest.mark.parametrize("ranges", [True, False], ids=["a backend with ranges", "one without"])
async def test_a_video_plays_is_sought_in_and_plays_to_its_end(
    front: Site, cdn: Cdn, tab: Tab, tmp_path: Path, shots: Path, ranges: bool
) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=3, size="1280x720")
    cdn.content, cdn.ranges = clip.read_bytes(), ranges
    poster = tmp_path / "poster.jpg"
    await chosen_ffmpeg().run(["-i", str(clip), "-frames:v", "1", "-vf", "scale=320:-2", "-update", "1"], output=poster)
    facts = {"size": len(cdn.content), "duration": 3.0, "width": 1280, "height": 720, "poster": poster.read_bytes()}
    url = front.base + await front.publish(cdn.url, name=LONG_NAME, **facts)
    await tab.open(url)
    played = await tab.run(PLAYED % "video")
    assert played["error"] is None
    assert played["seconds"] == pytest.approx(3, abs=0.1)
    assert played["frame"] == [1280, 720]
    assert await tab.run("document.querySelector('a').download") == LONG_NAME
    if ranges:
        await _photographed(tab, url, shots, "video")
    assert tab.complaints == []


async def test_an_upright_video_fits_the_screen(front: Site, cdn: Cdn, tab: Tab, tmp_path: Path, shots: Path) -> None:
    cdn.content = make_clip(tmp_path / "clip.mp4", seconds=1, size="360x640").read_bytes()
    facts = {"size": len(cdn.content), "duration": 1.0, "width": 360, "height": 640}
    url = front.base + await front.publish(cdn.url, name="竖屏短片.mp4", **facts)
    await _photographed(tab, url, shots, "upright")
    await tab.look()
    await tab.open(url)
    assert await tab.run("document.querySelector('.button').getBoundingClientRect().bottom <= innerHeight")


async def test_a_sound_plays(front: Site, cdn: Cdn, tab: Tab, tmp_path: Path, shots: Path) -> None:
    cdn.content = make_audio(tmp_path / "song.mp3", seconds=2).read_bytes()
    facts = {"size": len(cdn.content), "duration": 2.0, "width": None, "height": None}
    url = front.base + await front.publish(cdn.url, kind=MediaKind.AUDIO, name="采访录音.mp3", **facts)
    await tab.open(url)
    assert (await tab.run(PLAYED % "audio"))["error"] is None
    await _photographed(tab, url, shots, "audio")
    assert tab.complaints == []


async def test_a_picture_is_shown(front: Site, cdn: Cdn, tab: Tab, tmp_path: Path, shots: Path) -> None:
    cdn.content = make_picture(tmp_path / "cover.png", size="800x600").read_bytes()
    facts = {"size": len(cdn.content), "duration": None, "width": 800, "height": 600}
    url = front.base + await front.publish(cdn.url, kind=MediaKind.IMAGE, name="cover.png", **facts)
    await _photographed(tab, url, shots, "picture")
    assert await tab.run("document.querySelector('img').naturalWidth") == 800
    assert tab.complaints == []


async def test_an_ended_page_is_readable(front: Site, cdn: Cdn, tab: Tab, shots: Path) -> None:
    url = front.base + await front.publish(cdn.url)
    front.clock.ahead = 7 * DAY + 1
    await _photographed(tab, url, shots, "expired")
    assert "链接已过期" in await tab.run("document.body.innerText")
