"""What the studio asks, answered in Telegram: in words and by one tap, in a group and after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.wiring.house import House
from core.settings import BackendKind
from studio import StudioSettings
from tests.bots.telegram.house import running, settings_for
from tests.making import chosen_ffmpeg
from tests.servers.studio import Offers, Variants, VariedStudio
from tests.servers.telegram import TelegramServer

OVER = "That question is over. Just tell me what you want."
OTHERS = "This question is for somebody else. Just tell me what you want yourself."


@pytest.mark.parametrize(
    ("language", "request_", "question", "answer", "done"),
    [
        ("en", "add a title", "What shall it say?", "Hello there", "“Hello there”"),
        ("zh-hans", "加标题", "要写什么字？", "你好", "“你好”"),
    ],
)
async def test_words_answer_what_was_asked(
    bot: House,
    telegram: TelegramServer,
    clip: Path,
    language: str,
    request_: str,
    question: str,
    answer: str,
    done: str,
) -> None:
    anna = telegram.person("Anna", language=language)
    asked = anna.send_video(clip, request_)
    await anna.chat.hears(question)
    await anna.chat.hears("💬")
    assert asked.reactions == ["👀"], "it is open: neither done nor failed"
    anna.send(answer)
    [result] = await anna.chat.receives()
    assert done in result.text


async def test_in_a_group_one_tap_is_for_the_one_who_was_asked(
    bot: House, telegram: TelegramServer, clip: Path
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    group = telegram.supergroup("Film club", anna, ben)
    anna.send_video(clip, "/edit@cutroom_bot 0:01 to 0:02", to=group)
    question = await group.hears("Shall I keep that part or cut it out?")
    await group.hears("💬 Answered")
    assert question.buttons == ["Keep it", "Cut it out"]
    before = len(group.shown)
    assert (await ben.press("Keep it", to=group).answered())["text"] == OTHERS
    assert len(group.shown) == before, "it is said to Ben alone"
    keyboard = question.keyboard
    assert "text" not in await anna.press("Keep it", to=group).answered()
    [result] = await group.receives()
    assert "I kept 0:01–0:02" in result.text
    assert question.buttons == []
    late = anna.press_data(keyboard[0][-1]["callback_data"], question, to=group)
    assert (await late.answered())["text"] == OVER


async def test_in_a_group_another_persons_words_fill_no_gap(bot: House, telegram: TelegramServer, clip: Path) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    group = telegram.supergroup("Film club", anna, ben)
    anna.send_video(clip, "/edit@cutroom_bot add a title", to=group)
    question = await group.hears("What shall it say?")
    await group.hears("💬 Answered")
    ben.send("mute it", to=group, reply_to=question)
    [muted] = await group.receives()
    assert "I muted the video" in muted.text
    anna.send("Hello there", to=group, reply_to=question)
    _, titled = await group.receives(2)
    assert "“Hello there”" in titled.text


async def test_a_question_is_answered_after_a_restart(telegram: TelegramServer, clip: Path, tmp_path: Path) -> None:
    anna = telegram.person("Anna")
    async with running(settings_for(telegram, tmp_path)):
        anna.send_video(clip, "0:01 to 0:02")
        await anna.chat.hears("Shall I keep that part or cut it out?")
        await anna.chat.hears("💬 Answered")
    async with running(settings_for(telegram, tmp_path)):
        await anna.press("Cut it out").answered()
        [result] = await anna.chat.receives()
        assert "I cut out 0:01–0:02" in result.text


@pytest.mark.parametrize(("language", "labels"), [("en", ("Do it", "No")), ("zh-hans", ("就这样做", "不用"))])
async def test_an_offer_is_taken_up_by_one_tap(
    telegram: TelegramServer, clip: Path, tmp_path: Path, language: str, labels: tuple[str, str]
) -> None:
    offers = Offers(asked="tighten the opening", does="cut the first second", labels=labels)
    data = StudioSettings(data=tmp_path / "studio", ffmpeg=chosen_ffmpeg().binary)
    async with VariedStudio(data, Variants(offers=offers)) as studio:
        there = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=studio.base_url)
        async with running(there):
            anna = telegram.person("Anna", language=language)
            anna.send_video(clip, "tighten the opening")
            offer = await anna.chat.hears("I would cut out 0:00–0:01.")
            assert offer.buttons == [*labels]
            await anna.press(labels[0]).answered()
            [result] = await anna.chat.receives()
            assert "I cut out 0:00–0:01" in result.text
            await anna.chat.until(lambda: offer.buttons == [])
