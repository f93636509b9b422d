"""A studio opens the file that an older one left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from studio.records import KeptVoice, Render, Session, SourceFile
from studio.store import Store


def test_columns_that_came_later_are_added_and_rows_stay(tmp_path: Path) -> None:
    path = tmp_path / "studio.db"
    store = Store(path)
    session, render = Session("s", "u", "t", "name", "en"), Render("r", "u", "s", "{}", "{}", "slug", "a.mp4", 1.0)
    store.save_session(session)
    store.save_render(render)
    store.close()
    with sqlite3.connect(path) as older:
        older.execute("ALTER TABLE session DROP COLUMN used")
        older.execute("ALTER TABLE render DROP COLUMN notices")
    older.close()
    newer = Store(path)
    assert newer.render("u", "r") == render
    found = newer.session("s")
    assert found
    assert found.used > 0
    newer.close()


def test_columns_that_were_renamed_keep_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "studio.db"
    store = Store(path)
    file = SourceFile("f", "s", "talk.mp4", "mp4", "video", 1, "digest")
    voice = KeptVoice("s", "digest", "network", "network", 0.5, fell_back=False)
    store.save_file(file)
    store.save_voice(voice)
    store.close()
    with sqlite3.connect(path) as older:
        older.execute("ALTER TABLE file RENAME COLUMN digest TO sha256")
        older.execute("ALTER TABLE voice RENAME COLUMN digest TO sha256")
    older.close()
    newer = Store(path)
    assert newer.files("s") == [file]
    assert newer.voice("s", "digest", "network") == voice
    newer.close()
