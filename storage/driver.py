"""What a database is to the store: something that runs a transaction, which is a generator of statements."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Protocol, TypeVar

Row = Mapping[str, Any]
Rows = list[Row]
Statement = tuple[str, Mapping[str, Any]]
T = TypeVar("T")

# Yields statements, is sent the rows of each, and returns what the caller wants to know. So one text of a
# transaction serves a database that is waited for in a thread and one that is awaited.
Transaction = Generator[Statement, Rows, T]


class Driver(Protocol):
    """A statement always has rows: those that write end in `returning`. Everything raises `StorageTrouble`."""

    async def transact(self, transaction: Transaction[T]) -> T:
        """All of it or nothing, also for a caller that is cancelled midway."""
        ...

    async def single(self, statement: str, values: Mapping[str, Any]) -> Rows:
        """One statement, which is a transaction by itself."""
        ...

    def lock(self, name: str) -> Statement | None:
        """A statement that makes other transactions which lock the same name wait for the end of this one; None
        where there is only one transaction at a time."""
        ...
