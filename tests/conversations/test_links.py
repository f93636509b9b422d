"""A link that cannot be fetched costs nothing and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.messages import Tone
from tests.conversations.talk import HERE, Talk
from tests.servers.cloud import FakeCloud

PAGE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "web pages, such as those of YouTube"), ("zh", "这类网页无法获取")]
)
@pytest.mark.parametrize(
    "said", [PAGE, "youtu.be/dQw4w9WgXcQ", f"<{PAGE}>", f"[x]({PAGE})", f"{PAGE} https://a.com/b.mp4"]
)
async def test_without_a_project_it_is_said_what_can_be_sent_instead(
    talk: Talk, cloud: FakeCloud, said: str, language: str, words: str
) -> None:
    request = "trim it to 10 s" if language == "en" else "剪到十秒"
    answer = (await talk.say(f"{said} {request}", language=language))[0]
    assert answer.tone is Tone.ERROR
    assert words in answer.text
    assert not cloud.asked("run")


async def test_with_a_project_it_stays_as_it_is_and_a_file_beside_the_link_is_kept(
    talk: Talk, cloud: FakeCloud, clip: Path, song: Path
) -> None:
    await talk.say("make it brighter", clip)
    before = await talk.house.store.project(HERE)
    [answer] = await talk.say(f"put the music of {PAGE} under it")
    assert "web pages" in answer.text
    assert await talk.house.store.project(HERE) == before
    kept, refused = sorted(await talk.say(f"put this under {PAGE}", song), key=lambda each: each.tone)
    assert "Got song.mp3" in kept.text
    assert "web pages" in refused.text
    assert len(cloud.asked("run")) == 1


async def test_a_link_that_is_a_title_is_no_page(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    await talk.say("add a title saying https://example.org/shop")
    assert cloud.asked("run")[-1].said == "add a title saying https://example.org/shop"
