"""What only one of many processes may do: one after the other, and nobody while the lock is in doubt."""

from __future__ import annotations

import asyncio
import functools
from pathlib import Path

import psycopg
import pytest

from storage.alone import alone as at_leisure
from storage.opening import open_database
from tests.servers.postgres import Postgres

_CUT_OFF = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


alone = functools.partial(at_leisure, look=0.1)


class Poller:
    def __init__(self) -> None:
        self.polling = asyncio.Event()
        self.begun = 0
        self.may_end = asyncio.Event()

    async def poll(self) -> None:
        self.begun += 1
        self.polling.set()
        try:
            await self.may_end.wait()
        finally:
            self.polling.clear()


async def test_one_polls_and_another_follows_when_it_is_gone(server: Postgres) -> None:
    url, first, second, elsewhere = server.empty(), Poller(), Poller(), Poller()
    async with asyncio.timeout(60):
        running = asyncio.create_task(alone(url, "poll", first.poll))
        await first.polling.wait()
        waiting = asyncio.create_task(alone(url, "poll", second.poll))
        other = asyncio.create_task(alone(url, "something else", elsewhere.poll))
        await elsewhere.polling.wait()
        assert not second.begun
        running.cancel()
        await second.polling.wait()
        assert not first.polling.is_set()
        second.may_end.set()
        await waiting
        other.cancel()
        await asyncio.gather(running, other, return_exceptions=True)


async def test_who_loses_the_lock_stops_and_takes_its_turn_again(server: Postgres) -> None:
    url, poller = server.empty(), Poller()
    async with asyncio.timeout(60):
        task = asyncio.create_task(alone(url, "poll", poller.poll))
        await poller.polling.wait()
        poller.polling.clear()
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as operator:
            await operator.execute(_CUT_OFF)
        await poller.polling.wait()
        assert poller.begun == 2
        poller.may_end.set()
        await task


async def test_what_goes_wrong_in_it_is_told(server: Postgres) -> None:
    async def broken() -> None:
        raise ValueError("of the work")

    async with asyncio.timeout(60):
        with pytest.raises(ValueError, match="of the work"):
            await alone(server.empty(), "poll", broken)


async def test_on_a_file_it_is_just_done(tmp_path: Path) -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("done")

    async with open_database(tmp_path / "db", "") as database:
        await database.alone("poll", work)
    assert done == ["done"]
