"""The engine of one process on a real store: order, isolation, stopping, and what the next start takes up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import LostClaim
from core.job import Job, Stage
from core.jobs.worker import Worker
from core.messages import Place
from core.nemo.availability import Availability
from core.store import ClaimFilter, Lease
from storage.opening import sqlite_store
from storage.store import SqlStore
from tests.clock import FakeClock, settle
from tests.jobs import HERE, THERE, a_job, a_message


@asynccontextmanager
async def _at_work(store: SqlStore, run: Callable[[Job, str], Awaitable[None]], **values: Any) -> AsyncIterator[Worker]:
    async with asyncio.timeout(60), Worker(store, run, **values) as worker:  # what hangs is a failure
        yield worker


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with sqlite_store(tmp_path / "db") as opened:
        yield opened


class Workshop:
    """Jobs that begin, wait until they may end, and end as done unless something else is in `ends`."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.begun: list[str] = []
        self.put_down: list[str] = []
        self.tokens: dict[str, str] = {}
        self.ends: dict[str, Exception] = {}
        self.most_at_once = 0
        self._gates: dict[str, asyncio.Event] = {}
        self._running = 0
        self._news = asyncio.Condition()

    async def run(self, job: Job, token: str) -> None:
        self.begun.append(job.id)
        self.tokens[job.id] = token
        self._running += 1
        self.most_at_once = max(self.most_at_once, self._running)
        try:
            await self._tell()
            await self._gate(job.id).wait()
        except asyncio.CancelledError:
            self.put_down.append(job.id)
            raise
        finally:
            self._running -= 1
        if job.id in self.ends:
            raise self.ends[job.id]
        await self.store.save(replace(job, stage=Stage.DONE), token)

    def finish(self, *jobs: Job) -> None:
        for job in jobs:
            self._gate(job.id).set()

    async def until_begun(self, *jobs: Job) -> None:
        async with self._news:
            await self._news.wait_for(lambda: {job.id for job in jobs} <= set(self.begun))

    async def add(self, *jobs: Job) -> tuple[Job, ...]:
        for job in jobs:
            await self.store.admit(a_message(job.place), [job])
        return jobs

    async def stage(self, job: Job) -> Stage:
        found = await self.store.job(job.id)
        assert found
        return found.stage

    def _gate(self, job_id: str) -> asyncio.Event:
        return self._gates.setdefault(job_id, asyncio.Event())

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


@pytest.fixture
def shop(store: SqlStore) -> Workshop:
    return Workshop(store)


async def test_jobs_of_a_place_run_one_after_the_other(store: SqlStore, shop: Workshop) -> None:
    jobs = await shop.add(a_job(), a_job(), a_job())
    async with _at_work(store, shop.run) as worker:
        shop.finish(*jobs)
        await worker.wait_for(job.id for job in jobs)
    assert shop.begun == [job.id for job in jobs]
    assert shop.most_at_once == 1


async def test_places_run_side_by_side(store: SqlStore, shop: Workshop) -> None:
    jobs = await shop.add(a_job(HERE), a_job(THERE), a_job(Place("other", "x")))
    async with _at_work(store, shop.run) as worker:
        await shop.until_begun(*jobs)
        shop.finish(jobs[2], jobs[0], jobs[1])
        await worker.wait_for(job.id for job in jobs)
    assert shop.most_at_once == 3


async def test_no_more_jobs_run_than_at_once(store: SqlStore, shop: Workshop) -> None:
    jobs = await shop.add(*(a_job(Place("test", str(number))) for number in range(6)))
    async with _at_work(store, shop.run, at_once=2) as worker:
        await shop.until_begun(*jobs[:2])
        shop.finish(*jobs)
        await worker.wait_for(job.id for job in jobs)
    assert shop.most_at_once == 2
    assert shop.begun == [job.id for job in jobs]


async def test_wake_announces_a_new_job(store: SqlStore, shop: Workshop) -> None:
    async with _at_work(store, shop.run) as worker:
        for _ in range(3):
            (job,) = await shop.add(a_job())
            worker.wake()
            shop.finish(job)
            await worker.wait_for([job.id])
            assert await shop.stage(job) is Stage.DONE


