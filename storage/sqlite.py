"""The driver for SQLite: one writer and one reader, each in its thread; every commit is flushed to the disk."""

from __future__ import annotations

import asyncio
import errno
import functools
import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from core.store import StorageTrouble, StoreTooNew, Trouble
from storage import schema
from storage.driver import Rows, Statement, Transaction
from storage.grouping import Group
from storage.library import Database

T = TypeVar("T")
OPENING_ATTEMPTS = 200
BUSY_SECONDS = 30.0

_WORDS = {
    "identity": "integer primary key",
    "real": "real",
    "for_update": "",
    "sender_in_body": "coalesce(json_extract(body, '$.sender'), '')",
    "message_in_body": "coalesce(json_extract(body, '$.message'), '')",
    "pairs_in_body": "json_each(body)",
}
_TROUBLES = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
}


class SqliteDriver:
    """`async with SqliteDriver(path) as driver`. Implements `storage.driver.Driver`.

    SQLite has one writer anyway: it runs in a thread of our own, so the event loop never waits for the disk. Single
    reads have a connection of their own, so they do not wait for a flush; they see every commit that its caller knows
    of. If another program has locked the file, it is waited for `busy` seconds.
    """

    def __init__(self, path: Path, *, busy: float = BUSY_SECONDS) -> None:
        self.path = path
        self._busy = busy
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cutroom-store")
        self._reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="cutroom-store-reads")

    async def __aenter__(self) -> Self:
        try:
            self._db, self._reader = await self._in(self._thread, self._open)
            self._group = Group(self._db)
        except BaseException:
            self._thread.shutdown()
            self._reading.shutdown()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The writer last: whoever closes last folds the write-ahead log in.
        for thread, db in ((self._reading, self._reader), (self._thread, self._db)):
            await self._in(thread, db.close)
            thread.shutdown()

    async def transact(self, transaction: Transaction[T]) -> T:
        return await self._committed(self._follow, transaction)

    async def single(self, statement: str, values: Mapping[str, Any]) -> Rows:
        if statement.lstrip().startswith("select"):  # waits for no writer, of this process or another
            return await self._in(self._reading, self._rows, self._reader, statement, values)
        return await self._committed(self._rows, self._db, statement, values)

    def lock(self, name: str) -> Statement | None:
        return None

    async def back_up(self, to: Path) -> None:
        """Copies the database as it is at one moment, while it is in use. `to` must not exist yet."""
        await self._in(self._thread, self._back_up, to)

    async def _in(self, thread: ThreadPoolExecutor, call: Callable[..., T], *args: Any) -> T:
        # Shielded: a cancelled task must not leave half of a transaction behind in the thread.
        work = asyncio.get_running_loop().run_in_executor(thread, call, *args)
        with self._translated():
            return await asyncio.shield(work)

    async def _committed(self, work: Callable[..., T], *args: Any) -> T:
        answer = self._group.add(functools.partial(work, *args))
        self._thread.submit(self._group.commit)
        with self._translated():
            result: T = await asyncio.shield(answer)
            return result

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:  # a mistake of ours and no trouble of the database's
            raise
        except sqlite3.DatabaseError as error:
            raise trouble_of(error, self.path) from error
        except OSError as error:
            kind = Trouble.FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Trouble.READ_ONLY
            raise StorageTrouble(kind, str(error.filename or self.path)) from error

    # --- in the thread

    def _open(self) -> tuple[Database, Database]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        self.path.chmod(0o600)
        db = self._connected()
        try:
            _migrate(db.conn)
            _use_write_ahead_log(db)
            db.execute("pragma synchronous = full")
            return db, self._open_reader()
        except BaseException:
            db.close()
            raise

    def _open_reader(self) -> Database:
        db = self._connected()
        db.execute("pragma query_only = on")
        return db

    def _connected(self) -> Database:
        connection = sqlite3.connect(self.path, timeout=self._busy, isolation_level=None, check_same_thread=False)
        return Database(connection, execute_plugins=False)

    def _follow(self, transaction: Transaction[T]) -> T:
        rows: Rows | None = None
        while True:
            try:
                statement, values = next(transaction) if rows is None else transaction.send(rows)
            except StopIteration as end:
                result: T = end.value
                return result
            rows = self._rows(self._db, statement, values)

    def _rows(self, db: Database, statement: str, values: Mapping[str, Any]) -> Rows:
        cursor = db.execute(_in_its_words(statement), dict(values))
        names = [column[0] for column in cursor.description]
        # Read to the end: an open cursor would keep the write-ahead log from being folded in.
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _back_up(self, to: Path) -> None:
        to.touch(mode=0o600, exist_ok=False)
        copy = sqlite3.connect(to)
        try:
            self._db.conn.backup(copy)
        except sqlite3.Error as error:
            to.unlink()  # half a backup would be taken for a whole one
            raise trouble_of(error, to) from error
        finally:
            copy.close()


def trouble_of(error: sqlite3.Error, path: Path) -> StorageTrouble:
    # The low byte is the kind; what is above it only says where in SQLite it was noticed.
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return StorageTrouble(_TROUBLES.get(code, Trouble.OTHER), str(path))


def _migrate(connection: sqlite3.Connection) -> None:
    while (done := _version(connection)) < len(schema.MIGRATIONS):
        connection.execute("begin immediate")
        try:
            # Looked at again under the lock: another process may open a new database at the same moment.
            if _version(connection) == done:
                for statement in schema.MIGRATIONS[done].format_map(_WORDS).split(";"):
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {done + 1}")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        connection.execute("commit")
    if done > len(schema.MIGRATIONS):
        raise StoreTooNew


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _use_write_ahead_log(db: Database) -> None:
    # The one statement that does not wait for another process that is opening the same file.
    for attempt in itertools.count(1):
        try:
            db.enable_wal()
        except sqlite3.OperationalError as error:
            if attempt == OPENING_ATTEMPTS or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.05)
        else:
            return


@functools.cache
def _in_its_words(statement: str) -> str:
    return statement.format_map(_WORDS) if "{" in statement else statement
