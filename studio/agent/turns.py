"""Plays turns: one at a time in a session, and each to its end even when its client has gone."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from studio.accounts import Accounts, Hold
from studio.agent.agent import Again, Back, Instead, Turn, take_turn
from studio.agent.asking import written
from studio.agent.events import Commit, Say, encode, encode_error
from studio.errors import ApiError, disk_full, is_disk_full
from studio.records import Account, History, Session, SourceFile
from studio.separation import Method
from studio.store import Store
from studio.understanding import prepare

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class End:
    """The stream ends here; if `broken`, without the last chunk that HTTP requires."""

    broken: bool = False


Frames = asyncio.Queue[bytes | End]


@dataclass(frozen=True, slots=True)
class Project:
    """A session's files and edits as a turn finds them."""

    session: Session
    files: Sequence[SourceFile]
    history: History


class Projects:
    """Loads a project for a turn and saves what the turn made of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def load(self, session_id: str) -> Project | None:
        session = self._store.session(session_id)
        if session is None:
            return None
        return Project(session, self._store.files(session_id), self._store.history(session_id))

    async def commit(self, project: Project, turn: Turn) -> None:
        """Saves the turn's edit in one transaction."""
        session_id = project.session.id
        match turn.step:
            case Back(count):
                self._store.take_back(session_id, turn.draft, count)
            case Again():
                self._store.bring_again(session_id, turn.draft)
            case Instead():
                self._store.replace_edit(session_id, turn.draft)
            case None:
                self._store.commit_edit(session_id, turn.draft, project.files)
            case _:
                assert_never(turn.step)

    async def remember(self, project: Project, turn: Turn) -> None:
        """Saves the question that the turn leaves open, before it is told, and what it was about."""
        question, session = written(turn.question), project.session
        if (question, turn.memory) != (session.question, session.memory):
            self._store.keep_memory(session.id, question, turn.memory)


def _reason(failure: BaseException) -> ApiError | None:
    """What a client is told of a turn that failed; None for a mistake of ours."""
    if isinstance(failure, ApiError):
        return failure
    return disk_full() if is_disk_full(failure) else None


class Turns:
    def __init__(self, projects: Projects, accounts: Accounts, separates: Method) -> None:
        """`separates` is the method that will keep a voice; the answer's wording depends on it."""
        self._projects = projects
        self._accounts = accounts
        self._separates = separates
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._playing: set[asyncio.Task[None]] = set()
        self._rules: asyncio.Task[None] | None = None

    def get_ready(self) -> asyncio.Task[None]:
        """Builds the language rules once, in a thread. Call it as soon as a request is to be expected."""
        if self._rules is None:
            self._rules = asyncio.create_task(asyncio.to_thread(prepare))
        return self._rules

    def start(self, account: Account, session: Session, text: str, answers: str | None = None) -> Frames:
        """Starts a turn and returns the queue of its frames, the last an `End`.

        `answers` is the id of the question that the words may answer, any other text where they answer none, and None
        where the client does not say. Raises `ApiError` (2001) before anything is started.
        """
        frames: Frames = asyncio.Queue()
        hold = self._accounts.hold(account)
        task = asyncio.create_task(self._play(session.id, text, answers, frames, hold))
        self._playing.add(task)

        def over(done: asyncio.Task[None]) -> None:
            self._playing.discard(done)
            hold.release()
            failure = None if done.cancelled() else done.exception()
            if failure:
                log.error("a turn of session %s failed", session.id, exc_info=failure)
            if failure and (reason := _reason(failure)):
                frames.put_nowait(encode_error(reason))
                failure = None  # it is said how the turn ended
            frames.put_nowait(End(broken=done.cancelled() or failure is not None))

        task.add_done_callback(over)
        return frames

    async def close(self) -> None:
        """Cancels the running turns; edits that were not committed are lost."""
        running = [*self._playing, *([self._rules] if self._rules else [])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _play(self, session_id: str, text: str, answers: str | None, frames: Frames, hold: Hold) -> None:
        await asyncio.shield(self.get_ready())
        async with self._locks[session_id]:
            project = await self._projects.load(session_id)
            if project is None:
                return
            turn = take_turn(project.session, project.files, text, project.history, self._separates, answers)
            invocation, question = f"e-{session_id}", turn.question.told if turn.question else None
            for step in turn.script:
                match step:
                    case Commit():
                        await self._projects.commit(project, turn)
                        hold.charge()
                    case event:
                        if isinstance(event, Say):
                            await self._projects.remember(project, turn)
                        frames.put_nowait(encode(event, invocation, question))
