"""Group commit: transactions that wait at the same moment share one flush to the disk."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from storage.library import Database

# So many share a flush: nobody waits behind more than that.
MOST = 256

_Outcome = tuple[Any, BaseException | None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Callable[[], Any]
    answer: asyncio.Future[Any]

    def settle(self, result: Any, error: BaseException | None) -> None:
        """Called in the event loop's thread. `result` is ignored if there is an `error`."""
        if self.answer.done():
            return
        if error is None:
            self.answer.set_result(result)
        else:
            self.answer.set_exception(error)


class Group:
    """`add` is called in the event loop, then `commit` once for each `add` in the thread of `database`.

    Each piece of work is all or nothing by itself: one that fails is rolled back alone, unless the database rolled
    back everything. Nobody is told of success before the flush.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Waiting] = deque()

    def add(self, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """The future gets what `work` returned, or what it or the commit raised."""
        waiting = _Waiting(work, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        return waiting.answer

    def commit(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        if not batch:
            return
        for each, (result, failure) in zip(batch, self._outcomes(batch), strict=True):
            each.answer.get_loop().call_soon_threadsafe(each.settle, result, failure)

    def _outcomes(self, batch: list[_Waiting]) -> list[_Outcome]:
        try:
            with self._flushed():
                return [self._outcome(each.work, alone=len(batch) == 1) for each in batch]
        except BaseException as error:
            return [(None, error)] * len(batch)

    @contextmanager
    def _flushed(self) -> Iterator[None]:
        # IMMEDIATE: a deferred one that reads first and then writes fails at once when another process wrote.
        self._database.execute("begin immediate")
        try:
            yield
            self._database.execute("commit")
        except BaseException:
            # On a full disk SQLite has rolled back already.
            if self._database.conn.in_transaction:
                self._database.execute("rollback")
            raise

    def _outcome(self, work: Callable[[], Any], *, alone: bool) -> _Outcome:
        if alone:
            return work(), None
        self._database.execute("savepoint one")
        try:
            result = work()
        except Exception as error:
            if not self._database.conn.in_transaction:
                raise
            self._database.execute("rollback to one")
            self._database.execute("release one")
            return None, error
        self._database.execute("release one")
        return result, None
