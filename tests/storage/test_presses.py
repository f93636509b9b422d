"""One press, one job: also where two processes take the two taps of a finger in the same moment."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from core.job import Job, Stage
from core.messages import Incoming
from core.records import AdmissionResult
from storage.store import SqlStore
from tests.jobs import HERE, a_job, a_message
from tests.storage.conftest import Open, Time

PRESS = "test:here/anna/7/export"


def _tap(number: int, time: Time, press: str = PRESS) -> tuple[Incoming, Job]:
    return a_message(id=f"tap-{number}"), a_job(id=f"job-{number}", created=time.now, press=press)


async def test_two_fronts_that_get_one_press_in_the_same_moment_make_one_job(open_store: Open, time: Time) -> None:
    async with open_store() as one, open_store() as other:
        taps = [_tap(number, time) for number in range(6)]
        saved = await asyncio.gather(
            *((one, other)[number % 2].admit(message, [job]) for number, (message, job) in enumerate(taps))
        )
        assert [saved.count(result) for result in (AdmissionResult.SAVED, AdmissionResult.SEEN)] == [1, 5]
        assert len(await one.open_jobs(HERE)) == 1


async def test_a_press_right_after_its_job_has_ended_is_the_same_press(store: SqlStore, time: Time) -> None:
    message, job = _tap(1, time)
    await store.admit(message, [job])
    claimed = await store.claim_next("worker")
    assert claimed is not None
    await store.save(replace(claimed, stage=Stage.DONE), "worker")
    time.now += 1
    message, job = _tap(2, time)
    assert await store.admit(message, [job]) is AdmissionResult.SEEN
    time.now += 5
    message, job = _tap(3, time)
    assert await store.admit(message, [job]) is AdmissionResult.SAVED


async def test_other_buttons_and_plain_words_are_not_held_up(store: SqlStore, time: Time) -> None:
    for number, press in enumerate((PRESS, f"{PRESS}/other", "", "")):
        message, job = _tap(number, time, press)
        assert await store.admit(message, [job]) is AdmissionResult.SAVED
