"""What follows a turn, and how a job ends: its answer, its last status line, and the sign on its person's message."""

from __future__ import annotations

import asyncio
import logging
from typing import assert_never

from core.chat.buttons import suggestions
from core.chat.status import clock_face
from core.chat.summaries import credits_line, timeline_line
from core.errors import ChatGone, CutroomError, NoSoundInResult, NothingChanged, PlatformDown, UserError
from core.files import AUDIO_TYPES, kind_of
from core.intents import asks_for_words
from core.job import Stage
from core.jobs.batch import hand_over
from core.jobs.context import JobContext
from core.jobs.delivery import answer, apologise
from core.jobs.turn import TurnOutcome
from core.messages import Mark, Outgoing, Tone
from core.nemo.draft.timeline import has_segments
from core.nemo.gui.actions import EditInstead, Offer, RunExport, ShowCredits, ShowTimeline

OFFERS = 3
UNFULFILLED = "unfulfilled"


class Unfulfilled(CutroomError):
    """The agent answered and made nothing of the file it was given; its words have been said."""


async def conclude(context: JobContext, said: TurnOutcome) -> None:
    """Goes on to the export where the request asked for a file back, else says what the agent said.

    Raises `NothingChanged` after a turn that said and did nothing, `Unfulfilled` after one that only talked
    although a file was to be made, `PutAside` where the file waits for others.
    """
    text = await _with_what_was_named(context, said)
    offers = tuple(action.words for action in said.actions if isinstance(action, Offer))[:OFFERS]
    await context.save(answer=text, offers=offers, concluded=True)
    if context.job.export and _is_worth_exporting(context, said):
        try:
            await hand_over(context)
        except NoSoundInResult:
            if not text:
                raise
        else:
            return
    if not text and not said.changed:
        raise NothingChanged
    # A question about a file is answered with words: they are all that was wanted.
    owed = context.job.export and not asks_for_words(context.job.request)
    if owed:
        await context.save(error=UNFULFILLED)
    await answer(context, text, can_export=has_segments(said.state.draft), tone=Tone.ERROR if owed else Tone.ANSWER)
    if owed:
        raise Unfulfilled


def _is_worth_exporting(context: JobContext, said: TurnOutcome) -> bool:
    """Taking the sound out need not show in the timeline: it can be had from the project as it stands."""
    if said.changed or any(isinstance(action, RunExport) for action in said.actions):
        return True
    wanted = context.job.output or context.skill.output
    return wanted in AUDIO_TYPES and has_segments(said.state.draft)


async def _with_what_was_named(context: JobContext, said: TurnOutcome) -> str:
    """The agent sent the user to a panel: here is what stands in it."""
    parts = [said.text]
    for action in dict.fromkeys(said.actions):
        match action:
            case ShowTimeline():
                parts.append(timeline_line(context.job.language, said.state.draft))
            case ShowCredits():
                balance = await context.ask(context.services.gateway.client.credits)
                parts.append(credits_line(context.job.language, balance))
            case RunExport() | EditInstead() | Offer():
                pass
            case _:
                assert_never(action)
    return "\n".join(part for part in parts if part)


async def say_uploaded(context: JobContext, names: tuple[str, ...]) -> None:
    """A file came alone: it is kept, and what could be done with it is offered once."""
    project = await context.services.store.project(context.job.place)
    kinds = [kind_of(name) for name in names]
    buttons = suggestions(context.services.skills, project.skill, kinds, context.job.language)
    text = context.say("uploaded", names=", ".join(names), count=len(names))
    await context.send(Outgoing(text, buttons=buttons), "uploaded")


log = logging.getLogger(__name__)
MARK_SECONDS = 5.0


async def end_well(context: JobContext) -> None:
    await context.save(stage=Stage.DONE, error="")
    await _close(context, "status-done", Mark.DONE)


async def end_unfulfilled(context: JobContext) -> None:
    """It was answered, but not with the file that was wanted."""
    await context.save(stage=Stage.FAILED, error=UNFULFILLED)
    await _close(context, "status-answered", Mark.FAILED)


async def end_as_told(context: JobContext) -> None:
    """An earlier run said how it ended, and was gone before it could note that it is over."""
    error = context.job.error
    await context.save(stage=Stage.FAILED if error else Stage.DONE)
    key = {"": "status-done", UNFULFILLED: "status-answered"}.get(error, "status-stopped")
    await _close(context, key, Mark.FAILED if error else Mark.DONE)


async def end_unheard(context: JobContext, error: ChatGone | PlatformDown) -> None:
    key = "chat-gone" if isinstance(error, ChatGone) else "platform-down"
    log.info("job %s: nobody can be told: %s", context.job.id, key)
    await context.save(stage=Stage.FAILED, error=key)


async def fail(context: JobContext, error: UserError) -> None:
    # Why is saved before it is said: who finds it said must know that it is a failure.
    # What it carries ends with it only where that may have been said.
    await context.save(error=error.key, carries=context.job.carries if context.job.begun else ())
    try:
        await apologise(context, error)
    except (ChatGone, PlatformDown):
        log.info("job %s: nobody can be told", context.job.id)
    await context.save(stage=Stage.FAILED)
    await _close(context, "status-stopped", Mark.FAILED)


async def put_down(context: JobContext) -> bool:
    """Stopped from outside: by its person, who is told, or by our own end, after which the row goes on. Whether it was
    its person."""
    job = await context.services.store.job(context.job.id)
    if job is None or job.stage is not Stage.CANCELLED:
        return False
    _tidy(context, "status-cancelled")
    if context.job.stage is Stage.RENDERING:
        client, render = context.services.gateway.client, context.job.render
        try:
            await context.ask(lambda who: client.cancel_render(who, render))
        except UserError:
            log.info("job %s: the render could not be cancelled", context.job.id)
    return True


def _tidy(context: JobContext, key: str) -> None:
    elapsed = context.services.clock.now() - context.job.created
    context.status.close_with(context.say(key, elapsed=clock_face(elapsed)))


async def _close(context: JobContext, key: str, mark: Mark) -> None:
    _tidy(context, key)
    if not context.job.reply_to:
        return
    try:
        async with asyncio.timeout(MARK_SECONDS):
            await context.messenger.mark(context.job.place, context.job.reply_to, mark)
    except Exception as error:
        log.info("job %s: not marked: %s", context.job.id, type(error).__name__)
