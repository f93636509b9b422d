"""The engine for many machines on a real PostgreSQL: order, handing over, stopping from elsewhere, a server that goes
away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bots.wiring.queue_engine import QueueEngine
from core.job import Job, Stage
from core.messages import Place
from core.nemo.availability import Availability
from core.ports import SystemClock
from core.store import Lease
from storage.opening import Opened, open_database
from tests.clock import ForwardClock
from tests.jobs import HERE, THERE, a_job, a_message
from tests.servers.postgres import Postgres, postgres

PATIENCE = 60.0
QUICK = Lease(heartbeat=0.2)


@pytest.fixture
def url(server: Postgres) -> str:
    return server.empty()


@pytest.fixture
async def database(url: str, tmp_path: Path) -> AsyncIterator[Opened]:
    async with open_database(tmp_path / "unused", url) as opened:
        yield opened


class Shop:
    """Jobs that begin, wait until they may end, and are done then."""

    def __init__(self, database: Opened) -> None:
        self.store = database.store
        self.begun: list[str] = []
        self.put_down: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self._news = asyncio.Condition()

    async def run(self, job: Job, token: str) -> None:
        self.begun.append(job.id)
        await self._tell()
        try:
            await self.gate(job).wait()
        except asyncio.CancelledError:
            self.put_down.append(job.id)
            await self._tell()
            raise
        await self.store.save(replace(job, stage=Stage.DONE), token)
        await self._tell()

    def gate(self, job: Job) -> asyncio.Event:
        return self.gates.setdefault(job.id, asyncio.Event())

    def finish(self, *jobs: Job) -> None:
        for job in jobs:
            self.gate(job).set()

    async def add(self, *jobs: Job) -> tuple[Job, ...]:
        for job in jobs:
            await self.store.admit(a_message(job.place), [job])
        return jobs

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(condition)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


@pytest.fixture
def shop(database: Opened) -> Shop:
    return Shop(database)


@asynccontextmanager
async def _at_work(
    url: str, database: Opened, run: Callable[[Job, str], Awaitable[None]], **values: Any
) -> AsyncIterator[QueueEngine]:
    facts = {"platforms": ["test"], "at_once": 4, "per_person": 100, "lease": QUICK, **values}
    async with QueueEngine(url, database.driver, database.store, run, **facts) as engine:
        yield engine


async def _over(engine: QueueEngine, *jobs: Job) -> None:
    async with asyncio.timeout(PATIENCE):
        await engine.wait_for(job.id for job in jobs)


async def _stage(database: Opened, job: Job) -> Stage:
    found = await database.store.job(job.id)
    assert found
    return found.stage


async def test_jobs_of_a_place_run_in_order_and_places_side_by_side(url: str, database: Opened, shop: Shop) -> None:
    first, second, elsewhere = await shop.add(a_job(), a_job(), a_job(THERE))
    async with _at_work(url, database, shop.run) as engine:
        await shop.until(lambda: {first.id, elsewhere.id} <= set(shop.begun))
        assert second.id not in shop.begun
        shop.finish(first, second, elsewhere)
        await _over(engine, first, second, elsewhere)
    assert shop.begun.index(first.id) < shop.begun.index(second.id)
    assert await database.driver.single("select id from procrastinate_jobs", {}) == []


async def test_what_a_stopped_worker_put_down_is_taken_up_by_one_that_is_there(
    url: str, database: Opened, shop: Shop
) -> None:
    first, second = await shop.add(a_job(), a_job())
    stopping = _at_work(url, database, shop.run)
    await stopping.__aenter__()
    await shop.until(lambda: shop.begun == [first.id])
    async with _at_work(url, database, shop.run) as other:
        await stopping.__aexit__(None, None, None)
        assert shop.put_down == [first.id]
        shop.finish(first, second)
        await _over(other, first, second)
    assert shop.begun == [first.id, first.id, second.id]


async def test_a_place_whose_queue_entries_are_in_another_order_is_worked_off_all_the_same(
    url: str, database: Opened, shop: Shop
) -> None:
    first, second = await shop.add(a_job(), a_job())
    # As after a server that went away midway: the older job's entry was lost and stands behind the other's now.
    await database.driver.single(
        "delete from procrastinate_jobs where args->>'job' = :id returning id", {"id": first.id}
    )
    shop.finish(first, second)
    async with _at_work(url, database, shop.run) as engine:
        await engine.reconcile()
        await _over(engine, first, second)
    assert shop.begun == [first.id, second.id]


async def test_somebody_with_many_jobs_leaves_slots_to_others(url: str, database: Opened, shop: Shop) -> None:
    many = await shop.add(*(a_job(Place("test", f"room-{n}"), sender="anna") for n in range(5)))
    (other,) = await shop.add(a_job(THERE, sender="bert"))
    async with _at_work(url, database, shop.run, at_once=2, per_person=1) as engine:
        await shop.until(lambda: other.id in shop.begun)
        assert len(shop.begun) == 2
        shop.finish(*many, other)
        await _over(engine, *many, other)


async def test_a_job_that_is_cancelled_elsewhere_stops(url: str, database: Opened, shop: Shop) -> None:
    (job,) = await shop.add(a_job())
    async with _at_work(url, database, shop.run) as engine:
        await shop.until(lambda: shop.begun == [job.id])
        await database.store.cancel(job.id)
        await shop.until(lambda: shop.put_down == [job.id])
        await _over(engine, job)
    assert await _stage(database, job) is Stage.CANCELLED


async def test_jobs_of_a_platform_that_nobody_speaks_for_wait(url: str, database: Opened, shop: Shop) -> None:
    foreign, ours = await shop.add(a_job(Place("other", "x")), a_job(HERE))
    shop.finish(foreign, ours)
    async with _at_work(url, database, shop.run) as engine:
        await _over(engine, ours)
    assert shop.begun == [ours.id]
    assert await database.store.open_jobs() == [foreign]


async def test_nothing_is_claimed_while_the_backend_is_away_and_everything_once_it_answers(
    url: str, database: Opened, shop: Shop
) -> None:
    backend = Availability(SystemClock())
    backend.note_away(86_400)
    first, second, elsewhere = jobs = await shop.add(a_job(), a_job(), a_job(THERE))
    shop.finish(*jobs)
    taken_up = "select id from procrastinate_jobs where status = 'doing'"
    async with _at_work(url, database, shop.run, ready=backend.reachable) as engine:
        async with asyncio.timeout(PATIENCE):
            while len(await database.driver.single(taken_up, {})) < 2:  # noqa: ASYNC110 - rows of another connection
                await asyncio.sleep(0.05)
        assert shop.begun == []
        assert [row["claim"] for row in await database.driver.single("select claim from jobs", {})] == [""] * 3
        assert await database.store.cancel(second.id) is Stage.ACCEPTED
        backend.note_answer()
        await _over(engine, *jobs)
    assert set(shop.begun) == {first.id, elsewhere.id}


async def test_a_backend_that_goes_away_between_two_jobs_is_waited_for(url: str, database: Opened, shop: Shop) -> None:
    backend = Availability(SystemClock())
    first, second = await shop.add(a_job(), a_job())
    async with _at_work(url, database, shop.run, ready=backend.reachable) as engine:
        await shop.until(lambda: shop.begun == [first.id])
        backend.note_away(86_400)
        shop.finish(first, second)
        await _over(engine, first)
        await engine.reconcile()
        assert shop.begun == [first.id]
        backend.note_answer()
        await _over(engine, second)
    assert shop.begun == [first.id, second.id]


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    with postgres() as started:
        yield started


async def test_a_server_that_goes_away_and_comes_back_costs_no_job(own_server: Postgres, tmp_path: Path) -> None:
    url = own_server.empty()
    async with open_database(tmp_path / "unused", url) as database:
        shop = Shop(database)
        running, behind, elsewhere = await shop.add(a_job(), a_job(), a_job(THERE))
        async with _at_work(url, database, shop.run) as engine:
            await shop.until(lambda: {running.id, elsewhere.id} <= set(shop.begun))
            await asyncio.to_thread(own_server.restart)
            shop.finish(running, behind, elsewhere)
            await _over(engine, running, behind, elsewhere)
    assert shop.begun[-1] == behind.id


class Aside:
    """Puts aside what it is given for the first time, once it may, and ends with all others what comes back ready."""

    def __init__(self, database: Opened, jobs: tuple[Job, ...]) -> None:
        self.store = database.store
        self.jobs = jobs
        self.begun: list[tuple[str, Stage]] = []
        self.gates = {job.id: asyncio.Event() for job in jobs}

    async def run(self, job: Job, token: str) -> None:
        self.begun.append((job.id, job.stage))
        if job.stage is not Stage.READY:
            await self.gates[job.id].wait()
            await self.store.save(replace(job, stage=Stage.READY), token)
            return
        opened = [each for each in await self.store.open_jobs(job.place) if each.stage is Stage.READY]
        carried = tuple(each.id for each in opened if each.id != job.id)
        await self.store.save(replace(job, stage=Stage.DONE, carries=carried), token)


async def _of_one_message(database: Opened, count: int) -> tuple[Job, ...]:
    message = a_message()
    jobs = tuple(a_job(message=message.id) for _ in range(count))
    await database.store.admit(message, jobs)
    return jobs


async def test_what_was_put_aside_is_handed_out_again_after_the_last(url: str, database: Opened) -> None:
    jobs = await _of_one_message(database, 3)
    aside = Aside(database, jobs)
    for gate in aside.gates.values():
        gate.set()
    async with _at_work(url, database, aside.run) as engine:
        await _over(engine, *jobs)
    assert aside.begun == [*((job.id, Stage.ACCEPTED) for job in jobs), (jobs[0].id, Stage.READY)]
    assert [await _stage(database, job) for job in jobs] == [Stage.DONE] * 3


async def _begun(aside: Aside, job_id: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while job_id not in dict(aside.begun):  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.02)


async def test_what_has_been_put_aside_for_long_is_handed_out_beside_what_takes_long(url: str, tmp_path: Path) -> None:
    clock, lease = ForwardClock(), replace(QUICK, expiry=86_400.0, ready_check=0.1)
    async with open_database(tmp_path / "unused", url, clock.now, lease=lease) as database:
        first, second = jobs = await _of_one_message(database, 2)
        aside = Aside(database, jobs)
        aside.gates[first.id].set()
        async with _at_work(url, database, aside.run, lease=lease) as engine:
            await _begun(aside, second.id)
            clock.ahead = lease.ready + 1
            await _over(engine, first)
            assert (await _stage(database, second)) is Stage.ACCEPTED
            aside.gates[second.id].set()
            await _over(engine, second)
    assert (second.id, Stage.READY) in aside.begun
