"""Jobs that are ready and wait for the others of their message: who is handed out when, and what ends with whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import LostClaim
from core.job import Job, Stage
from core.records import AdmissionResult
from core.store import Lease
from storage.store import SqlStore
from tests.jobs import a_job, a_message
from tests.storage.conftest import Time

READY = Lease().ready
TOKEN, OTHER = "a" * 32, "b" * 32


async def of_one_message(store: SqlStore, count: int) -> list[Job]:
    message = a_message()
    jobs = [a_job(message=message.id) for _ in range(count)]
    assert await store.admit(message, jobs) is AdmissionResult.SAVED
    return jobs


async def ready(store: SqlStore, job: Job) -> None:
    """Claims the next and puts it aside."""
    claimed = await store.claim_next(TOKEN)
    assert claimed is not None
    assert claimed.id == job.id
    await store.save(replace(claimed, stage=Stage.READY), TOKEN)


async def next_of(store: SqlStore, token: str = TOKEN) -> str:
    claimed = await store.claim_next(token)
    return claimed.id if claimed else ""


async def stages(store: SqlStore, *jobs: Job) -> list[Stage]:
    return [found.stage for job in jobs if (found := await store.job(job.id))]


async def test_what_is_ready_holds_up_none_of_its_message_and_is_handed_out_after_them(store: SqlStore) -> None:
    first, second = await of_one_message(store, 2)
    await ready(store, first)
    await ready(store, second)
    assert await next_of(store) == first.id
    assert await next_of(store, OTHER) == "", "the second waits for what the first makes of it"


async def test_what_is_ready_holds_up_another_message_of_its_place(store: SqlStore) -> None:
    [first, second] = await of_one_message(store, 2)
    [other] = await of_one_message(store, 1)
    await ready(store, first)
    await store.cancel(second.id)
    assert await next_of(store) == first.id
    assert await next_of(store, OTHER) == ""
    claimed = await store.job(first.id)
    assert claimed is not None
    await store.save(replace(claimed, stage=Stage.DONE), TOKEN)
    assert await next_of(store, OTHER) == other.id


async def test_what_has_been_ready_for_long_is_handed_out_beside_one_that_is_being_worked_on(
    store: SqlStore, time: Time
) -> None:
    first, second, third = await of_one_message(store, 3)
    await ready(store, first)
    assert await next_of(store) == second.id
    assert await next_of(store, OTHER) == ""
    time.now += READY - 1
    await store.renew(TOKEN)
    assert await next_of(store, OTHER) == ""
    time.now += 2
    assert await next_of(store, OTHER) == first.id
    assert await store.claim(third.id, "c" * 32) is None


async def test_of_several_that_may_be_handed_out_the_oldest_is(store: SqlStore, time: Time) -> None:
    first, second = await of_one_message(store, 2)
    await ready(store, first)
    time.now += READY + 1
    for expected in (first, second):
        claimed = await store.claim(second.id, TOKEN)
        assert claimed is not None
        assert claimed.id == expected.id
        await store.save(replace(claimed, stage=Stage.DONE), TOKEN)


async def test_what_a_job_carries_ends_with_it(store: SqlStore) -> None:
    first, second, third = await of_one_message(store, 3)
    for job in (first, second, third):
        await ready(store, job)
    assert await next_of(store) == first.id
    leader = replace(first, stage=Stage.DELIVERING, carries=(second.id,))
    await store.save(leader, TOKEN)
    assert await stages(store, first, second) == [Stage.DELIVERING, Stage.READY]
    with pytest.raises(LostClaim):
        await store.save(replace(leader, stage=Stage.DONE), OTHER)
    assert await stages(store, second) == [Stage.READY]
    await store.save(replace(leader, stage=Stage.DONE), TOKEN)
    assert await stages(store, first, second, third) == [Stage.DONE, Stage.DONE, Stage.READY]
    assert await store.prune(float("inf")) > 0
    assert await store.job(second.id) is None, "it is over, and gone when its time comes"


async def test_what_a_job_carries_is_cancelled_with_it(store: SqlStore) -> None:
    first, second = await of_one_message(store, 2)
    for job in (first, second):
        await ready(store, job)
    await next_of(store)
    await store.save(replace(first, stage=Stage.DELIVERING, carries=(second.id,)), TOKEN)
    assert await store.cancel(first.id) is Stage.DELIVERING
    assert await stages(store, first, second) == [Stage.CANCELLED, Stage.CANCELLED]


async def test_what_is_parted_is_delivered_by_itself_once_the_first_is_done(store: SqlStore) -> None:
    first, second = await of_one_message(store, 2)
    for job in (first, second):
        await ready(store, job)
    await next_of(store)
    await store.split_batch([second.id], OTHER)
    assert await stages(store, second) == [Stage.READY], "only who has a claim may part them"
    await store.split_batch([second.id], TOKEN)
    assert await next_of(store, OTHER) == ""
    await store.save(replace(first, stage=Stage.DONE), TOKEN)
    claimed = await store.claim_next(OTHER)
    assert claimed is not None
    assert (claimed.id, claimed.stage) == (second.id, Stage.DELIVERING)
