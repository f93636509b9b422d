"""What a turn came to, and how a job ends: its answer, its last status line, the sign on its person's message."""

from __future__ import annotations

import asyncio
import logging
from typing import assert_never

from core.chat.status import clock_face
from core.chat.summaries import credits_line, timeline_line
from core.errors import ChatGone, PlatformDown, UserError
from core.files import AUDIO_TYPES
from core.intents import asks_for_words
from core.job import Ending, JobError, Project, Stage
from core.jobs.aftermath import note_turn
from core.jobs.context import JobContext
from core.jobs.delivery import send_answer, send_error
from core.jobs.turn import TurnOutcome
from core.lifecycle import Step, Turn
from core.messages import Mark, Tone
from core.nemo.draft.timeline import has_segments
from core.nemo.gui.actions import EditInstead, Offer, RunExport, ShowCredits, ShowTimeline

log = logging.getLogger(__name__)
OFFERS = 3
MARK_SECONDS = 5.0


async def conclude(context: JobContext, outcome: TurnOutcome) -> None:
    """Notes what is to be said of the turn, and what can be made of it."""
    text = await _with_what_was_named(context, outcome)
    offers = tuple(action.words for action in outcome.actions if isinstance(action, Offer))[:OFFERS]
    project = await note_turn(context, outcome)
    await context.save(answer=text, offers=offers, concluded=True)
    context.learn(
        turn=Turn(
            words=bool(text),
            changed=outcome.changed,
            exportable=_is_worth_exporting(context, outcome, project),
            # A question about a file is answered with words: they are all that was wanted.
            question=asks_for_words(context.job.request),
            material=has_segments(outcome.state.draft),
        )
    )


async def say_answer(context: JobContext) -> None:
    """Says what the agent said, and that is what was wanted."""
    await send_answer(context, context.job.answer, can_export=_has_material(context))
    context.learn(told=Ending.DONE)


async def say_answer_without_file(context: JobContext) -> None:
    """Says what the agent said; a file was wanted, and there is none."""
    await context.save(error=JobError.UNFULFILLED)
    await send_answer(context, context.job.answer, can_export=_has_material(context), tone=Tone.ERROR)
    context.learn(told=Ending.UNFULFILLED)


def _has_material(context: JobContext) -> bool:
    return context.facts.turn is not None and context.facts.turn.material


def _is_worth_exporting(context: JobContext, outcome: TurnOutcome, project: Project) -> bool:
    """A turn that changed nothing makes nothing of a file that it was for: what the project holds is not that file.

    Taking the sound out need not show in the timeline, so it can be had from the project as it stands, or from a file
    that is all that the project has.
    """
    if outcome.changed:
        return True
    is_told_to = any(isinstance(action, RunExport) for action in outcome.actions)
    is_for_its_sound = context.job.output in AUDIO_TYPES and has_segments(outcome.state.draft)
    if not context.job.files:
        return is_told_to or is_for_its_sound
    is_all_there_is = sorted(file.name for file in project.files) == sorted(context.job.files)
    return is_for_its_sound and is_all_there_is and (is_told_to or not outcome.text)


async def _with_what_was_named(context: JobContext, outcome: TurnOutcome) -> str:
    """The agent sent the user to a panel: here is what stands in it."""
    parts = [outcome.text]
    for action in dict.fromkeys(outcome.actions):
        match action:
            case ShowTimeline():
                parts.append(timeline_line(context.job.language, outcome.state.draft))
            case ShowCredits():
                balance = await context.ask(context.services.gateway.client.credits)
                parts.append(credits_line(context.job.language, balance))
            case RunExport() | EditInstead() | Offer():
                pass
            case _:
                assert_never(action)
    return "\n".join(part for part in parts if part)


async def finish_done(context: JobContext) -> None:
    await context.enter(Step.FINISH, error=JobError.NONE)
    await _close_and_mark(context, Ending.DONE)


async def finish_unfulfilled(context: JobContext) -> None:
    """It was answered, but not with the file that was wanted."""
    await context.enter(Step.FINISH_UNFULFILLED, error=JobError.UNFULFILLED)
    await _close_and_mark(context, Ending.UNFULFILLED)


async def finish_as_told(context: JobContext) -> None:
    """An earlier run said how the job ended and crashed before it could save that."""
    ending = context.job.ending
    await context.save(stage=ending.stage)
    await _close_and_mark(context, ending)


async def finish_unheard(context: JobContext, error: ChatGone | PlatformDown) -> None:
    key = JobError.CHAT_GONE if isinstance(error, ChatGone) else JobError.PLATFORM_DOWN
    log.info("job %s: nobody can be told: %s", context.job.id, key)
    await context.save(stage=Stage.FAILED, error=key)


async def finish_failed(context: JobContext, error: UserError) -> None:
    # The reason is saved before it is said: a run that finds it said must know that the job failed.
    # The jobs that it carries end with it only if their results may have been sent.
    await context.save(error=error.key, carries=context.job.carries if context.job.begun else ())
    try:
        await send_error(context, error)
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
    elapsed = context.services.clock.now() - context.job.created
    context.status.close_with(context.say(key, elapsed=clock_face(elapsed)))


_STATUS = {
    Ending.DONE: "status-done",
    Ending.UNFULFILLED: "status-answered",
    Ending.STOPPED: "status-stopped",
}


async def _close_and_mark(context: JobContext, ending: Ending) -> None:
    _close_status(context, _STATUS[ending])
    if not context.job.reply_to:
        return
    mark = Mark.DONE if ending is Ending.DONE else Mark.FAILED
    try:
        async with asyncio.timeout(MARK_SECONDS):
            await context.messenger.mark(context.job.place, context.job.reply_to, mark)
    except Exception as error:
        log.info("job %s: not marked: %s", context.job.id, type(error).__name__)
