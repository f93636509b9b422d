"""What only one of many processes may do at a time: the database server holds the lock."""

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
    """Does `work` once nobody else does what goes by `name`, and returns when it has ended.

    Where the server goes away the lock is gone with it: `work` is cancelled within seconds, and begun again when the
    lock is ours again. A holder that dies is succeeded within seconds. `look` is how often the lock is looked at, in
    seconds.
    """
    while True:
        try:
            async with await AsyncConnection.connect(url, autocommit=True, application_name="cutroom") as connection:
                await _taken(connection, name, look)
                log.info("%s: it is our turn", name)
                if await _done_while_held(connection, work, look):
                    return
        except psycopg.Error as error:
            log.warning("%s: the lock cannot be had: %s", name, type(error).__name__)
        await asyncio.sleep(look)


async def _taken(connection: AsyncConnection, name: str, look: float) -> None:
    while True:
        cursor = await connection.execute(_TAKE, (name,))
        found = await cursor.fetchone()
        if found and found[0]:
            return
        await asyncio.sleep(look)


async def _done_while_held(connection: AsyncConnection, work: Callable[[], Awaitable[None]], look: float) -> bool:
    """Whether `work` came to its end. What it raises is raised."""
    task = asyncio.ensure_future(work())
    try:
        while not task.done():
            await asyncio.wait([task], timeout=look)
            await connection.execute("select 1")
    except psycopg.Error:
        log.warning("the lock is lost with the server's connection")
        return False
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    task.result()
    return True
