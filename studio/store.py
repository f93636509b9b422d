"""The studio's rows in SQLite. Each call is one transaction, so a killed studio leaves them consistent.

Called from the event loop's thread. A call takes well under a millisecond: rows are a few kilobytes, and nothing waits
for the disk (write-ahead log, synced at checkpoints), which survives a killed process.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from studio.records import Account, History, KeptVoice, Render, Session, SourceFile, Status

_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    user_id TEXT PRIMARY KEY, client_id TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE, issued REAL NOT NULL,
    expires REAL NOT NULL, credits INTEGER NOT NULL, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, task_id TEXT NOT NULL, task_name TEXT NOT NULL,
    language TEXT NOT NULL, draft TEXT NOT NULL, used REAL NOT NULL,
    question TEXT NOT NULL DEFAULT '', memory TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS file (
    id TEXT PRIMARY KEY, session TEXT NOT NULL, name TEXT NOT NULL, extension TEXT NOT NULL, kind TEXT NOT NULL,
    size INTEGER NOT NULL, digest TEXT NOT NULL, duration INTEGER, width INTEGER, height INTEGER, fps REAL,
    sound INTEGER NOT NULL, fresh INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS undo (number INTEGER PRIMARY KEY, session TEXT NOT NULL, draft TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS redo (number INTEGER PRIMARY KEY, session TEXT NOT NULL, draft TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS voice (
    session TEXT NOT NULL, digest TEXT NOT NULL, wanted TEXT NOT NULL, method TEXT NOT NULL, level REAL NOT NULL,
    fell_back INTEGER NOT NULL, PRIMARY KEY (session, digest, wanted));
CREATE INDEX IF NOT EXISTS undo_session ON undo (session);
CREATE INDEX IF NOT EXISTS redo_session ON redo (session);
CREATE INDEX IF NOT EXISTS file_session ON file (session);
CREATE TABLE IF NOT EXISTS render (
    id TEXT NOT NULL, user_id TEXT NOT NULL, session TEXT NOT NULL, draft TEXT NOT NULL, output TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created REAL NOT NULL, status TEXT NOT NULL,
    error TEXT NOT NULL, completed REAL, duration INTEGER, size INTEGER, notices TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (user_id, id));
"""

Row = TypeVar("Row", Account, Session, SourceFile, KeptVoice, Render)


