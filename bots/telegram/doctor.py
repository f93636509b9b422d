"""The findings of `cutroom doctor` about Telegram: token, groups, sharing, updates, menu, file sizes, access."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bots.platform import Finding
from bots.telegram.app import CLOUD_DOWNLOAD, CLOUD_HOST, CLOUD_UPLOAD, LOCAL_UPLOAD, NOT_THE_API
from bots.telegram.configuration import TelegramSettings
from bots.telegram.secrecy import kept_out_of_logs
from bots.telegram.webhook import PATH
from core.access import Access

SUBJECT = "Telegram"


async def telegram_findings(settings: TelegramSettings, public_url: str, timeout: float) -> AsyncIterator[Finding]:
    """Asks only, changes nothing. `timeout` in seconds for each question."""
    token = settings.bot_token.get_secret_value()
    if not token:
        yield Finding(SUBJECT, "TELEGRAM_BOT_TOKEN is not set: not started")
        return
    with kept_out_of_logs(token):
        async for finding in _asked(settings, public_url, token, timeout):
            yield finding
    yield file_limits(settings)
    yield who_is_let_in(settings)


async def _asked(settings: TelegramSettings, public_url: str, token: str, timeout: float) -> AsyncIterator[Finding]:
    request = HTTPXRequest(read_timeout=timeout, connect_timeout=timeout)
    bot = Bot(token, base_url=f"{settings.api_url}/bot", request=request)
    try:
        me = await bot.get_me()
        called_at = public_url if settings.webhook else ""
        for finding in (_who(me), _groups(me), _inline(me), _updates(called_at, await bot.get_webhook_info())):
            yield finding
        yield _menu(len(await bot.get_my_commands()))
    except InvalidToken:  # its own words hold the token
        yield Finding(SUBJECT, "TELEGRAM_BOT_TOKEN is not accepted", "ask @BotFather for a token and set it")
    except TelegramError as error:
        host = urlsplit(settings.api_url).netloc
        fact = f"{host} does not answer ({type(error).__name__})"
        yield Finding(SUBJECT, fact, "check TELEGRAM_API_URL and the network")
    except NOT_THE_API:
        host = urlsplit(settings.api_url).netloc
        yield Finding(SUBJECT, f"what answers at {host} is no Bot API server", "check TELEGRAM_API_URL")
    finally:
        await request.shutdown()


def _who(me: User) -> Finding:
    return Finding(SUBJECT, f"@{me.username}, the token is good")


def _groups(me: User) -> Finding:
    if not me.can_join_groups:
        return Finding(SUBJECT, "cannot be added to groups (/setjoingroups at @BotFather changes that)")
    if me.can_read_all_group_messages:
        return Finding(SUBJECT, "privacy mode is off: in groups it is sent every message, and takes up its own")
    return Finding(SUBJECT, "privacy mode is on: in groups it hears commands and replies, such as /edit under a video")


def _inline(me: User) -> Finding:
    if me.supports_inline_queries:
        return Finding(SUBJECT, "inline mode is on: results can be shared into other chats")
    return Finding(SUBJECT, "inline mode is off: results are shared by a link (/setinline at @BotFather turns it on)")


def _updates(called_at: str, info: WebhookInfo) -> Finding:
    waiting = f"{info.pending_update_count} updates waiting"
    wanted = called_at + PATH if called_at else ""
    # The address of somebody else's webhook may hold a secret of theirs.
    host = urlsplit(info.url).netloc
    if not wanted:
        polls = f"long polling, {waiting}"
        return Finding(SUBJECT, f"{polls}; the webhook at {host} ends when it is started" if host else polls)
    if info.url != wanted:
        return Finding(SUBJECT, f"webhook at {urlsplit(wanted).netloc}, set when it is started; {waiting}")
    if info.last_error_date:
        remedy = "see that PUBLIC_URL reaches this program from outside, on port 443, 80, 88 or 8443"
        return Finding(SUBJECT, f"webhook at {host} could not be reached lately; {waiting}", remedy)
    return Finding(SUBJECT, f"webhook at {host}, {waiting}")


def _menu(commands: int) -> Finding:
    return Finding(SUBJECT, f"a menu of {commands} commands" if commands else "no menu yet: set when it is started")


def file_limits(settings: TelegramSettings) -> Finding:
    if not settings.local_mode:
        fact = f"files up to {CLOUD_DOWNLOAD >> 20} MB in and {CLOUD_UPLOAD // 1_000_000} MB out"
        return Finding(SUBJECT, f"{fact}; a Bot API server of your own lifts that")
    if urlsplit(settings.api_url).hostname == CLOUD_HOST:
        remedy = "point TELEGRAM_API_URL at a Bot API server of your own, or unset TELEGRAM_LOCAL_MODE"
        return Finding(SUBJECT, "TELEGRAM_LOCAL_MODE is set and TELEGRAM_API_URL is Telegram's own server", remedy)
    return Finding(SUBJECT, f"local mode: files up to {LOCAL_UPLOAD // 1_000_000} MB out, from its disk in")


def who_is_let_in(settings: TelegramSettings) -> Finding:
    people, chats = len(settings.allowed_users), len(settings.allowed_chats)
    match settings.access:
        case Access.EVERYONE:
            return Finding(SUBJECT, "open to everyone (TELEGRAM_ACCESS)")
        case Access.ADMINS:
            return Finding(SUBJECT, f"open to the admins of its groups and {people} listed people")
        case Access.LISTED if not people + chats:
            remedy = "name people in TELEGRAM_ALLOWED_USERS or chats in TELEGRAM_ALLOWED_CHATS"
            return Finding(SUBJECT, "open to listed people only, and nobody is listed", remedy)
        case Access.LISTED:
            return Finding(SUBJECT, f"open to {people} listed people and {chats} listed chats")
