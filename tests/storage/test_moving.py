"""From a file to a server: everything, in order, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.job import Stage
from core.messages import Place
from core.records import AdmissionResult, OutboxEntry
from storage.moving import TargetInUse, move
from storage.opening import open_database
from storage.sqlite import SqliteDriver
from storage.store import SqlStore
from tests.jobs import HERE, a_job, a_message
from tests.servers.postgres import Postgres


async def test_a_half_done_database_goes_over_whole_and_only_once(database: Path, server: Postgres) -> None:
    jobs = [a_job(Place("test", f"c{n % 3}"), request=f"{n}") for n in range(9)]
    message = a_message()
    async with SqliteDriver(database) as source, open_database(database, server.empty()) as target:
        old, new = SqlStore(source), target.store
        for job in jobs:
            await old.admit(a_message(job.place), [job])
        claimed = await old.claim_next("a" * 32)
        assert claimed
        await old.save(replace(claimed, stage=Stage.RENDERING, render="r1"), "a" * 32)
        await old.cancel(jobs[1].id)
        await old.admit(message, [], answer=OutboxEntry(message.id, HERE, "en", text="soon"))
        await old.update_project(HERE, session="s1")
        await old.set_values("test", "guild/1", {"access": "admins"})
        await old.add_to_inbox("test", "album-1", "not a request yet")

        moved = await move(source, target.driver, target.enqueue)
        assert moved.open_jobs == 8
        assert await new.open_jobs() == await old.open_jobs()
        assert (await new.project(HERE)).session == "s1"
        assert await new.values("test", "guild/1") == {"access": "admins"}
        assert [each.text for each in await new.take_over_outbox(3e9, {"test"})] == ["soon"]
        assert await new.take_over_inbox("test", 3e9) == ["not a request yet"], "it was acknowledged"
        assert await new.admit(message, []) is AdmissionResult.SEEN

        resumed = await new.claim(claimed.id, "b" * 32)
        assert resumed
        assert (resumed.stage, resumed.render) == (Stage.RENDERING, "r1")
        later = a_job(jobs[0].place)
        assert await new.admit(a_message(later.place), [later]) is AdmissionResult.SAVED
        assert (await new.open_jobs(later.place))[-1] == later, "behind what was brought along"

        assert (await move(source, target.driver, target.enqueue)).rows == 0
        [queued] = await target.driver.single("select count(*) as n from procrastinate_jobs", {})
        assert queued["n"] == 9


async def test_a_database_with_other_jobs_is_not_touched(database: Path, server: Postgres) -> None:
    async with SqliteDriver(database) as source, open_database(database, server.empty()) as target:
        await SqlStore(source).admit(a_message(), [a_job()])
        stranger = a_job()
        await target.store.admit(a_message(), [stranger])
        with pytest.raises(TargetInUse):
            await move(source, target.driver, target.enqueue)
        assert await target.store.open_jobs() == [stranger]
