"""What a commit that is flushed to the disk costs here: no answer that is saved before it is given can be quicker."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from bench.report import median, ms, quantile

COMMITS = 300


def flushed_commits() -> list[float]:
    """Seconds of each of several, one after the other, as the store makes them: write-ahead log, synchronous full."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "db", isolation_level=None)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("create table seen (id text primary key, body text)")
            return [_committed(connection, number) for number in range(COMMITS)]
        finally:
            connection.close()


def _committed(connection: sqlite3.Connection, number: int) -> float:
    began = time.perf_counter()
    connection.execute("begin immediate")
    connection.execute("insert into seen values (?, ?)", (f"message {number}", "x" * 300))
    connection.execute("commit")
    return time.perf_counter() - began


def about_the_disk() -> str:
    """A paragraph for a page of results."""
    took = flushed_commits()
    return (
        f"A commit that is flushed took {ms(median(took))} on this disk at the median, {ms(quantile(took, 0.99))} at "
        "the 99th percentile, measured behind the loads. One is in each of Cutroom's answers and in none of the echo "
        "bots', because a message is on the disk before it is answered and before Telegram is told that it came. At "
        "one chat nothing can be flushed together with it. A request that follows an answer at once comes in the "
        "moment in which the job before it is being put away, which takes flushes of its own; at ease it does not."
    )
