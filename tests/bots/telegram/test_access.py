"""One rule on every path: message, command, button, inline."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bots.wiring.house import House
from core.access import Access
from core.messages import MediaKind, Place
from core.records import KeptResult
from tests.bots.telegram.house import running, settings_for
from tests.servers.telegram import Person, TelegramServer

REFUSED = "Sorry, I am not open to everybody here."


async def by_message(person: Person, house: House) -> bool:
    person.send("help")
    answer = await person.chat.hears("")
    return not answer.text.startswith(REFUSED)


async def by_command(person: Person, house: House) -> bool:
    person.send("/help")
    answer = await person.chat.hears("")
    return not answer.text.startswith(REFUSED)


async def by_button(person: Person, house: House) -> bool:
    asked = person.send("something with a button")
    pressed = await person.press_data("status", asked).answered()
    return "not open" not in pressed.get("text", "")


async def by_sharing(person: Person, house: House) -> bool:
    """Somebody with a result that could be shared finds it, or nothing."""
    await house.store.keep_result(result_of(person))
    return [found["title"] for found in await person.ask_inline("").results()] == ["talk.mp4"]


def result_of(person: Person, job: str = "job-1") -> KeptResult:
    place, link = Place("telegram", str(person.id)), "https://files.example/talk.mp4"
    return KeptResult(job, place, str(person.id), "talk.mp4", MediaKind.VIDEO, "7", "", link, "", time.time())


Way = Callable[[Person, House], Awaitable[bool]]
WAYS = (by_message, by_command, by_button, by_sharing)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("listed", [True, False])
async def test_listed_people_are_let_in_and_others_are_not(
    telegram: TelegramServer, tmp_path: Path, way: Way, listed: bool
) -> None:
    anna = telegram.person("Anna")
    names = (str(anna.id),) if listed else ("1",)
    settings = settings_for(telegram, tmp_path, telegram_access=Access.LISTED, telegram_allowed_users=names)
    async with running(settings) as house:
        assert await way(anna, house) is listed


async def test_nobody_finds_the_results_of_others(telegram: TelegramServer, tmp_path: Path) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    async with running(settings_for(telegram, tmp_path)) as house:
        await house.store.keep_result(result_of(anna))
        assert await ben.ask_inline("").results() == []
        assert len(await anna.ask_inline("talk").results()) == 1


async def test_a_deep_link_brings_a_result_and_an_unknown_one_is_told(telegram: TelegramServer, tmp_path: Path) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    async with running(settings_for(telegram, tmp_path)) as house:
        await house.store.keep_result(result_of(anna))
        ben.start("share_job-1")
        await ben.chat.hears("https://files.example/talk.mp4")
        ben.start("share_job-2")
        await ben.chat.hears("That result is no longer kept.")
        group = telegram.supergroup("Lab", ben)
        ben.start("share_job-1", to=group)
        await group.hears("https://files.example/talk.mp4")


async def test_a_listed_group_is_let_in_under_its_new_id_too(telegram: TelegramServer, tmp_path: Path) -> None:
    anna = telegram.person("Anna")
    group, other = telegram.group("Lab", anna), telegram.supergroup("Elsewhere", anna)
    settings = settings_for(telegram, tmp_path, telegram_access=Access.LISTED, telegram_allowed_chats=(str(group.id),))
    async with running(settings):
        moved = telegram.migrate(group)
        anna.send("/help@cutroom_bot", to=moved)
        await moved.hears("Send me a video")
        anna.send("/help@cutroom_bot", to=other)
        await other.hears(REFUSED)
    async with running(settings):
        anna.send("/status@cutroom_bot", to=moved)
        await moved.hears("There is no project yet")


async def test_a_listed_channel_and_an_anonymous_admin_of_a_listed_group_are_let_in_as_their_chat(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    anna = telegram.person("Anna")
    channel, group, other = (
        telegram.channel("News", anna),
        telegram.supergroup("Lab", anna),
        telegram.supergroup("X", anna),
    )
    listed = (str(channel.id), str(group.id))
    async with running(settings_for(telegram, tmp_path, telegram_access=Access.LISTED, telegram_allowed_chats=listed)):
        anna.send("/help@cutroom_bot", to=channel)
        await channel.hears("Send me a video")
        anna.send("/help@cutroom_bot", to=group, anonymous=True)
        await group.hears("Send me a video")
        anna.send("/help@cutroom_bot", to=other, anonymous=True)
        await other.hears("I am not open to everybody")