class Store:
    """Open it with the path of its file, close it with `close()`."""

    def __init__(self, path: Path) -> None:
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._add_column("session", "used", f"REAL NOT NULL DEFAULT {time.time()}")
        self._add_column("session", "question", "TEXT NOT NULL DEFAULT ''")
        self._add_column("session", "memory", "TEXT NOT NULL DEFAULT ''")
        self._add_column("render", "notices", "TEXT NOT NULL DEFAULT ''")
        self._rename_column("file", "sha256", "digest")
        self._rename_column("voice", "sha256", "digest")

    def _add_column(self, table: str, name: str, what: str) -> None:
        """Upgrades a file that an older studio made."""
        if name not in self._columns(table):
            self._db.execute(f"ALTER TABLE {table} ADD COLUMN {name} {what}")

    def _rename_column(self, table: str, old: str, new: str) -> None:
        """Upgrades a file that an older studio made."""
        if old in self._columns(table):
            self._db.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")

    def _columns(self, table: str) -> list[str]:
        return [row["name"] for row in self._db.execute(f"PRAGMA table_info({table})")]

    def close(self) -> None:
        self._db.close()

    def account_of_client(self, client_id: str) -> Account | None:
        return self._one(Account, "SELECT * FROM account WHERE client_id = ?", client_id)

    def account_of_token(self, token: str) -> Account | None:
        return self._one(Account, "SELECT * FROM account WHERE token = ?", token)

    def save_account(self, account: Account) -> None:
        self._save("account", account)

    def charge(self, user_id: str, amount: int) -> None:
        self._db.execute("UPDATE account SET credits = credits - ? WHERE user_id = ?", (amount, user_id))

    def session(self, session_id: str) -> Session | None:
        return self._one(Session, "SELECT * FROM session WHERE id = ?", session_id)

    def touch_session(self, session_id: str) -> None:
        self._db.execute("UPDATE session SET used = ? WHERE id = ?", (time.time(), session_id))

    def sessions_before(self, moment: float) -> list[str]:
        """The ids of sessions not used since then and without open renders."""
        query = (
            "SELECT id FROM session WHERE used < ? AND NOT EXISTS "
            "(SELECT 1 FROM render WHERE session = session.id AND status IN (?, ?))"
        )
        return [row["id"] for row in self._db.execute(query, (moment, Status.PENDING, Status.PROCESSING))]

    def delete_session(self, session_id: str) -> None:
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM file WHERE session = ?", (session_id,))
            for table in ("voice", "undo", "redo"):
                self._db.execute(f"DELETE FROM {table} WHERE session = ?", (session_id,))  # noqa: S608 - our own names
            self._db.execute("DELETE FROM session WHERE id = ?", (session_id,))

    def save_session(self, session: Session) -> None:
        self._save("session", session)

    def keep_memory(self, session_id: str, question: str, memory: str) -> None:
        self._db.execute("UPDATE session SET question = ?, memory = ? WHERE id = ?", (question, memory, session_id))

    def replace_edit(self, session_id: str, draft: str) -> None:
        """Saves `draft` in place of the last edit, as if that had never been made."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM redo WHERE session = ?", (session_id,))
            self._db.execute("UPDATE session SET draft = ?, used = ? WHERE id = ?", (draft, time.time(), session_id))

    def commit_edit(self, session_id: str, draft: str, seen: Sequence[SourceFile]) -> None:
        """Saves the outcome of an edit. The files that it saw are no longer fresh; those that came since still are.

        Edits that were undone before can no longer be redone.
        """
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM redo WHERE session = ?", (session_id,))
            self._move_on(session_id, draft)
            self._db.executemany("UPDATE file SET fresh = 0 WHERE id = ?", [(file.id,) for file in seen])

    def history(self, session_id: str) -> History:
        query = "SELECT draft FROM {} WHERE session = ? ORDER BY number DESC"
        before, after = (
            tuple(row["draft"] for row in self._db.execute(query.format(table), (session_id,)))
            for table in ("undo", "redo")
        )
        return History(before, after)

    def take_back(self, session_id: str, draft: str, count: int) -> None:
        """Saves `draft` in place of the last `count` edits, which can be redone."""
        with self._db:
            self._db.execute("BEGIN")
            for _ in range(count):
                keep = "INSERT INTO redo (session, draft) SELECT id, draft FROM session WHERE id = ?"
                self._db.execute(keep, (session_id,))
                newest = "SELECT number, draft FROM undo WHERE session = ? ORDER BY number DESC LIMIT 1"
                row = self._db.execute(newest, (session_id,)).fetchone()
                self._db.execute("UPDATE session SET draft = ? WHERE id = ?", (row["draft"], session_id))
                self._db.execute("DELETE FROM undo WHERE number = ?", (row["number"],))
            self._db.execute("UPDATE session SET draft = ?, used = ? WHERE id = ?", (draft, time.time(), session_id))

    def bring_again(self, session_id: str, draft: str) -> None:
        """Saves `draft`, the outcome of the edit that was undone last."""
        with self._db:
            self._db.execute("BEGIN")
            newest = "DELETE FROM redo WHERE number = (SELECT max(number) FROM redo WHERE session = ?)"
            self._db.execute(newest, (session_id,))
            self._move_on(session_id, draft)

    def _move_on(self, session_id: str, draft: str) -> None:
        keep = "INSERT INTO undo (session, draft) SELECT id, draft FROM session WHERE id = ?"
        self._db.execute(keep, (session_id,))
        self._db.execute("UPDATE session SET draft = ?, used = ? WHERE id = ?", (draft, time.time(), session_id))

    def files(self, session_id: str) -> list[SourceFile]:
        """In the order of their upload."""
        return self._all(SourceFile, "SELECT * FROM file WHERE session = ? ORDER BY rowid", session_id)

    def all_files(self) -> list[SourceFile]:
        return self._all(SourceFile, "SELECT * FROM file")

    def file(self, file_id: str) -> SourceFile | None:
        return self._one(SourceFile, "SELECT * FROM file WHERE id = ?", file_id)

    def save_file(self, file: SourceFile) -> None:
        self._save("file", file)

    def voice(self, session_id: str, digest: str, wanted: str) -> KeptVoice | None:
        query = "SELECT * FROM voice WHERE session = ? AND digest = ? AND wanted = ?"
        return self._one(KeptVoice, query, session_id, digest, wanted)

    def all_voices(self) -> list[KeptVoice]:
        return self._all(KeptVoice, "SELECT * FROM voice")

    def save_voice(self, voice: KeptVoice) -> None:
        self._save("voice", voice)

    def render(self, user_id: str, render_id: str) -> Render | None:
        return self._one(Render, "SELECT * FROM render WHERE user_id = ? AND id = ?", user_id, render_id)

    def render_of_slug(self, slug: str) -> Render | None:
        return self._one(Render, "SELECT * FROM render WHERE slug = ?", slug)

    def all_renders(self) -> list[Render]:
        return self._all(Render, "SELECT * FROM render")

    def open_renders(self) -> list[Render]:
        query = "SELECT * FROM render WHERE status IN (?, ?) ORDER BY created"
        return self._all(Render, query, Status.PENDING, Status.PROCESSING)

    def renders_before(self, moment: float) -> list[Render]:
        """The renders that were over by then."""
        return self._all(Render, "SELECT * FROM render WHERE completed < ?", moment)

    def delete_render(self, render: Render) -> None:
        self._db.execute("DELETE FROM render WHERE user_id = ? AND id = ?", (render.user_id, render.id))

    def save_render(self, render: Render) -> None:
        self._save("render", render)

    def _one(self, kind: type[Row], query: str, *values: Any) -> Row | None:
        return next(iter(self._all(kind, query, *values)), None)

    def _all(self, kind: type[Row], query: str, *values: Any) -> list[Row]:
        return [_from_row(kind, row) for row in self._db.execute(query, values)]

    def _save(self, table: str, record: Account | Session | SourceFile | KeptVoice | Render) -> None:
        names = [field.name for field in fields(record)]
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        self._db.execute(
            f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - our own names
            [getattr(record, name) for name in names],
        )


def _from_row(kind: type[Row], row: sqlite3.Row) -> Row:
    values = dict(row)
    for name in ("sound", "fresh", "fell_back"):
        if name in values:
            values[name] = bool(values[name])
    if "status" in values:
        values["status"] = Status(values["status"])
    return kind(**values)
