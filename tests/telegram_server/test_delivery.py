"""How updates come, by polling and by webhook, and what goes wrong on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from aiohttp import web
from telegram import Bot, Message, Update
from telegram.error import BadRequest, Conflict, NetworkError, TimedOut
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from tests.servers.telegram import Fault, Kind, TelegramServer
from tests.servers.telegram.refusals import Json
from tests.servers.telegram.serving import METHODS
from tests.servers.telegram.spec import Spec
from tests.telegram_server.conftest import bot_of


async def test_a_long_poll_returns_when_something_comes(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.world.until(lambda: telegram.asked("getUpdates"))
    anna.send("hello")
    updates = await asyncio.wait_for(poll, 60)
    assert [update.message.text for update in updates if update.message] == ["hello"]


async def test_a_second_poller_ends_the_first(telegram: TelegramServer) -> None:
    async with bot_of(telegram) as first, bot_of(telegram) as second:
        waiting = asyncio.create_task(first.get_updates(timeout=30))
        await telegram.world.until(lambda: telegram.asked("getUpdates"))
        other = asyncio.create_task(second.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await waiting
        telegram.person("Anna").send("hello")
        assert len(await other) == 1


async def test_kinds_that_were_asked_for_stay_asked_for(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    await bot.get_updates(timeout=0, allowed_updates=["callback_query"])
    anna.send("not wanted")
    assert await bot.get_updates(timeout=0) == ()
    await bot.get_updates(timeout=0, allowed_updates=[])
    anna.send("wanted")
    assert len(await bot.get_updates(timeout=0)) == 1


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    for text in ("one", "two", "three"):
        anna.send(text)
    assert len(await bot.get_updates(offset=-1)) == 1
    assert len(await bot.get_updates()) == 1


async def test_a_real_application_answers(telegram: TelegramServer) -> None:
    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        assert isinstance(message, Message)
        await message.reply_text(f"You said {message.text}.")

    builder = ApplicationBuilder().token(telegram.token).base_url(f"{telegram.url}/bot")
    application: Application = builder.build()  # type: ignore[type-arg]
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        anna = telegram.person("Anna")
        anna.send("hello")
        heard = await anna.chat.hears("You said hello.")
        await application.updater.stop()
        await application.stop()
    assert heard.text == "You said hello."


# --- webhook


@asynccontextmanager
async def hook(statuses: list[int]) -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A server that answers with these statuses in turn, then with 200; its address and what came."""
    came: list[web.Request] = []

    async def take(request: web.Request) -> web.Response:
        await request.read()
        came.append(request)
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", came
    finally:
        await runner.cleanup()


async def test_a_webhook_is_called_with_its_secret_until_it_takes_the_update(
    bot: Bot, telegram: TelegramServer
) -> None:
    async with hook([500]) as (url, came):
        await bot.set_webhook(url, secret_token="s3cret", allowed_updates=["message"])
        assert (await bot.get_webhook_info()).url == url
        with pytest.raises(Conflict, match="while webhook is active"):
            await bot.get_updates()
        telegram.person("Anna").send("hello")
        await telegram.world.until(lambda: telegram.updates.confirmed)
        assert [status for _, status in telegram.webhook.answers] == [500, 200]
        assert {request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in came} == {"s3cret"}
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 500"
        await bot.delete_webhook()
    assert await bot.get_updates(timeout=0) == ()


async def test_a_secret_has_its_letters(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook("https://example.org/hook", secret_token="so secret!")


# --- faults


async def test_a_lost_answer_leaves_the_message_standing(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    telegram.fail(Fault(Kind.LOSE, "sendMessage"))
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "once")
    await bot.send_message(anna.id, "twice")
    assert [standing.text for standing in anna.chat.shown] == ["once", "twice"]


async def test_a_reset_leaves_nothing(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    telegram.fail(Fault(Kind.RESET, "sendMessage", chat=anna.id))
    with pytest.raises(NetworkError):
        await bot.send_message(anna.id, "lost")
    assert anna.chat.shown == []


async def test_a_slow_answer_is_a_timeout_for_who_does_not_wait(bot: Bot, telegram: TelegramServer) -> None:
    anna = telegram.person("Anna")
    anna.send("hello")
    telegram.fail(Fault(Kind.DELAY, "sendMessage", delay=0.5))
    with pytest.raises(TimedOut):
        await bot.send_message(anna.id, "slow", read_timeout=0.1)
    await anna.chat.hears("slow")


async def test_a_page_of_a_proxy_is_no_json(bot: Bot, telegram: TelegramServer) -> None:
    telegram.fail(Fault(Kind.PAGE, "getMe"))
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{telegram.url}/bot{telegram.token}/getMe")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert (await bot.get_me()).is_bot


# --- the specification


@pytest.fixture
def spec() -> Spec:
    found = Spec.find()
    if found is None:
        pytest.skip("API_SPEC_DIR names no specification")
    return found


async def test_a_request_outside_of_the_specification_is_seen(spec: Spec) -> None:
    wrong: dict[str, list[Json]] = {
        "sendMessage": [
            {"chat_id": 1},
            {"chat_id": 1, "text": "x", "colour": "red"},
            {"chat_id": 1.5, "text": "x"},
            {"chat_id": 1, "text": "x", "disable_notification": "perhaps"},
            {"chat_id": 1, "text": "x", "reply_parameters": {"allow_sending_without_reply": True}},
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [{"text": "x"}]}},
        ],
        "sendMediaGroup": [
            {"chat_id": 1, "media": [{"type": "video", "media": "attach://a"}]},
            {"chat_id": 1, "media": [{"type": "video", "media": "F", "titel": "x"}]},
            {"chat_id": 1, "media": [{"type": "hologram", "media": "F"}]},
        ],
        "sendHologram": [{"chat_id": 1}],
    }
    async with TelegramServer() as telegram, httpx.AsyncClient() as http:
        for method, requests in wrong.items():
            for values in requests:
                before = len(telegram.violations)
                await http.post(f"{telegram.url}/bot{telegram.token}/{method}", json=values)
                assert len(telegram.violations) > before, (method, values)
        before = len(telegram.violations)
        good = {
            "chat_id": 1,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "https://x.org"}]]},
        }
        await http.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json=good)
        assert len(telegram.violations) == before


def test_every_method_of_the_server_is_in_the_specification(spec: Spec) -> None:
    assert set(METHODS) - set(spec.methods) == set()
