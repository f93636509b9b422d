"""What a turn came to, and how a job ends: its answer, its last status line, the sign on its person's message."""

from __future__ import annotations

import asyncio
import logging
from typing import assert_never

from core.chat.status import clock_face
from core.chat.summaries import credits_line, timeline_line
from core.errors import (
    ChatGone,
    NoSoundInResult,
    PlatformDown,
    UserError,
)
from core.files import AUDIO_TYPES
from core.intents import asks_back, asks_only, is_done_by_its_type
from core.job import Ending, Job, JobError, Project, Stage
from core.jobs.aftermath import note_project
from core.jobs.beside import brought, failed_beside
from core.jobs.context import JobContext
from core.jobs.delivery import send_answer, send_error
from core.jobs.turn import TurnOutcome, words_of_turn
from core.language.catalogue import explain
from core.lifecycle import Step, Turn
from core.messages import Mark, Tone
from core.nemo.draft.generated import has_material
from core.nemo.draft.timeline import has_segments
from core.nemo.gui.actions import EditInstead, Offer, RunExport, SendFile, ShowCredits, ShowTimeline
from core.nemo.gui.markdown import plain

log = logging.getLogger(__name__)
OFFERS = 3
MARK_SECONDS = 5.0


async def conclude(context: JobContext, outcome: TurnOutcome) -> None:
    """Notes what is to be said of the turn, and what can be made of it."""
    text = _with_question(await _with_what_was_named(context, outcome), context.job)
    project = await note_project(context, outcome)
    if outcome.partly:
        _say_what_is_left_out(context, project)
    worth = _is_worth_exporting(context, outcome, project)
    if text and not worth and _claims_too_much(context, outcome, text):
        text = f"{text}\n{context.say('nothing-has-changed')}"
    await context.save(
        answer=text,
        offers=tuple(dict.fromkeys(action.words for action in outcome.actions if isinstance(action, Offer)))[:OFFERS],
        export=context.job.export or _is_generated(context, outcome),
        exportable=worth,
        error=_noted(context, outcome),
        concluded=True,
    )
    note_turn(context, outcome)


def _with_question(text: str, job: Job) -> str:
    """Most often the agent's words are the question, or end with it."""
    asked = plain(job.question.text) if job.question else ""
    return text if asked in text else "\n".join(part for part in (text, asked) if part)


def note_turn(context: JobContext, outcome: TurnOutcome) -> None:
    """What the table has to know of a turn that is concluded."""
    job, state = context.job, outcome.state
    context.learn(
        turn=Turn(
            words=bool(job.answer),
            changed=outcome.changed if state else job.exportable,
            exportable=job.exportable or outcome.changed,
            material=state is not None and has_material(state),
        )
    )


def _is_refused(context: JobContext, outcome: TurnOutcome) -> bool:
    """The agent says it, or said it to an earlier run."""
    return not outcome.changed and (outcome.unfulfilled is not None or context.job.error == JobError.UNFULFILLED)


def _noted(context: JobContext, outcome: TurnOutcome) -> JobError:
    if outcome.partly or (outcome.changed and context.job.error == JobError.PARTLY):
        return JobError.PARTLY
    return JobError.UNFULFILLED if _is_refused(context, outcome) else JobError.NONE


def _say_what_is_left_out(context: JobContext, project: Project) -> None:
    """Of several files, those that did not get into what was made."""
    left = [name for name in context.job.files if name not in project.played]
    if project.played and left and len(context.job.files) > 1:
        context.notices.append(context.say("left-out", names=", ".join(left)))


def _is_generated(context: JobContext, outcome: TurnOutcome) -> bool:
    """Whether something was made of words alone: then it is what was asked for."""
    if not outcome.changed or outcome.state is None or context.job.attachments or context.job.about:
        return False
    return not _has_timeline(outcome) and has_material(outcome.state)


def _claims_too_much(context: JobContext, outcome: TurnOutcome, text: str) -> bool:
    """Whether the words may pass for an edit that was not made. An agent that says so itself needs no comment."""
    if outcome.changed or outcome.state is None or context.job.question or _is_refused(context, outcome):
        return False
    return not context.facts.question and not asks_only(text)


async def say_answer(context: JobContext) -> None:
    """Says what the agent said, and that is what was wanted."""
    turn = context.facts.turn
    await send_answer(context, context.job.answer, turn=turn or Turn())
    context.learn(told=brought(context.job))


async def say_answer_unfulfilled(context: JobContext) -> None:
    """Says what the agent said, which is not what was wanted."""
    if context.job.error != JobError.PARTLY:
        await context.save(error=JobError.UNFULFILLED)
    text = context.job.answer
    if context.facts.soundless:
        text = f"{text}\n{explain(context.job.language, NoSoundInResult())}"
    tone = Tone.ANSWER if context.job.question or asks_back(text) else Tone.ERROR
    await send_answer(context, text, turn=context.facts.turn or Turn(), tone=tone)
    context.learn(told=Ending.UNFULFILLED)


def _is_worth_exporting(context: JobContext, outcome: TurnOutcome, project: Project) -> bool:
    """An unchanged project is worth it only where the type of the file is all that was wanted: taking the sound out
    need not show in the timeline. Of a file that the turn was for that makes something only if nothing else is there.
    """
    if outcome.changed:
        return True
    if _is_refused(context, outcome) or context.facts.question or not _has_timeline(outcome):
        return False
    if not _holds_nothing_else(context, project):
        return False
    wanted, request = context.job.output, context.job.request
    if wanted in AUDIO_TYPES:
        return is_done_by_its_type(request, sound=True)
    sent_to_export = any(isinstance(action, RunExport) for action in outcome.actions)
    return sent_to_export and bool(wanted) and is_done_by_its_type(request, sound=False)


