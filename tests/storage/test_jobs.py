"""Messages, jobs and claims, on a real SQLite file."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import psycopg
import pytest

from core.errors import LostClaim
from core.job import Job, Stage
from core.messages import Place
from core.records import AdmissionResult
from core.store import ClaimFilter
from storage.store import SqlStore
from tests.jobs import HERE, THERE, a_job, a_message


async def _add(store: SqlStore, *jobs: Job) -> None:
    for job in jobs:
        assert AdmissionResult.SAVED is await store.admit(a_message(job.place), [job])


async def test_a_message_is_accepted_once(store: SqlStore) -> None:
    message = a_message()
    assert AdmissionResult.SAVED is await store.admit(message, [a_job()])
    assert AdmissionResult.SEEN is await store.admit(message, [a_job()])
    assert len(await store.open_jobs()) == 1


async def test_the_same_id_on_two_platforms_is_two_messages(store: SqlStore) -> None:
    assert AdmissionResult.SAVED is await store.admit(a_message(Place("one", "x"), id="7"), [])
    assert AdmissionResult.SAVED is await store.admit(a_message(Place("two", "x"), id="7"), [])


async def test_a_message_whose_jobs_cannot_be_saved_was_not_seen(store: SqlStore) -> None:
    message, job = a_message(), a_job()
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        await store.admit(message, [a_job(), job, job])
    assert await store.open_jobs() == []
    assert AdmissionResult.SAVED is await store.admit(message, [job]), "the platform sends it again"
    assert await store.open_jobs() == [job]


async def test_jobs_come_out_as_they_went_in(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    assert await store.job(job.id) == job
    assert await store.job("nobody") is None


async def test_jobs_of_one_message_keep_their_order(store: SqlStore) -> None:
    jobs = [a_job(request=str(number)) for number in range(5)]
    await store.admit(a_message(), jobs)
    assert await store.open_jobs() == jobs


async def test_only_the_oldest_open_job_of_a_place_can_be_claimed(store: SqlStore) -> None:
    first, second = a_job(), a_job()
    await _add(store, first, second)
    assert await store.claim_next("a") == first
    assert await store.claim_next("b") is None
    await store.save(replace(first, stage=Stage.DONE), "a")
    assert await store.claim_next("b") == second


async def test_a_claimed_job_does_not_hold_up_another_place(store: SqlStore) -> None:
    here, there = a_job(), a_job(THERE)
    await _add(store, here, there)
    assert await store.claim_next("a") == here
    assert await store.claim_next("b") == there


async def test_places_with_the_same_key_on_two_platforms_are_two_places(store: SqlStore) -> None:
    jobs = [a_job(Place("one", "x")), a_job(Place("two", "x"))]
    await _add(store, *jobs)
    assert [await store.claim_next("a"), await store.claim_next("b")] == jobs


async def test_claims_can_be_confined_to_a_place(store: SqlStore) -> None:
    here, there = a_job(), a_job(THERE)
    await _add(store, here, there)
    assert await store.claim_next("a", ClaimFilter(THERE)) == there
    assert await store.claim_next("a", ClaimFilter(THERE)) is None


async def test_claims_are_handed_out_oldest_first(store: SqlStore) -> None:
    jobs = [a_job(Place("test", str(number)), created=-number) for number in range(4)]
    await _add(store, *jobs)
    assert [await store.claim_next("a") for _ in jobs] == jobs


async def test_what_is_saved_is_read(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    await store.claim_next("a")
    saved = replace(job, stage=Stage.EDITING, before='{"a": "é"}', offers=("one", "two"))
    await store.save(saved, "a")
    assert await store.job(job.id) == saved


async def test_a_lost_claim_changes_nothing(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    await store.claim_next("old")
    await store.release_claims()
    assert await store.claim_next("new") == job
    with pytest.raises(LostClaim):
        await store.save(replace(job, stage=Stage.DONE), "old")
    assert await store.job(job.id) == job
    await store.save(replace(job, stage=Stage.EDITING), "new")


async def test_an_unclaimed_job_cannot_be_saved(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    with pytest.raises(LostClaim):
        await store.save(replace(job, stage=Stage.DONE), "never claimed")


async def test_a_job_that_is_over_cannot_be_saved_again(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    await store.claim_next("a")
    await store.save(replace(job, stage=Stage.DONE), "a")
    with pytest.raises(LostClaim):
        await store.save(replace(job, stage=Stage.EDITING), "a")
    assert await store.open_jobs() == []


async def test_a_cancelled_job_is_lost_to_its_worker(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    await store.claim_next("a")
    await store.save(replace(job, stage=Stage.RENDERING, render="r1"), "a")
    assert await store.cancel(job.id) is Stage.RENDERING
    with pytest.raises(LostClaim):
        await store.save(replace(job, stage=Stage.DONE), "a")
    kept = await store.job(job.id)
    assert kept
    assert (kept.stage, kept.render) == (Stage.CANCELLED, "r1")


async def test_cancelling_gives_the_place_free(store: SqlStore) -> None:
    first, second = a_job(), a_job()
    await _add(store, first, second)
    await store.claim_next("a")
    await store.cancel(first.id)
    assert await store.claim_next("b") == second


async def test_what_is_over_cannot_be_cancelled(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    await store.claim_next("a")
    await store.save(replace(job, stage=Stage.DONE), "a")
    assert await store.cancel(job.id) is None
    assert await store.cancel("nobody") is None
    kept = await store.job(job.id)
    assert kept
    assert kept.stage is Stage.DONE


async def test_a_job_is_cancelled_once(store: SqlStore) -> None:
    job = a_job()
    await _add(store, job)
    assert await store.cancel(job.id) is Stage.ACCEPTED
    assert await store.cancel(job.id) is None


async def test_open_jobs_are_those_that_are_not_over(store: SqlStore) -> None:
    here, over, there = a_job(), a_job(), a_job(THERE)
    await _add(store, here, over, there)
    await store.cancel(over.id)
    assert await store.open_jobs() == [here, there]
    assert await store.open_jobs(HERE) == [here]
    assert await store.open_jobs(THERE) == [there]


async def test_released_claims_can_be_claimed_again(store: SqlStore) -> None:
    here, there = a_job(), a_job(THERE)
    await _add(store, here, there)
    await store.claim_next("a")
    await store.claim_next("b")
    await store.release_claims(HERE)
    assert await store.claim_next("c") == here
    assert await store.claim_next("c") is None
    await store.release_claims()
    assert [await store.claim_next("d"), await store.claim_next("d")] == [here, there]
