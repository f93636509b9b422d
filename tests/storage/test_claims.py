"""Leases, the waiting room, edited requests and pruning, on a real database and a clock of our own."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from core.errors import LostClaim
from core.job import Job, Stage
from core.records import AdmissionResult, Ahead, Room
from core.store import Lease
from storage.store import SqlStore
from tests.jobs import HERE, THERE, a_job, a_message
from tests.storage.conftest import Time

EXPIRY = Lease().expiry
OLD, NEW = "a" * 32, "b" * 32


async def _add(store: SqlStore, *jobs: Job) -> None:
    for job in jobs:
        assert await store.admit(a_message(job.place, sender=job.sender), [job]) is AdmissionResult.SAVED


async def test_an_expired_claim_can_be_taken_over_and_its_late_writes_change_nothing(
    store: SqlStore, time: Time
) -> None:
    job = a_job()
    await _add(store, job)
    assert await store.claim_next(OLD + "1") == job
    time.now += EXPIRY - 1
    assert await store.claim_next(NEW + "1") is None
    time.now += 2
    assert await store.claim_next(NEW + "1") == job
    with pytest.raises(LostClaim):
        await store.save(replace(job, stage=Stage.DONE), OLD + "1")
    await store.save(replace(job, stage=Stage.DONE), NEW + "1")


async def test_a_heartbeat_renews_claims_and_returns_those_that_are_still_good(store: SqlStore, time: Time) -> None:
    here, there = a_job(), a_job(THERE)
    await _add(store, here, there)
    await store.claim_next(OLD + "1")
    await store.claim_next(OLD + "2")
    time.now += EXPIRY - 1
    assert await store.renew(OLD) == {OLD + "1", OLD + "2"}
    time.now += EXPIRY - 1
    assert await store.claim_next(NEW + "1") is None
    await store.cancel(here.id)
    assert await store.renew(OLD) == {OLD + "2"}
    assert await store.renew(NEW) == set()


async def test_whichever_job_is_asked_for_the_oldest_of_its_place_is_claimed(store: SqlStore) -> None:
    first, second, elsewhere = a_job(), a_job(), a_job(THERE)
    await _add(store, elsewhere, first, second)
    assert await store.claim(second.id, NEW + "1") == first
    assert await store.claim(first.id, OLD + "1") is None
    assert await store.claim(second.id, OLD + "1") is None
    await store.release(NEW + "1")
    assert await store.claim(first.id, OLD + "1") == first
    await store.save(replace(first, stage=Stage.FAILED), OLD + "1")
    assert await store.claim(first.id, NEW + "2") is None, "it is over, and those behind it are not its business"
    assert await store.claim(second.id, NEW + "2") == second
    assert await store.claim(uuid.uuid4().hex, NEW + "3") is None


async def test_a_full_waiting_room_saves_nothing_of_a_message(store: SqlStore) -> None:
    room = Room(in_all=3, per_person=2)
    message = a_message(sender="anna")
    assert await store.admit(message, [a_job(sender="anna"), a_job(sender="anna")], room) is AdmissionResult.SAVED
    assert await store.admit(a_message(sender="anna"), [a_job(sender="anna")], room) is AdmissionResult.FULL_FOR_YOU
    assert await store.admit(a_message(sender="ben"), [a_job(), a_job()], room) is AdmissionResult.FULL
    assert len(await store.open_jobs()) == 2
    assert await store.admit(a_message(sender="anna"), [], room) is AdmissionResult.SAVED


async def test_a_refused_message_may_come_again(store: SqlStore) -> None:
    room = Room(in_all=0)
    message, job = a_message(), a_job()
    assert await store.admit(message, [job], room) is AdmissionResult.FULL
    assert await store.admit(message, [job], Room()) is AdmissionResult.SEEN, "it was answered with a refusal"


async def test_an_edit_that_finds_no_room_leaves_its_earlier_words_waiting(store: SqlStore) -> None:
    room, message = Room(in_all=1), a_message()
    waiting = a_job(message=message.id)
    assert await store.admit(message, [waiting], room) is AdmissionResult.SAVED
    larger = a_message(replaces=message.id)
    assert await store.admit(larger, [a_job(), a_job()], room) is AdmissionResult.FULL
    assert await store.open_jobs() == [waiting]
    after = a_job()
    assert await store.admit(a_message(replaces=message.id), [after], room) is AdmissionResult.SAVED, "one for one fits"
    assert await store.open_jobs() == [after]
    assert await store.admit(a_message(replaces="another"), [a_job()], room) is AdmissionResult.TOO_LATE


async def test_an_edited_request_takes_the_place_of_what_waits(store: SqlStore) -> None:
    first, waiting = a_message(id="m-first"), a_message(id="m-waiting")
    running, before = a_job(message=first.id), a_job(message=waiting.id)
    await store.admit(first, [running])
    await store.admit(waiting, [before])
    await store.claim_next(OLD + "1")
    after = a_job(request="as it reads now")
    edit = a_message(id="m-waiting-edited", replaces=waiting.id)
    assert await store.admit(edit, [after]) is AdmissionResult.SAVED
    assert await store.open_jobs() == [running, after]
    late = a_message(id="m-first-edited", replaces=first.id)
    assert await store.admit(late, [a_job()]) is AdmissionResult.TOO_LATE
    assert await store.open_jobs() == [running, after]


async def test_what_a_job_waits_for_is_counted(store: SqlStore) -> None:
    jobs = [a_job(), a_job(THERE), a_job()]
    await _add(store, *jobs)
    assert await store.ahead_of(jobs[2].id) == Ahead(in_place=1, in_all=2)
    await store.cancel(jobs[0].id)
    assert await store.ahead_of(jobs[2].id) == Ahead(in_place=0, in_all=1)
    assert await store.ahead_of(jobs[0].id) == Ahead(0, 0)


async def test_old_rows_go_and_open_jobs_stay(store: SqlStore, time: Time) -> None:
    old, still_open = a_job(), a_job(THERE)
    message = a_message()
    await store.admit(message, [old])
    await _add(store, still_open)
    await store.cancel(old.id)
    time.now += 100
    young = a_job()
    await _add(store, young)
    await store.cancel(young.id)
    assert await store.prune(time.now - 50) == 1 + 2  # the job, and two messages that were seen
    assert await store.job(old.id) is None
    kept = await store.job(young.id)
    assert kept
    assert await store.open_jobs() == [still_open]
    assert await store.admit(message, []) is AdmissionResult.SAVED


async def test_the_operator_sees_the_newest_first(store: SqlStore) -> None:
    jobs = [a_job(), a_job(THERE)]
    await _add(store, *jobs)
    await store.cancel(jobs[0].id)
    assert [job.id for job in await store.jobs()] == [jobs[1].id, jobs[0].id]
    assert [job.id for job in await store.jobs(only_open=True)] == [jobs[1].id]
    assert await store.jobs(platform="elsewhere") == []
    assert len(await store.jobs(most=1)) == 1
    assert {job.place for job in await store.jobs()} == {HERE, THERE}