def _holds_nothing_else(context: JobContext, project: Project) -> bool:
    """Whether the project is what the turn was for: all of it, or the only file that it has."""
    files = context.job.files
    return not files or sorted(file.name for file in project.files) == sorted(files)


def _has_timeline(outcome: TurnOutcome) -> bool:
    return outcome.state is not None and has_segments(outcome.state.draft)


async def _with_what_was_named(context: JobContext, outcome: TurnOutcome) -> str:
    """The agent sent the user to a panel: here is what stands in it."""
    parts = [outcome.text]
    for action in dict.fromkeys(outcome.actions):
        match action:
            case ShowTimeline():
                parts += [timeline_line(context.job.language, outcome.state.draft)] if outcome.state else []
            case ShowCredits():
                parts.append(await _balance(context))
            case SendFile():
                parts.append(context.say("send-it-here"))
            case RunExport() | EditInstead() | Offer():
                pass
            case _:
                assert_never(action)
    return "\n".join(part for part in parts if part)


async def _balance(context: JobContext) -> str:
    """ "" where it cannot be had: what came of the turn does not hang on it."""
    try:
        balance = await context.ask(context.services.gateway.client.credits)
    except UserError as error:
        log.info("job %s: the balance could not be looked up: %s", context.job.id, error.key)
        return ""
    return credits_line(context.job.language, balance)


async def finish_done(context: JobContext) -> None:
    await context.enter(Step.FINISH, error=JobError.NONE)
    await _close_and_mark(context, Ending.DONE)


async def finish_unfulfilled(context: JobContext) -> None:
    """It was answered, but not with all that was wanted."""
    partly = context.facts.told is Ending.PARTLY
    await context.enter(Step.FINISH_UNFULFILLED, error=JobError.PARTLY if partly else JobError.UNFULFILLED)
    await _close_and_mark(context, Ending.PARTLY if partly else Ending.UNFULFILLED)


async def finish_as_told(context: JobContext) -> None:
    """An earlier run said how the job ended and crashed before it could save that."""
    ending = context.job.ending
    error = JobError.NONE if ending is Ending.DONE else context.job.error
    await context.save(stage=ending.stage, error=error)
    await _close_and_mark(context, ending)


async def finish_unheard(context: JobContext, error: ChatGone | PlatformDown) -> None:
    key = JobError.CHAT_GONE if isinstance(error, ChatGone) else JobError.PLATFORM_DOWN
    log.info("job %s: nobody can be told: %s", context.job.id, key)
    await context.save(stage=Stage.FAILED, error=key)
    if isinstance(error, PlatformDown):  # it may be back by now, and the status says that work goes on
        _close_status(context, "status-stopped")


async def finish_failed(context: JobContext, error: UserError) -> None:
    # The reason is saved before it is said: a run that finds it said must know that the job failed.
    # The jobs that it carries end with it only if their results may have been sent.
    await context.save(error=error.key, carries=context.job.carries if context.job.begun else ())
    try:
        await send_error(context, error, after=words_of_turn(context.job))
    except (ChatGone, PlatformDown):
        log.info("job %s: nobody can be told", context.job.id)
    await context.save(stage=Stage.FAILED)
    await _close_and_mark(context, Ending.STOPPED)


async def finish_cancelled(context: JobContext) -> bool:
    """After the run was stopped: closes the status message and cancels the render if the job was cancelled. Returns
    False for one that was not; its row stays for the next run."""
    job = await context.services.store.job(context.job.id)
    if job is None or job.stage is not Stage.CANCELLED:
        return False
    _close_status(context, "status-cancelled")
    if context.job.stage is Stage.RENDERING:
        client, render = context.services.gateway.client, context.job.render
        try:
            await context.ask(lambda who: client.cancel_render(who, render))
        except UserError:
            log.info("job %s: the render could not be cancelled", context.job.id)
    return True


def _close_status(context: JobContext, key: str) -> None:
    context.status.close_with(context.say(key, elapsed=clock_face(context.status.elapsed)))


_STATUS = {
    Ending.DONE: "status-done",
    Ending.PARTLY: "status-partly",
    Ending.UNFULFILLED: "status-answered",
    Ending.STOPPED: "status-stopped",
}


async def _close_and_mark(context: JobContext, ending: Ending) -> None:
    """The message is done when all of its jobs are."""
    if ending is Ending.DONE and (failed := await failed_beside(context)):
        ending = Ending.PARTLY
        elapsed = clock_face(context.status.elapsed)
        context.status.close_with(context.say("status-all-but", elapsed=elapsed, names=", ".join(failed)))
    else:
        _close_status(context, _STATUS[ending])
    if not context.job.reply_to or (context.job.question and ending is Ending.UNFULFILLED):
        return  # a request that waits for its person is neither done nor failed
    mark = Mark.DONE if ending is Ending.DONE else Mark.FAILED
    try:
        async with asyncio.timeout(MARK_SECONDS):
            await context.messenger.mark(context.job.place, context.job.reply_to, mark)
    except Exception as error:
        log.info("job %s: not marked: %s", context.job.id, type(error).__name__)
