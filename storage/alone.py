"""Work that only one of many processes may do at a time, such as polling: it needs a lock on the database server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import psycopg
from psycopg import AsyncConnection

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
_TAKE = "select pg_try_advisory_lock(hashtextextended(%s, 1))"


async def alone(url: str, name: str, work: Callable[[], Awaitable[None]], look: float = LOOK_SECONDS) -> None:
    """Waits for the lock called `name`, then does `work` and returns when it has ended.

    If the connection is lost the lock is lost too: `work` is cancelled within seconds, and begun again once we have
    the lock again. If a process dies, another has its lock within seconds. `look` is how often it is looked at, in
    seconds.
    """
    while True:
        try:
            async with await AsyncConnection.connect(url, autocommit=True, application_name="cutroom") as connection:
                await _locked(connection, name, look)
                log.info("%s: this process has the lock", name)
                if await _done_while_locked(connection, work, look):
                    return
        except psycopg.Error as error:
            log.warning("%s: the lock could not be asked for: %s", name, type(error).__name__)
        await asyncio.sleep(look)


async def _locked(connection: AsyncConnection, name: str, look: float) -> None:
    while True:
        cursor = await connection.execute(_TAKE, (name,))
        found = await cursor.fetchone()
        if found and found[0]:
            return
        await asyncio.sleep(look)


async def _done_while_locked(connection: AsyncConnection, work: Callable[[], Awaitable[None]], look: float) -> bool:
    """Whether `work` ended, and not the connection. Raises what `work` raises."""
    task = asyncio.ensure_future(work())
    try:
        while not task.done():
            await asyncio.wait([task], timeout=look)
            await connection.execute("select 1")
    except psycopg.Error:
        log.warning("the connection to the database server is lost, and the lock with it")
        return False
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    task.result()
    return True
