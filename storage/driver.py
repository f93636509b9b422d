"""The port to a database. It runs transactions, which are generators of statements."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from core.job import Job

Row = Mapping[str, Any]
Rows = list[Row]
Statement = tuple[str, Mapping[str, Any]]
T = TypeVar("T")

# Yields statements, is sent the rows of each, and returns the result. So one text of a transaction serves both
# databases: SQLite blocks a thread, PostgreSQL is awaited.
Transaction = Generator[Statement, Rows, T]

# What else is written in the transaction that saves new jobs: entries of a queue.
Enqueue = Callable[[Sequence[Job]], Iterable[Statement]]


class Driver(Protocol):
    """Every statement returns rows: those that write end in `returning`. Every call may raise `StorageTrouble`."""

    async def transact(self, transaction: Transaction[T]) -> T:
        """All of it or nothing, even if the caller is cancelled midway."""
        ...

    async def single(self, statement: str, values: Mapping[str, Any]) -> Rows:
        """One statement as a transaction of its own."""
        ...

    def lock(self, name: str) -> Statement | None:
        """A statement that makes later transactions with the same lock wait for the end of this one; None if there is
        only one transaction at a time."""
        ...
