"""Every life that a job can have: all rows and facts that its steps lead to, with a crash after each save."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from core.job import ITS_OWN, Ending, Form, Job, JobError, MessageKind, MessageName, Stage, Task
from core.lifecycle import LAST_STEPS, STAGE_BEFORE, Facts, Render, Step, Turn, next_step
from core.messages import Attachment
from tests.jobs import a_job
from tests.making import RUN_FOLDER

T = TypeVar("T", Job, Facts)
FILE = Attachment("handle", "a.mp4")
TURNS = [Turn(*each) for each in product((False, True), repeat=4)]
# What the backend may answer with "no such session".
ASKS_BACKEND = frozenset(
    {
        Step.UPLOAD,
        Step.TAKE_TURN,
        Step.RECOVER_TURN,
        Step.REREAD_TURN,
        Step.RENDER,
        Step.POLL_RENDER,
        Step.DELIVER,
        Step.DELIVER_BATCH,
    }
)


@cache
def _only(it: T) -> T:
    """One for all that are equal, so that it is quick to compare them."""
    return it


NOTHING_KNOWN = _only(Facts())


@cache
def _changed(it: T, **changes: Any) -> T:
    """A hundred thousand states have a few thousand rows and facts."""
    changed: T = _only(replace(it, **changes))
    return changed


@cache
def _key(kind: MessageKind, job_id: str) -> str:
    return MessageName(kind).key(job_id)


@dataclass(frozen=True)
class State:
    """A row and what the run knows. `sent` once the paid turn may have been sent, `replaced` once this run has a
    session in place of one that was lost."""

    job: Job
    facts: Facts = NOTHING_KNOWN
    sent: bool = False
    replaced: bool = False

    def __hash__(self) -> int:  # each row and each fact is there once; a row's own hash is one of thirty values
        return hash((id(self.job), id(self.facts), self.sent, self.replaced))

    def row(self, **changes: Any) -> State:
        return State(_changed(self.job, **changes), self.facts, self.sent, self.replaced)

    def knows(self, **facts: Any) -> State:
        return State(self.job, _changed(self.facts, **facts), self.sent, self.replaced)

    def enters(self, step: Step, **changes: Any) -> State:
        return self.row(stage=STAGE_BEFORE[step], **changes)

    def says(self, kind: MessageKind) -> State:
        key = _key(kind, self.job.id)
        return self.row(begun=(*self.job.begun, key), said=(*self.job.said, key))

    def crashed(self) -> State:
        return State(self.job, _only(Facts(question=self.facts.question)), sent=self.sent)


def beginnings() -> Iterator[State]:
    files: tuple[tuple[Attachment, ...], ...] = ((), (FILE,))
    for task, about, attachments in product(Task, ("", "a.mp4", ITS_OWN), files):
        if (about == ITS_OWN and not attachments) or (task is Task.UPLOAD and (about or not attachments)):
            continue
        new = State(_only(a_job(id="j", task=task, about=about, attachments=attachments)))
        yield new
        if task is Task.EDIT and not about:
            yield new.knows(question=True)
        if about != ITS_OWN and task is not Task.UPLOAD:
            yield from _going_on(new)
    yield State(a_job(id="j", task=Task.EXPORT, session="s", render="r", form=Form.SHORTER))


def _going_on(new: State) -> Iterator[State]:
    """What "Try again" makes of a job that failed in this session."""
    there = new.row(session="s", uploaded=("a.mp4",) if new.job.attachments else ())
    yield there
    if new.job.task is Task.EXPORT:
        yield there.row(render="r")
        return
    yield there.row(before="{}")
    for answer, concluded in (("", False), ("w", False), ("w", True)):
        turn = replace(there, sent=True).row(before="{}", edited=True, export=True, answer=answer, concluded=concluded)
        yield turn
        if concluded:
            yield turn.row(exportable=True, render="r")


def reachable() -> dict[State, list[int]]:
    """Every state, with the numbers of those that its next step leads to: they are numbered in this order."""
    numbers = {state: number for number, state in enumerate(beginnings())}
    todo, steps = list(numbers), {}
    for state in todo:  # grows meanwhile
        then = list(after(state))
        crashed = [each.crashed() for each in (state, *then, *saved_between(state))]
        for each in (*then, *crashed, *events(state)):
            if numbers.setdefault(each, len(numbers)) == len(todo):
                todo.append(each)
        steps[state] = [numbers[each] for each in then]
    return steps


@cache
def lives() -> dict[State, list[int]]:
    """What is `reachable`, walked through once in a run of the tests, whichever of its processes asks first."""
    kept = Path(os.environ[RUN_FOLDER]) / "lives"
    with kept.with_name("lives.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(list(reachable().items())))
    walked: list[tuple[State, list[int]]] = pickle.loads(kept.read_bytes())
    return dict(walked)


def events(state: State) -> Iterator[State]:
    """What others do to a row: Cancel, and a batch that brings this job along, or goes without it."""
    if not state.job.stage.over:
        yield State(_changed(state.job, stage=Stage.CANCELLED))
    if state.job.stage is Stage.READY:
        for stage, error in ((Stage.DONE, ""), (Stage.FAILED, "internal"), (Stage.DELIVERING, "")):
            yield State(_changed(state.job, stage=stage, error=error or state.job.error), sent=state.sent)


def saved_between(state: State) -> Iterator[State]:
    """The rows that the next step leaves behind if the process dies in the middle of it."""
    step, job = next_step(state.job, state.facts), state.job
    if step in LAST_STEPS:
        return
    noted = state.row(error="render-failed")
    yield from (noted, noted.says(MessageKind.ERROR))
    match step:
        case Step.UPLOAD if job.attachments:
            yield state.row(session="s")
            yield state.enters(step, session="s")
            yield state.enters(step, session="s", uploaded=("a.mp4",))
        case Step.TAKE_TURN:
            sent = replace(state.enters(step, before="{}", edited=True, export=True), sent=True)
            yield from (sent, sent.row(answer="w"), sent.row(answer="w", followed=True))
            yield replace(sent.row(edited=False), sent=False)
        case Step.RECOVER_TURN:
            yield state.row(edited=True)
            yield state.row(edited=True, followed=True)
        case Step.RESUME_TURN | Step.RESUME_RENDER:
            yield state.enters(step)
        case Step.ANSWER_UNFULFILLED:
            yield state.row(error=JobError.UNFULFILLED)
        case Step.RENDER:
            yield state.enters(step, render="r")
        case Step.DELIVER:
            yield state.enters(step, render="r")
            yield state.enters(step, render="r", error=JobError.UNFULFILLED)
        case Step.DELIVER_BATCH:
            yield state.enters(step, carries=("other",))


def after(state: State) -> Iterator[State]:
    """What the next step leads to."""
    step = next_step(state.job, state.facts)
    if step in ASKS_BACKEND and not state.replaced:
        for gone in _found_gone(state, step):
            for had_material, awaited in ((False, False), (True, False), (True, True)):
                yield gone.knows(session_gone=True, had_material=had_material, awaited=awaited)
    if step not in LAST_STEPS:
        yield state.says(MessageKind.ERROR).row(stage=Stage.FAILED, error="internal")
    yield from _well(state, step)


def _found_gone(state: State, step: Step) -> Iterator[State]:
    """The session may be gone before the turn, instead of it, and after it."""
    yield state
    if step is Step.TAKE_TURN:
        sent = state.enters(step, before="{}", edited=True, export=True)
        yield from (sent.row(edited=False), replace(sent, sent=True))


def _well(state: State, step: Step) -> Iterator[State]:  # noqa: C901 - one line a step
    job, facts = state.job, state.facts
    match step:
        case Step.UPLOAD:
            yield _uploaded(state)
        case Step.SAY_UPLOADED:
            yield state.says(MessageKind.UPLOADED).knows(told=Ending.DONE)
        case Step.TAKE_TURN:
            for export in {job.export, True}:
                yield from _concluded(replace(state, sent=True).enters(step, before="{}", edited=True, export=export))
        case Step.RECOVER_TURN:
            yield from _concluded(state)
        case Step.REREAD_TURN:
            yield from (each for each in _concluded(state) if each.job == state.job)
        case Step.RESUME_TURN | Step.RESUME_RENDER:
            yield state.enters(step)
        case Step.ANSWER:
            yield state.says(MessageKind.ANSWER).knows(told=Ending.DONE)
        case Step.ANSWER_UNFULFILLED:
            yield state.row(error=JobError.UNFULFILLED).says(MessageKind.ANSWER).knows(told=Ending.UNFULFILLED)
        case Step.RENDER:
            submitted = state.enters(step, render="r")
            yield submitted.knows(render=Render.UNKNOWN)
            yield submitted.knows(render=Render.REFUSED, refusals=facts.refusals + 1)
        case Step.POLL_RENDER:
            # A message asks for several edits, and never for several exports.
            for company in {False, bool(job.about) and job.task is Task.EDIT and job.stage is Stage.RENDERING}:
                yield state.knows(render=Render.FINISHED, company=company)
            yield state.knows(render=Render.REFUSED, refusals=facts.refusals + 1)
            yield state.knows(soundless=True)
        case Step.PUT_ASIDE:
            yield state.enters(step).knows(put_aside=True)
        case Step.DELIVER:
            yield state.enters(step).says(MessageKind.RESULT).knows(told=Ending.DONE)
            yield _too_large(state.enters(step))
            yield state.enters(step).knows(soundless=True)
        case Step.DELIVER_BATCH:
            for carries in ((), ("other",)):
                yield state.enters(step, carries=carries).says(MessageKind.RESULT).knows(told=Ending.DONE)
            yield _too_large(state.enters(step))
        case Step.START_AFRESH:
            new = state.enters(step, session="t", opened=True, uploaded=(), before="", render="", answer="")
            yield replace(new, facts=_only(Facts(question=facts.question)), sent=False, replaced=True)
        case Step.FINISH | Step.FINISH_UNFULFILLED:
            yield state.enters(step)
        case Step.FINISH_AS_TOLD:
            error = JobError.NONE if job.ending is Ending.DONE else job.error
            yield state.row(stage=job.ending.stage, error=error)
        case Step.SAY_NOTHING_CHANGED | Step.SAY_RENDER_FAILED | Step.SAY_NO_SOUND | Step.SAY_PROJECT_GONE:
            pass  # an error like any other
        case Step.NOTHING:
            pass


def _too_large(state: State) -> State:
    """It was said what could be sent instead of the result."""
    return state.row(error=JobError.UNFULFILLED).says(MessageKind.ANSWER).knows(told=Ending.UNFULFILLED)


def _uploaded(state: State) -> State:
    opened = state.row(session=state.job.session or "s").knows(uploaded=True)
    if not state.job.attachments:
        return opened
    about = "a.mp4" if state.job.about == ITS_OWN else state.job.about
    return opened.enters(Step.UPLOAD, uploaded=("a.mp4",), about=about)


def _concluded(state: State) -> Iterator[State]:
    for turn in TURNS:
        noted = state.row(edited=True, concluded=True, answer="w" if turn.words else "", exportable=turn.exportable)
        yield noted.knows(turn=turn)
    refused = state.row(edited=True, concluded=True, answer="w", error=JobError.UNFULFILLED)
    yield refused.knows(turn=Turn(words=True))
