"""A database that the first release made is carried on, with the jobs that were open in it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from core.job import Stage
from core.records import AdmissionResult, Room
from storage.opening import sqlite_store
from tests.jobs import HERE, a_job, a_message

# As the first release had it, word for word; the program's own text may have changed since.
FIRST_RELEASE = """
    create table seen (platform text not null, id text not null, at real not null, primary key (platform, id));
    create table jobs (
        seq integer primary key, id text not null unique,
        platform text not null, place text not null,
        stage text not null, open integer not null, claim text not null default '',
        created real not null, body text not null
    );
    create index jobs_open on jobs (platform, place, seq) where open = 1;
    create table projects (
        platform text not null, place text not null, at real not null, body text not null,
        primary key (platform, place)
    );
    insert into seen values ('test', 'm-old', 5.0);
    insert into projects values ('test', 'here', 5.0, '{"session": "s1", "fresh": ["a.mp4"]}');
    pragma user_version = 1;
"""
BODY = """{"sender": "anna", "language": "en", "task": "edit", "request": "extract the audio", "attachments": [],
    "skill": "", "output": "mp3", "export": true, "reply_to": "", "status_message": "9", "session": "s1",
    "before": "", "render": "%s", "answer": "", "offers": [], "error": ""}"""


def _released(database: Path) -> None:
    database.parent.mkdir(parents=True)
    connection = sqlite3.connect(database)
    connection.executescript(FIRST_RELEASE)
    rows = [("done", "done", 0, "", "r0"), ("rendering", "rendering", 1, "gone", "r1"), ("next", "accepted", 1, "", "")]
    for job_id, stage, is_open, claim, render in rows:
        connection.execute(
            "insert into jobs (id, platform, place, stage, open, claim, created, body)"
            " values (?, 'test', 'here', ?, ?, ?, 7.0, ?)",
            (job_id, stage, is_open, claim, BODY % render),
        )
    connection.commit()
    connection.close()


async def test_open_jobs_of_the_first_release_go_on_in_order(database: Path) -> None:
    _released(database)
    async with sqlite_store(database, lambda: 10.0) as store:
        await store.release_claims()
        running = await store.claim_next("w" * 32)
        assert running
        assert (running.id, running.stage, running.render, running.output) == (
            "rendering",
            Stage.RENDERING,
            "r1",
            "mp3",
        )
        await store.save(replace(running, stage=Stage.DONE), "w" * 32)
        following = await store.claim_next("w" * 32)
        assert following
        assert (following.id, following.sender, following.status_message) == ("next", "anna", "9")


async def test_what_the_first_release_had_seen_and_known_is_kept(database: Path) -> None:
    _released(database)
    async with sqlite_store(database, lambda: 10.0) as store:
        assert await store.admit(a_message(id="m-old"), [a_job()]) is AdmissionResult.SEEN
        project = await store.project(HERE)
        assert (project.session, project.fresh) == ("s1", ("a.mp4",))
        room = Room(per_person=2)
        assert await store.admit(a_message(sender="anna"), [a_job()], room) is AdmissionResult.FULL_FOR_YOU
        await store.prune(before=8.0)
        assert [job.id for job in await store.jobs()] == ["next", "rendering"]
