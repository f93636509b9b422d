"""Runs a job to its end: asks the lifecycle for the next step and takes it, from whatever stage the row is in."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, assert_never

from core.aio import finish
from core.chat.buttons import PressCancel, write_press
from core.chat.status import FirstMessages, StatusLine
from core.errors import (
    ChatGone,
    JobTooSlow,
    LostClaim,
    NoSoundInResult,
    NothingChanged,
    PlatformDown,
    RenderFailed,
    SessionGone,
    UserError,
)
from core.job import Job
from core.jobs.answering import wants_words
from core.jobs.batch import adopt_status_message, deliver_batch, look_for_company, put_aside
from core.jobs.context import JobContext, Services
from core.jobs.delivery import deliver_render
from core.jobs.midway import as_it_stands
from core.jobs.outcome import (
    conclude,
    finish_as_told,
    finish_cancelled,
    finish_done,
    finish_failed,
    finish_unfulfilled,
    finish_unheard,
    note_turn,
    say_answer,
    say_answer_unfulfilled,
)
from core.jobs.render import poll_render, submit_render
from core.jobs.restoring import notices_of_reply
from core.jobs.session import give_up_project, note_lost_session, start_afresh
from core.jobs.turn import recover_turn, reread_turn, take_turn
from core.jobs.upload import say_uploaded, upload_attachments
from core.language.catalogue import say
from core.lifecycle import LAST_STEPS, Facts, Step
from core.messages import Button
from core.ports import Messenger
from core.skills import choose_skill
from core.store import StorageTrouble

log = logging.getLogger(__name__)

# Not begun where nobody is left whom their result could be told. What is under way is brought to its end and kept.
FOR_SOMEBODY = frozenset({Step.UPLOAD, Step.TAKE_TURN, Step.RENDER})


class JobRunner:
    """Runs claimed jobs. `folder` is for files under way; each run has its own in it and removes it."""

    def __init__(
        self,
        services: Services,
        messengers: Mapping[str, Messenger],
        folder: Path,
        first_messages: FirstMessages | None = None,
    ) -> None:
        self._services = services
        self._messengers = messengers
        self._folder = folder
        self._first_messages = first_messages or FirstMessages()

    async def run(self, job: Job, token: str) -> None:
        """Ends with the job over and its person told, unless it is cancelled, put aside or its claim is lost.

        Raises `LostClaim` and `StorageTrouble`: then the row stays as it is for whoever takes it up next.
        """
        context = self._context_of(await adopt_status_message(self._services.store, job), token)
        context.folder.mkdir(parents=True, exist_ok=True)
        try:
            async with context.status:
                await self._until_over(context)
        finally:
            await asyncio.to_thread(_remove, context.folder)

    def _context_of(self, job: Job, token: str) -> JobContext:
        messenger = self._messengers[job.place.platform]
        skill = self._services.skills.named(job.skill) or choose_skill(self._services.skills, job.request, ())
        cancel = Button(say(job.language, "button-cancel"), write_press(PressCancel(job.id)))
        status = StatusLine(
            messenger,
            job.place,
            job.language,
            self._services.clock,
            heartbeat=self._services.timing.heartbeat,
            started=job.created,
            message_id=job.status_message,
            first_message=self._first_messages.take(job.id),
            reply_to=job.reply_to,
            on_sent=lambda message: context.save(status_message=message),
            buttons=(cancel,),
        )
        folder, facts = self._folder / job.id / token[-16:], Facts(question=wants_words(job))
        context = JobContext(job, token, skill, self._services, messenger, status, folder, facts=facts)
        context.notices.extend(notices_of_reply(context))
        return context

    async def _until_over(self, context: JobContext) -> None:
        try:
            await self._to_the_end(context)
        except asyncio.CancelledError:
            await finish(finish_cancelled(context))
            raise
        except LostClaim:  # to another worker, or because its person cancelled it in the last moment
            if not await finish_cancelled(context):
                raise

    async def _to_the_end(self, context: JobContext) -> None:
        try:
            await self._in_time(context)
        except (LostClaim, StorageTrouble):
            raise
        except (ChatGone, PlatformDown) as error:
            await finish_unheard(context, error)
        except UserError as error:
            log.info("job %s: %s (%s)", context.job.id, error.key, error.__cause__)
            await finish_failed(context, as_it_stands(context.job, error))
        except Exception:
            log.exception("job %s: a mistake of ours", context.job.id)
            await finish_failed(context, UserError())
        else:
            await _take(context.next_step, context)

    async def _in_time(self, context: JobContext) -> None:
        """Raises `JobTooSlow` where the whole of it takes too long, whatever it waits for."""
        seconds = self._services.timing.job_timeout
        try:
            async with asyncio.timeout(seconds) as limit:
                await _in_a_session(context)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise JobTooSlow(minutes=int(seconds // 60)) from error


async def _in_a_session(context: JobContext) -> None:
    """A session that is lost is replaced once."""
    try:
        await _take_steps(context)
    except SessionGone:
        await note_lost_session(context)
        await _take_steps(context)


async def _take_steps(context: JobContext) -> None:
    while (step := context.next_step) not in LAST_STEPS:
        if step in FOR_SOMEBODY and context.status.gone:
            raise ChatGone("found out by the status message")
        await _take(step, context)


async def _take(step: Step, context: JobContext) -> None:  # noqa: C901, PLR0912 - one line a step
    match step:
        case Step.UPLOAD:
            await upload_attachments(context)
        case Step.SAY_UPLOADED:
            await say_uploaded(context)
        case Step.TAKE_TURN:
            await conclude(context, await take_turn(context))
        case Step.RECOVER_TURN:
            await conclude(context, await recover_turn(context))
        case Step.REREAD_TURN:
            note_turn(context, await reread_turn(context))
        case Step.RESUME_TURN | Step.RESUME_RENDER:
            await context.enter(step)
        case Step.ANSWER:
            await say_answer(context)
        case Step.ANSWER_UNFULFILLED:
            await say_answer_unfulfilled(context)
        case Step.RENDER:
            await submit_render(context)
        case Step.POLL_RENDER:
            await poll_render(context)
            await look_for_company(context)
        case Step.PUT_ASIDE:
            await put_aside(context)
        case Step.DELIVER_BATCH:
            await deliver_batch(context)
        case Step.DELIVER:
            await deliver_render(context)
        case Step.START_AFRESH:
            await start_afresh(context)
        case Step.SAY_PROJECT_GONE:
            await give_up_project(context)
        case Step.SAY_NOTHING_CHANGED | Step.SAY_RENDER_FAILED | Step.SAY_NO_SOUND:
            raise _error(step, context)
        case Step.FINISH | Step.FINISH_UNFULFILLED | Step.FINISH_AS_TOLD | Step.NOTHING:
            await _finish(step, context)
        case _:
            assert_never(step)


def _error(
    step: Literal[Step.SAY_NOTHING_CHANGED, Step.SAY_RENDER_FAILED, Step.SAY_NO_SOUND], context: JobContext
) -> UserError:
    match step:
        case Step.SAY_NOTHING_CHANGED:
            return NothingChanged()
        case Step.SAY_RENDER_FAILED:
            return RenderFailed()
        case Step.SAY_NO_SOUND:
            return NoSoundInResult()
        case _:
            assert_never(step)


async def _finish(
    step: Literal[Step.FINISH, Step.FINISH_UNFULFILLED, Step.FINISH_AS_TOLD, Step.NOTHING], context: JobContext
) -> None:
    match step:
        case Step.FINISH:
            await finish_done(context)
        case Step.FINISH_UNFULFILLED:
            await finish_unfulfilled(context)
        case Step.FINISH_AS_TOLD:
            await finish_as_told(context)
        case Step.NOTHING:
            pass
        case _:
            assert_never(step)


def _remove(folder: Path) -> None:
    """Only this run's folder: another run of the same job may have begun meanwhile."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()
