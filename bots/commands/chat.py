"""`cutroom chat`: a conversation in the terminal, with a database and a backend of its own."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bots.console.chat import Conversation, converse
from bots.console.messenger import PLATFORM, ConsoleMessenger
from bots.console.screen import JsonScreen, RichScreen, Screen
from bots.wiring.house import Grounds, open_house
from core.job import PendingRequest
from core.messages import Place
from core.settings import Settings
from storage.opening import sqlite_store

KEPT_SECONDS = 7 * 86_400


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """The options of the command line."""

    files: tuple[Path, ...]
    says: tuple[str, ...]
    out: Path
    language: str
    as_json: bool
    go_on: bool


async def chat(settings: Settings, options: ChatOptions) -> int:
    """The exit code: 0 only when every request was fulfilled."""
    # The conversation itself says what goes wrong in it; the log is for problems of the set-up.
    logging.getLogger().setLevel(logging.ERROR)
    logging.getLogger("bots").setLevel(logging.WARNING)
    home = settings.data_dir / "console"
    for folder in (home, settings.data_dir / "work"):
        await asyncio.to_thread(_prune, folder)
    database = home / "chat.db"
    place = await _place(settings, database, go_on=options.go_on)
    # A terminal is one person: all conversations share one anonymous account.
    grounds = Grounds(database, home / place.key, account_scope=lambda _: PLATFORM, only=place)
    screen: Screen = JsonScreen() if options.as_json else RichScreen()
    messenger = ConsoleMessenger(screen, options.out)
    async with open_house(settings, grounds, [messenger]) as house:
        if options.language:
            await house.store.update_project(place, language=options.language)
        talk = Conversation(house, place, messenger, screen, options.language)
        await _finish_old_jobs(talk)
        waiting = await _waiting(talk)
        try:
            await _talk(talk, options)
        finally:
            screen.settle()
        still_waits = await _waiting(talk) not in (None, waiting)
    return 0 if talk.fulfilled and not talk.asked and not still_waits else 1


async def _waiting(talk: Conversation) -> PendingRequest | None:
    """The request that waits for its file."""
    return (await talk.rooms.store.project(talk.place)).pending


async def _talk(talk: Conversation, options: ChatOptions) -> None:
    if options.says:
        # Files belong to the first thing said; what follows works on the same project.
        for number, words in enumerate(options.says):
            await talk.say(words, options.files if number == 0 else ())
        return
    await converse(talk, options.files, _lines())


async def _finish_old_jobs(talk: Conversation) -> None:
    """A conversation that was killed goes on with its open jobs."""
    left = [job.id for job in await talk.rooms.store.open_jobs(talk.place)]
    await talk.rooms.engine.wait_for(left)
    await talk.note(left)


async def _place(settings: Settings, database: Path, *, go_on: bool) -> Place:
    if go_on:
        async with sqlite_store(database) as store:
            if found := await store.newest_place(PLATFORM):
                return found
    return Place(PLATFORM, f"{settings.backend.value}-{uuid.uuid4().hex[:12]}")


async def _lines() -> AsyncIterator[str]:
    prompt = "you> " if sys.stdin.isatty() else ""
    while True:
        try:
            yield await asyncio.to_thread(input, prompt)
        except (EOFError, KeyboardInterrupt):
            return


def _prune(home: Path) -> None:
    """Removes conversations that were last used a week ago, and files of jobs that were killed."""
    if not home.is_dir():
        return
    for folder in home.iterdir():
        if folder.is_dir() and time.time() - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
