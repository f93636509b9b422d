"""Turns being played: one at a time in a session, and on to their end when nobody listens any more."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import assert_never

from studio.accounts import Accounts, Hold
from studio.agent.agent import Again, Back, Turn, take_turn
from studio.agent.events import encode
from studio.agent.script import Close, Commit, Pause
from studio.agent.staging import stage
from studio.records import Account, Session, SourceFile
from studio.separation import Method
from studio.store import Store
from studio.switches import Switches
from studio.understanding import prepare

log = logging.getLogger(__name__)

Frames = asyncio.Queue[bytes | Close]


class Turns:
    def __init__(self, store: Store, accounts: Accounts, switches: Switches, separates: Method) -> None:
        """`separates` is what will keep a voice, for the words of the answer."""
        self._store = store
        self._accounts = accounts
        self._switches = switches
        self._separates = separates
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._playing: set[asyncio.Task[None]] = set()
        self._rules: asyncio.Task[None] | None = None

    def get_ready(self) -> asyncio.Task[None]:
        """Builds the rules for words beside everything else, once. For as soon as words are to be expected."""
        if self._rules is None:
            self._rules = asyncio.create_task(asyncio.to_thread(prepare))
        return self._rules

    def start(self, account: Account, session: Session, text: str) -> Frames:
        """Starts a turn and returns where its frames come out, the last a `Close`.

        Raises `ApiError` (2001) before anything is started.
        """
        frames: Frames = asyncio.Queue()
        hold = self._accounts.hold(account)
        task = asyncio.create_task(self._play(session.id, text, frames, hold))
        self._playing.add(task)

        def over(done: asyncio.Task[None]) -> None:
            self._playing.discard(done)
            hold.release()
            failure = None if done.cancelled() else done.exception()
            if failure:
                log.error("a turn of session %s broke", session.id, exc_info=failure)
            frames.put_nowait(Close(broken=done.cancelled() or failure is not None))

        task.add_done_callback(over)
        return frames

    async def close(self) -> None:
        """Ends what is being played; edits that were not committed are not made."""
        running = [*self._playing, *([self._rules] if self._rules else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _commit(self, session_id: str, turn: Turn, files: Sequence[SourceFile]) -> None:
        match turn.step:
            case Back(count):
                self._store.take_back(session_id, turn.draft, count)
            case Again():
                self._store.bring_again(session_id, turn.draft)
            case None:
                self._store.commit_edit(session_id, turn.draft, files)
            case _:
                assert_never(turn.step)

    async def _play(self, session_id: str, text: str, frames: Frames, hold: Hold) -> None:
        await asyncio.shield(self.get_ready())
        async with self._locks[session_id]:
            session = self._store.session(session_id)
            if session is None:
                return
            files = self._store.files(session_id)
            turn = take_turn(session, files, text, self._store.history(session_id), self._separates)
            invocation = f"e-{session_id}"
            for step in stage(turn.script, self._switches, turn.language):
                match step:
                    case Pause(seconds):
                        await asyncio.sleep(seconds)
                    case Commit():
                        self._commit(session_id, turn, files)
                        hold.charge()
                    case Close():
                        frames.put_nowait(step)
                    case event:
                        frames.put_nowait(encode(event, self._switches.dialect, invocation))
