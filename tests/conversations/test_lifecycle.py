"""The rows that real conversations leave behind are those that the walk through the table knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from core.job import ITS_OWN, Job, MessageKind, MessageName, Stage
from core.messages import Album
from core.settings import Settings
from storage.rows import job_from_row
from tests.conversations.talk import Talk, action, conversation
from tests.core.lifecycles import lives
from tests.servers.cloud import FakeCloud
from tests.servers.script import TIMELINE, Reply, Turn
from tests.talking import LIMITS

MP3 = "extract the audio as MP3"
ALBUMS = replace(LIMITS, album=Album(10, (frozenset({"mp4", "png"}), frozenset({"mp3"}))))
# What the database itself is told to write down of every change of a job.
NOTE_ROWS = """
    create table lived as select * from jobs where 0;
    create trigger live after update on jobs begin insert into lived select * from jobs where id = new.id; end;
"""


def _edit(title: str) -> Turn:
    """A turn that changes the project, each title in another way."""
    return Turn(draft=TIMELINE.replace("Urban Dreams", title))


def _shape(job: Job) -> tuple[object, ...]:
    """What the table decides by."""
    said = tuple(kind for kind in MessageKind if MessageName(kind).key(job.id) in job.said)
    about = job.about if job.about in ("", ITS_OWN) else "a file"
    flags = (job.attachments, job.uploaded, job.session, job.before, job.render, job.carries, job.error)
    return (job.stage, job.task, about, job.edited, job.concluded, said, *map(bool, flags))


def _lived(database: Path) -> list[Job]:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return [job_from_row(row) for row in connection.execute("select * from lived order by rowid")]


async def _live(talk: Talk, cloud: FakeCloud, clips: Iterable[Path]) -> None:
    first, *_ = clips
    await talk.say(MP3, first)
    await talk.say("", first)
    await talk.say("export")
    cloud.turns.append(Turn("It is a city at night."))
    await talk.say("what is in it?")
    cloud.turns.append(Turn(text="", draft=None))
    await talk.say("make it warmer")
    cloud.turns.append(_edit("Brighter"))
    cloud.replies["poll"] += [Reply(body={"status": "failed"})] * 2
    [error] = await talk.say("make it brighter", first)
    await talk.press(action(error, "Try again"))
    await talk.say(MP3, *clips)
    cloud.turns.append(_edit("Darker"))
    cloud.replies["render"].append(Reply.coded(1002, http=False))
    await talk.say("make it darker", first)


async def test_the_rows_of_real_conversations_are_in_the_table(
    settings: Settings, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.mp4"
    second.write_bytes(clip.read_bytes())
    async with conversation(settings, ALBUMS) as talk:
        with closing(sqlite3.connect(settings.data_dir / "cutroom.db")) as database:
            database.executescript(NOTE_ROWS)
        await _live(talk, cloud, [clip, second])
    lived = _lived(settings.data_dir / "cutroom.db")
    assert {job.stage for job in lived} == set(Stage) - {Stage.CANCELLED}
    known = {_shape(state.job) for state in lives()}
    assert [shape for job in lived if (shape := _shape(job)) not in known] == []
