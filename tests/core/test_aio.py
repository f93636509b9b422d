"""Work that nobody waits for, until it is time to end."""

from __future__ import annotations

import asyncio

from core.aio import Background


async def test_quiet_waits_also_for_what_was_begun_meanwhile() -> None:
    done: list[str] = []
    background = Background()

    async def second() -> None:
        await asyncio.sleep(0)
        done.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        background.begin(second())
        done.append("first")

    background.begin(first())
    assert done == []
    await background.quiet()
    assert done == ["first", "second"]


async def test_where_nothing_is_under_way_it_is_quiet_at_once() -> None:
    await asyncio.wait_for(Background().quiet(), 60)
