"""A database that the code wrote before its tables were renamed is carried on whole, as a file and on a server.

`data/schema_5.sql` is the dump of a file that was written by that code, through the store and the adapters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

import psycopg
import pytest

from bots.discord.access import Choices
from bots.discord.cursors import Cursors
from bots.discord.places import PLATFORM as DISCORD
from bots.discord.places import guild_scope
from core.access import Access
from core.job import Stage
from core.messages import Button, Place, Tone
from core.records import AdmissionResult, Inquiry, OutboxEntry
from storage import postgres, schema
from storage.driver import Driver
from storage.moving import move
from storage.opening import open_database
from storage.postgres import PostgresDriver
from storage.sqlite import SqliteDriver
from storage.store import SqlStore
from storage.vault import SharedVault
from tests.jobs import a_message
from tests.servers.postgres import Postgres

WRITTEN = (Path(__file__).parent / "data" / "schema_5.sql").read_text(encoding="utf-8")
VERSION = 5
CHAT, THREAD = Place("telegram", "-1001234567890"), Place("discord", "81/7")
Opens = Callable[[], AbstractAsyncContextManager[Driver]]


def _write_file(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as file:
        file.executescript(WRITTEN)


def _write_server(url: str, path: Path) -> None:
    """The same rows, in the tables that the same steps made on a server."""
    with psycopg.connect(url) as server, closing(sqlite3.connect(path)) as file:
        for step in schema.MIGRATIONS[:VERSION]:
            server.execute(step.format_map(postgres._WORDS).encode())
        server.execute("create table cutroom_schema (version integer not null)")
        server.execute("insert into cutroom_schema values (%s)", (VERSION,))
        for (table,) in file.execute("select name from sqlite_schema where type = 'table'").fetchall():
            rows = file.execute(f"select * from {table}")
            names = [column[0] for column in rows.description]
            text = f"insert into {table} ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})"
            server.cursor().executemany(text.encode(), rows.fetchall())
        server.execute("select setval(pg_get_serial_sequence('jobs', 'seq'), (select max(seq) from jobs))")


@pytest.fixture(params=["sqlite", "postgres"])
def opens(request: pytest.FixtureRequest, database: Path) -> Opens:
    _write_file(database)
    if request.param == "sqlite":
        return lambda: SqliteDriver(database)
    url = request.getfixturevalue("server").empty()
    _write_server(url, database)
    return lambda: PostgresDriver(url)


@pytest.fixture
async def driver(opens: Opens) -> AsyncIterator[Driver]:
    async with opens() as opened:
        yield opened


@pytest.fixture
def old(driver: Driver) -> SqlStore:
    """A minute later: its claims have expired, and what is ready waits a while still."""
    return SqlStore(driver, lambda: 1_000_060.0)


async def test_open_jobs_go_on_where_they_were(old: SqlStore) -> None:
    found = {int(job.id, 16): job for job in await old.open_jobs()}
    assert {number: job.stage for number, job in found.items()} == {
        3: Stage.EDITING,
        4: Stage.ACCEPTED,
        5: Stage.READY,
        6: Stage.RENDERING,
    }
    assert (found[3].session, found[3].before, found[3].attachments[0].name) == ("s1", "{}", "höhle 🎬.mp4")
    assert (found[4].request, found[6].render) == ("把视频剪短", "r6")
    claimed = [await old.claim_next("c" * 32 + str(number)) for number in range(3)]
    assert [job and int(job.id, 16) for job in claimed] == [3, 6, None], "each place in its order, READY ones last"
    assert {job.stage for job in await old.jobs()} >= {Stage.DONE, Stage.FAILED, Stage.CANCELLED}


async def test_a_message_that_was_seen_stays_so_and_new_jobs_come_last(old: SqlStore) -> None:
    assert await old.admit(a_message(CHAT, id="m3"), []) is AdmissionResult.SEEN
    assert await old.admit(a_message(CHAT, id="m99"), []) is AdmissionResult.SAVED


async def test_projects_and_kept_results_are_there(old: SqlStore) -> None:
    assert (await old.project(CHAT)).fresh == ("h.mp4",)
    pending = (await old.project(THREAD)).pending
    assert pending is not None
    assert pending.text == "shorter"
    assert await old.newest_place("telegram") == CHAT
    [kept] = await old.kept_results("telegram", "anna")
    assert (kept.place, kept.file, kept.caption) == (CHAT, "file-1", "🎵")


async def test_answers_that_were_not_sent_yet_still_are(old: SqlStore) -> None:
    unsent = await old.take_over_outbox(3e9, {"telegram", "discord"})
    assert sorted(unsent, key=lambda each: each.message) == [
        OutboxEntry("m7", CHAT, "en", reply_to="12", text="Which one?", buttons=(Button("First", "p1"),)),
        OutboxEntry("m8", THREAD, "zh", tone=Tone.ERROR, inquiry=Inquiry.CREDITS),
    ]


async def test_half_an_album_waits_for_the_rest_of_it(old: SqlStore) -> None:
    waiting = await old.inbox("telegram", "900:-1001234567890/album/")
    assert [each.body for each in waiting] == ["{}", '{"caption": "ü"}']
    await old.add_to_inbox("telegram", "900:5/old/000000000003", "{}")
    assert await old.inbox("telegram", "900:5/") == [], "what was a request before is none again"


async def test_what_discord_kept_is_found_under_its_scopes(old: SqlStore) -> None:
    heard = Cursors(old)
    assert (await old.values(DISCORD, "application/900"))["commands"] == "f" * 64
    assert await heard.first(900, 2e9) == 999_000.25
    assert [await heard.until(900, shard) for shard in ("0/2", "1/2", "0/1")] == [999_500.0, 999_400.5, 999_400.5]
    assert await heard.dms(900) == [502, 501]
    chosen = Choices.of(await old.values(DISCORD, guild_scope(55)))
    assert chosen == Choices(Access.ADMINS, ("81", "82"), threads=True, language="zh", upload_mb=25)
    assert await old.values(DISCORD, guild_scope(56)) == {}


async def test_what_telegram_kept_is_found_under_its_chats(old: SqlStore) -> None:
    assert await old.values("telegram", CHAT.key) == {"access": "admins", "formerly": "-7"}
    assert await old.values("telegram", "-8") == {"access": "everyone"}


async def test_accounts_are_there(driver: Driver) -> None:
    assert await SharedVault(driver).read("cloud telegram:42") == {"token": "t-1"}


async def test_it_is_migrated_once(opens: Opens) -> None:
    for _ in range(2):
        async with opens() as driver:
            store = SqlStore(driver)
            await store.set_values("telegram", "-8", {"access": ""})
    async with opens() as driver:
        assert await SqlStore(driver).values("telegram", "-8") == {}


async def test_an_old_file_moves_to_a_server(database: Path, server: Postgres) -> None:
    _write_file(database)
    async with SqliteDriver(database) as source, open_database(database, server.empty()) as target:
        await move(source, target.driver, target.enqueue)
        assert len(await target.store.open_jobs()) == 4
        assert await target.store.values("telegram", CHAT.key) == {"access": "admins", "formerly": "-7"}
