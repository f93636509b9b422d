"""Nobody waits in a circle: whatever lies in a place, somebody there can be worked on without time passing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from core.job import Job, Stage
from core.messages import Place
from core.records import AdmissionResult
from core.store import ClaimFilter
from storage.store import SqlStore
from tests.jobs import a_job, a_message
from tests.storage.conftest import Time

TOKEN = "a" * 32
MOST = 4
STAGES = (Stage.ACCEPTED, Stage.READY)  # of the others none is waited for in a way of its own

# A job as (which message it is of, its stage).
Order = tuple[tuple[int, Stage], ...]


def orders() -> Iterator[Order]:
    """Every order of up to `MOST` jobs: of one message or of several, each waiting or ready."""
    for count in range(1, MOST + 1):
        for messages in itertools.product(range(count), repeat=count):
            # Messages are numbered as they turn up: another numbering of the same order says nothing new.
            if list(dict.fromkeys(messages)) == list(range(len(set(messages)))):
                for stages in itertools.product(STAGES, repeat=count):
                    yield tuple(zip(messages, stages, strict=True))


async def lay_out(store: SqlStore, place: Place, order: Order) -> list[Job]:
    jobs = [a_job(place, message=f"{place.key}-{message}", stage=stage) for message, stage in order]
    assert await store.admit(a_message(place), jobs) is AdmissionResult.SAVED
    return jobs


async def worked_off(store: SqlStore, place: Place, *, aside: bool = False) -> list[Job]:
    """What was claimed, one after the other. `aside` puts a waiting job aside before its result goes out."""
    wanted, claimed = ClaimFilter(place), []
    while job := await store.claim_next(TOKEN, wanted):
        claimed.append(job)
        waits = aside and job.stage is Stage.ACCEPTED
        await store.save(replace(job, stage=Stage.READY if waits else Stage.DONE), TOKEN)
    return claimed


async def test_in_no_order_of_jobs_do_all_of_them_wait(store: SqlStore, time: Time) -> None:
    """Whatever a job becomes when it has been worked on, the others are in one of these orders again: so the first step
    is enough to see."""
    time.now = 50.0  # rows laid out by hand have been ready since 0, which is not overdue yet
    for number, order in enumerate(orders()):
        place = Place("test", f"place-{number}")
        jobs = await lay_out(store, place, order)
        claimed = await store.claim_next(TOKEN, ClaimFilter(place))
        assert claimed is not None, f"all wait for each other: {order}"
        before = jobs[: jobs.index(claimed)]
        assert {job.message for job in before} <= {claimed.message}, f"{jobs.index(claimed)} is too early in {order}"


async def test_an_edit_behind_another_message_sends_out_at_once_what_is_ready(store: SqlStore) -> None:
    message, other = a_message(), a_message()
    first, second = a_job(message=message.id), a_job(message=message.id)
    behind, anew = a_job(message=other.id), a_job(message=message.id)
    assert await store.admit(message, [first, second]) is AdmissionResult.SAVED
    assert await store.claim_next(TOKEN) == first
    await store.save(replace(first, stage=Stage.READY), TOKEN)
    assert await store.admit(other, [behind]) is AdmissionResult.SAVED
    assert await store.admit(a_message(replaces=message.id), [anew]) is AdmissionResult.SAVED
    claimed = await worked_off(store, first.place)
    assert [job.id for job in claimed] == [first.id, behind.id, anew.id]


async def test_an_edit_with_nobody_behind_it_is_waited_for(store: SqlStore) -> None:
    message = a_message()
    first, second, anew = (a_job(message=message.id) for _ in range(3))
    assert await store.admit(message, [first, second]) is AdmissionResult.SAVED
    assert await store.claim_next(TOKEN) == first
    await store.save(replace(first, stage=Stage.READY), TOKEN)
    assert await store.admit(a_message(replaces=message.id), [anew]) is AdmissionResult.SAVED
    claimed = await worked_off(store, first.place, aside=True)
    assert [job.id for job in claimed] == [anew.id, first.id, anew.id]
