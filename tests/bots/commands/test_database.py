"""What the operator's commands say and do, as processes of their own, on both databases."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from core.job import Job, Stage
from storage.opening import open_database, sqlite_store
from tests.bots.desk import Desk
from tests.jobs import HERE, a_job, a_message
from tests.servers.postgres import Postgres


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
async def jobs(desk: Desk) -> list[Job]:
    """One that waits, one that failed."""
    made = [a_job(request="make it shorter"), a_job(request="make it longer")]
    async with sqlite_store(desk.folder / "data" / "cutroom.db") as store:
        failed, waiting = made
        await store.admit(a_message(), [failed])
        await store.claim_next("a" * 32)
        await store.save(replace(failed, stage=Stage.FAILED, error="render-failed"), "a" * 32)
        await store.admit(a_message(), [waiting])
    return made


async def test_jobs_are_listed_without_what_people_wrote(desk: Desk, jobs: list[Job]) -> None:
    ran = await desk.run("jobs", "list", "--json")
    listed = [json.loads(line) for line in ran.out.splitlines()]
    assert [(job["id"], job["stage"], job["error"]) for job in listed] == [
        (jobs[1].id, "accepted", ""),
        (jobs[0].id, "failed", "render-failed"),
    ]
    assert "make it" not in ran.out
    table = await desk.run("jobs", "list", "--open", COLUMNS="200")
    assert jobs[1].id in table.out
    assert jobs[0].id not in table.out


async def test_one_job_is_shown_with_its_request(desk: Desk, jobs: list[Job]) -> None:
    ran = await desk.run("jobs", "show", jobs[0].id, "--json")
    assert json.loads(ran.out)["request"] == "make it shorter"
    missing = await desk.run("jobs", "show", "nothing")
    assert (missing.code, missing.err) == (1, "There is no job nothing.\n")


async def test_a_job_is_cancelled_and_retried_from_outside(desk: Desk, jobs: list[Job]) -> None:
    assert "Cancelled while accepted" in (await desk.run("jobs", "cancel", jobs[1].id)).out
    assert "already ended" in (await desk.run("jobs", "cancel", jobs[1].id)).out
    assert "Queued as" in (await desk.run("jobs", "retry", jobs[0].id)).out
    assert "retried already" in (await desk.run("jobs", "retry", jobs[0].id)).out
    async with sqlite_store(desk.folder / "data" / "cutroom.db") as store:
        [again] = await store.open_jobs()
    assert (again.request, again.place, again.stage) == ("make it shorter", HERE, Stage.ACCEPTED)


async def test_a_retry_from_outside_pays_for_nothing_twice(desk: Desk, jobs: list[Job]) -> None:
    async with sqlite_store(desk.folder / "data" / "cutroom.db") as store:
        await store.update_project(HERE, session="s")
        taken = replace(jobs[1], session="s", edited=True, before="{}", answer="Done.", error="edit-unseen")
        await store.claim_next("b" * 32)
        await store.save(replace(taken, stage=Stage.FAILED), "b" * 32)
    assert "Queued as" in (await desk.run("jobs", "retry", jobs[1].id)).out
    async with sqlite_store(desk.folder / "data" / "cutroom.db") as store:
        [again] = await store.open_jobs()
    assert (again.session, again.edited, again.answer, again.before) == ("s", True, "Done.", "{}")


async def test_a_backup_is_whole_and_private_and_writes_over_nothing(desk: Desk, jobs: list[Job]) -> None:
    copy = desk.folder / "copy.db"
    async with sqlite_store(desk.folder / "data" / "cutroom.db"):  # while somebody uses it
        ran = await desk.run("backup", copy)
    assert ran.code == 0, ran.err
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    connection = sqlite3.connect(copy)
    assert connection.execute("select count(*) from jobs").fetchone() == (2,)
    connection.close()
    again = await desk.run("backup", copy)
    assert again.code == 2
    assert "there already" in again.err


async def test_a_database_moves_to_a_server_with_its_open_jobs(desk: Desk, jobs: list[Job], server: Postgres) -> None:
    url = await asyncio.to_thread(server.empty)
    ran = await desk.run("migrate", "--to", url)
    assert ran.code == 0, ran.err
    assert "1 jobs of them still open" in ran.out
    async with open_database(desk.folder / "unused", url) as database:
        assert [job.id for job in await database.store.open_jobs()] == [jobs[1].id]
    listed = await desk.run("jobs", "list", "--json", DATABASE_URL=url)
    assert len(listed.out.splitlines()) == 2
    again = await desk.run("migrate", DATABASE_URL=url)
    assert "Moved 0 rows" in again.out


@pytest.mark.parametrize(
    ("args", "environment", "words"),
    [
        (["migrate"], {}, "Name the server"),
        (["migrate", "--to", "postgresql://me:sec/ret@host/x"], {}, "Name the server"),
        (["migrate", "--to", "postgresql://127.0.0.1:9/x"], {}, "There is no database"),
        (["jobs", "list"], {"DATABASE_URL": "mysql://x"}, "DATABASE_URL: use sqlite"),
        (["run"], {}, "Nothing to run"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(
    desk: Desk, args: list[str], environment: dict[str, str], words: str
) -> None:
    ran = await desk.run(*args, **environment)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


async def test_a_damaged_database_is_a_sentence(desk: Desk) -> None:
    (desk.folder / "data").mkdir()
    (desk.folder / "data" / "cutroom.db").write_bytes(b"no database" * 1000)
    ran = await desk.run("jobs", "list")
    assert ran.code == 2
    assert "is damaged. Restore a backup" in ran.err
    assert "Traceback" not in ran.err


async def test_the_doctor_looks_at_the_server_that_is_set_and_shows_no_password(desk: Desk, server: Postgres) -> None:
    well = await desk.run("doctor", BACKEND="studio", DATABASE_URL=server.empty())
    assert well.code == 0, well.out
    assert "PostgreSQL on " in well.out
    assert "0 jobs open" in well.out
    ill = await desk.run("doctor", BACKEND="studio", DATABASE_URL="postgresql://me:sesame@127.0.0.1:9/bot")
    assert ill.code == 1
    assert "PostgreSQL on 127.0.0.1, bot" in ill.out
    assert "DATABASE_URL" in ill.out
    assert "sesame" not in ill.out + ill.err