async def test_one_jobs_exception_costs_no_other(
    store: SqlStore, shop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    broken, same_place, elsewhere = await shop.add(a_job(), a_job(), a_job(THERE))
    shop.ends[broken.id] = RuntimeError("a mistake of ours")
    shop.finish(broken, same_place, elsewhere)
    async with _at_work(store, shop.run, at_once=1) as worker:
        await worker.wait_for([broken.id, same_place.id, elsewhere.id])
    assert [await shop.stage(job) for job in (broken, same_place, elsewhere)] == [
        Stage.FAILED,
        Stage.DONE,
        Stage.DONE,
    ]
    assert "a mistake of ours" in caplog.text


async def test_a_job_that_another_worker_has_claimed_is_left_to_it(
    store: SqlStore, shop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    job, other = await shop.add(a_job(), a_job(THERE))
    shop.ends[job.id] = LostClaim(job.id)
    async with _at_work(store, shop.run) as worker:
        await shop.until_begun(job, other)
        shop.finish(other)
        await worker.wait_for([other.id])
        await store.open_jobs()  # the worker has looked for more by now
        await store.release_claims(HERE)
        assert await store.claim_next("somebody else", ClaimFilter(HERE)) == job
        shop.finish(job)
        await settle()
    assert shop.put_down == []
    await store.save(replace(job, stage=Stage.EDITING), "somebody else")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_stop_ends_a_running_job_and_the_next_one_begins(store: SqlStore, shop: Workshop) -> None:
    first, second = await shop.add(a_job(), a_job())
    async with _at_work(store, shop.run) as worker:
        await shop.until_begun(first)
        await store.cancel(first.id)
        worker.stop(first.id)
        await worker.wait_for([first.id])
        assert shop.put_down == [first.id]
        await shop.until_begun(second)
        shop.finish(second)
        await worker.wait_for([second.id])
    assert [await shop.stage(first), await shop.stage(second)] == [Stage.CANCELLED, Stage.DONE]


async def test_stopping_twice_does_not_disturb_the_putting_down(store: SqlStore) -> None:
    running, stopped = asyncio.Event(), asyncio.Event()
    said: list[str] = []

    async def run(job: Job, token: str) -> None:
        running.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            stopped.set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            said.append("cancelled")
            raise

    job = a_job()
    await store.admit(a_message(), [job])
    async with _at_work(store, run) as worker:
        await running.wait()
        await store.cancel(job.id)
        worker.stop(job.id)
        await stopped.wait()
        worker.stop(job.id)
        await worker.wait_for([job.id])
    assert said == ["cancelled"]


async def test_a_job_that_is_stopped_before_its_first_step_gives_its_slot_free(
    store: SqlStore, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, elsewhere = await shop.add(a_job(), a_job(THERE))
    claim = store.claim_next

    async def claim_and_cancel(*args: Any) -> Job | None:
        found = await claim(*args)
        if found == job:
            await store.cancel(job.id)
            # After the task is made and before it takes its first step.
            asyncio.get_running_loop().call_soon(worker.stop, job.id)
        return found

    monkeypatch.setattr(store, "claim_next", claim_and_cancel)
    shop.finish(elsewhere)
    async with _at_work(store, shop.run, at_once=1) as worker:
        await worker.wait_for([job.id, elsewhere.id])
    assert shop.begun == [elsewhere.id]


async def test_stopping_what_does_not_run_does_nothing(store: SqlStore, shop: Workshop) -> None:
    async with _at_work(store, shop.run) as worker:
        worker.stop("nobody")
        (job,) = await shop.add(a_job())
        worker.wake()
        shop.finish(job)
        await worker.wait_for([job.id])
    assert await shop.stage(job) is Stage.DONE


async def test_waiting_for_what_is_over_returns(store: SqlStore, shop: Workshop) -> None:
    over, cancelled = await shop.add(a_job(), a_job(THERE))
    await store.cancel(cancelled.id)
    shop.finish(over)
    async with _at_work(store, shop.run) as worker:
        await worker.wait_for([over.id])
        await worker.wait_for([over.id, cancelled.id, "nobody"])
        await worker.wait_for([])


async def test_waiting_for_a_queued_job_lasts_until_its_own_end(store: SqlStore, shop: Workshop) -> None:
    first, queued = await shop.add(a_job(), a_job())
    async with _at_work(store, shop.run) as worker:
        waiting = asyncio.create_task(worker.wait_for([queued.id]))
        await shop.until_begun(first)
        shop.finish(first)
        await worker.wait_for([first.id])
        await shop.until_begun(queued)
        assert not waiting.done()
        shop.finish(queued)
        await waiting
    assert await shop.stage(queued) is Stage.DONE


async def test_waiting_for_a_queued_job_ends_when_it_is_cancelled(store: SqlStore, shop: Workshop) -> None:
    running, queued = await shop.add(a_job(), a_job())
    async with _at_work(store, shop.run) as worker:
        await shop.until_begun(running)
        waiting = asyncio.create_task(worker.wait_for([queued.id]))
        await store.open_jobs()  # the waiting one has asked the store by now
        await store.cancel(queued.id)
        worker.stop(queued.id)
        await waiting
        assert shop.begun == [running.id]


async def test_leaving_puts_the_jobs_down_and_the_next_start_takes_them_up(store: SqlStore, shop: Workshop) -> None:
    first, second, elsewhere = await shop.add(a_job(), a_job(), a_job(THERE))
    async with _at_work(store, shop.run):
        await shop.until_begun(first, elsewhere)
    assert sorted(shop.put_down) == sorted([first.id, elsewhere.id])
    assert await store.open_jobs() == [first, second, elsewhere]
    old = dict(shop.tokens)
    async with _at_work(store, shop.run) as worker:
        shop.finish(first, second, elsewhere)
        await worker.wait_for([first.id, second.id, elsewhere.id])
    assert shop.begun[2:].count(first.id) == 1
    assert shop.tokens[first.id] != old[first.id]
    assert await store.open_jobs() == []


async def test_claims_of_a_process_that_died_are_released_at_the_start(store: SqlStore, shop: Workshop) -> None:
    (job,) = await shop.add(a_job())
    await store.claim_next("a process that died")
    shop.finish(job)
    async with _at_work(store, shop.run) as worker:
        await worker.wait_for([job.id])
    assert await shop.stage(job) is Stage.DONE


async def test_a_worker_of_one_place_leaves_the_others_alone(store: SqlStore, shop: Workshop) -> None:
    here, there = await shop.add(a_job(), a_job(THERE))
    assert await store.claim_next("another process", ClaimFilter(THERE)) == there
    shop.finish(here, there)
    async with _at_work(store, shop.run, only=HERE) as worker:
        await worker.wait_for([here.id])
    assert shop.begun == [here.id]
    await store.save(replace(there, stage=Stage.DONE), "another process")


async def test_a_store_that_fails_for_a_while_costs_no_slot_and_no_job(
    store: SqlStore, shop: Workshop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    claim, failures = store.claim_next, iter(range(3))

    async def claim_later(*args: Any) -> Job | None:
        if next(failures, None) is not None:
            raise OSError("database is locked")
        return await claim(*args)

    monkeypatch.setattr(store, "claim_next", claim_later)
    (job,) = await shop.add(a_job())
    shop.finish(job)
    async with _at_work(store, shop.run, at_once=1, lease=Lease(retry=0)) as worker:
        await worker.wait_for([job.id])
    assert "database is locked" in caplog.text


async def test_a_run_that_has_ended_its_job_may_tidy_up(store: SqlStore) -> None:
    tidied: list[str] = []

    async def run(job: Job, token: str) -> None:
        await store.save(replace(job, stage=Stage.DONE), token)
        await asyncio.sleep(0.1)  # five heartbeats long
        tidied.append(job.id)

    job = a_job()
    await store.admit(a_message(), [job])
    async with _at_work(store, run, lease=Lease(heartbeat=0.02)) as worker:
        await worker.wait_for([job.id])
    assert tidied == [job.id]


async def test_nothing_is_claimed_while_the_backend_is_away_and_everything_once_it_answers(store: SqlStore) -> None:
    clock, shop = FakeClock(), Workshop(store)
    backend = Availability(clock)
    backend.note_away(8)
    [job] = await shop.add(a_job())
    async with _at_work(store, shop.run, ready=backend.reachable):
        await clock.someone_sleeps(8)
        assert shop.begun == []
        backend.note_answer()
        await shop.until_begun(job)
        shop.finish(job)


async def test_a_backend_that_nobody_hears_of_is_tried_again_when_its_time_has_come(store: SqlStore) -> None:
    clock, shop = FakeClock(), Workshop(store)
    backend = Availability(clock)
    backend.note_away(8)
    [job] = await shop.add(a_job())
    async with _at_work(store, shop.run, ready=backend.reachable):
        await clock.someone_sleeps(8)
        await clock.advance(8)
        await shop.until_begun(job)
        shop.finish(job)
