"""A link is shown only if people can open it, and a file only if it is whole."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from core.messages import Limits, Outgoing, Tone
from core.settings import Settings
from tests.conversations.talk import action, conversation
from tests.making import chosen_ffmpeg
from tests.servers.cloud import FakeCloud
from tests.servers.script import Cut, Reply
from tests.talking import LIMITS

ELSEWHERE = replace(LIMITS, local_links=False)
SMALL = replace(ELSEWHERE, upload=2_000)
BOT = "https://bot.example.org/cutroom"


async def _result(settings: Settings, clip: Path, limits: Limits, public_url: str = "") -> Outgoing:
    async with conversation(settings, limits, public_url=public_url) as talk:
        *_, result = await talk.say("make it brighter", clip)
    return result


async def test_people_elsewhere_are_shown_no_link_to_this_machine(settings: Settings, clip: Path) -> None:
    result = await _result(settings, clip, ELSEWHERE)
    assert result.media
    assert (result.link, "http" in result.text) == ("", False)


async def test_people_at_this_machine_are(settings: Settings, cloud: FakeCloud, clip: Path) -> None:
    result = await _result(settings, clip, LIMITS)
    assert result.link.startswith(cloud.cdn)
    assert result.link in result.text


async def test_a_link_that_did_not_serve_is_not_shown(settings: Settings, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["media"].append(Reply(403, b"no", content_type="text/plain"))
    result = await _result(settings, clip, LIMITS)
    assert result.media
    assert (result.link, "http" in result.text) == ("", False)


@pytest.mark.parametrize("limits", [ELSEWHERE, SMALL], ids=["with its file", "too large"])
async def test_with_a_public_address_each_result_has_its_page(settings: Settings, clip: Path, limits: Limits) -> None:
    result = await _result(settings, clip, limits, public_url=BOT)
    slug = re.fullmatch(re.escape(BOT) + r"/r/([a-z2-7]{32})", result.link)
    assert slug
    assert result.link in result.text


def _broken(clip: Path) -> dict[str, Reply]:
    whole = clip.read_bytes()
    kind = "video/mp4"
    return {
        "a page": Reply(body=b"<!doctype html><title>Sign in</title>", content_type=kind),
        "an error": Reply(body=b'{"code":5,"message":"no"}', content_type=kind),
        "without its end": Reply(body=whole[:-400], content_type=kind),
        "without its end, and played at once": Reply(body=_index_first(clip)[:-4000], content_type=kind),
        "broken off": Reply(body=whole[: len(whole) // 2], content_type=kind, cut=Cut.WITHIN),
    }


KINDS = ("a page", "an error", "without its end", "without its end, and played at once", "broken off")


def _index_first(clip: Path) -> bytes:
    made = clip.with_name("first-index.mp4")
    if not made.exists():
        subprocess.run(
            [chosen_ffmpeg().binary, "-v", "error", "-i", clip, "-c", "copy", "-movflags", "+faststart", made],
            check=True,
        )
    return made.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_broken_file_is_fetched_by_its_id_instead(
    settings: Settings, cloud: FakeCloud, clip: Path, kind: str
) -> None:
    cloud.replies["media"].append(_broken(clip)[kind])
    result = await _result(settings, clip, ELSEWHERE)
    assert result.media
    assert result.media[0].size == clip.stat().st_size
    assert len(cloud.asked("download")) == 1


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        *((kind, "en", "it is damaged or incomplete, so I did not send it") for kind in KINDS),
        ("a page", "zh-CN", "它已损坏或不完整，所以没有发出"),
    ],
)
async def test_what_stays_broken_is_never_called_done(
    settings: Settings, cloud: FakeCloud, clip: Path, kind: str, language: str, said: str
) -> None:
    reply = _broken(clip)[kind]
    cloud.replies["media"] += [reply] * 2
    cloud.replies["download"] += [reply] * 2
    async with conversation(settings, ELSEWHERE) as talk:
        words = "make it brighter" if language == "en" else "调亮一点"
        [error] = await talk.say(words, clip, language=language)
        assert error.tone is Tone.ERROR
        assert said in error.text
        assert (error.media, "✅" in "".join(talk.messenger.texts)) == ((), False)
        assert (len(cloud.asked("media")), len(cloud.asked("download"))) == (2, 2)
        again = "Try again" if language == "en" else "再试一次"
        [result] = await talk.press(action(error, again))
    assert result.media
    assert len(cloud.asked("render")) == 2
    assert len(cloud.taken) == 1
