"""A job's life, from its row to its last message. Can be taken up again from every stage."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from core.aio import finish
from core.chat.buttons import PressCancel
from core.chat.status import Openings, StatusLine
from core.errors import ChatGone, JobTooSlow, LostClaim, PlatformDown, ProjectGone, SessionGone, UserError
from core.job import ITS_OWN, Job, Stage, Task
from core.jobs.batch import PutAside, hand_over, with_their_status
from core.jobs.context import JobContext, Services
from core.jobs.delivery import button
from core.jobs.outcome import (
    Unfulfilled,
    conclude,
    end_as_told,
    end_unfulfilled,
    end_unheard,
    end_well,
    fail,
    put_down,
    say_uploaded,
)
from core.jobs.turn import TurnOutcome, as_concluded, recover, take_turn
from core.jobs.upload import bring_in, check_attachments
from core.language.detection import detect_language
from core.nemo.gui.actions import EditInstead
from core.ports import Messenger
from core.skills import choose_skill
from core.store import StorageTrouble

log = logging.getLogger(__name__)


class JobRunner:
    """Works claimed jobs to their end. `folder` is for files under way; each job's is removed with it."""

    def __init__(
        self, services: Services, messengers: Mapping[str, Messenger], folder: Path, openings: Openings | None = None
    ) -> None:
        self._services = services
        self._messengers = messengers
        self._folder = folder
        self._openings = openings or Openings()

    async def run(self, job: Job, token: str) -> None:
        """Ends with the job over and its person told, unless it is cancelled, put aside or its claim is lost.

        Raises `LostClaim` and `StorageTrouble`: then the row stays as it is for whoever takes it up next.
        """
        context = self._context_of(await with_their_status(self._services.store, job), token)
        context.folder.mkdir(parents=True, exist_ok=True)
        try:
            async with context.status:
                await self._until_over(context)
        finally:
            await asyncio.to_thread(_remove, context.folder)

    def _context_of(self, job: Job, token: str) -> JobContext:
        messenger = self._messengers[job.place.platform]
        skill = self._services.skills.named(job.skill) or choose_skill(self._services.skills, job.request, ())
        status = StatusLine(
            messenger,
            job.place,
            job.language,
            self._services.clock,
            heartbeat=self._services.timing.heartbeat,
            started=job.created,
            message_id=job.status_message,
            opening=self._openings.take(job.id),
            reply_to=job.reply_to,
        )
        context = JobContext(job, token, skill, self._services, messenger, status, self._folder / job.id / token[-16:])
        status.attend(lambda message: context.save(status_message=message), (button(context, PressCancel(job.id)),))
        return context

    async def _until_over(self, context: JobContext) -> None:
        try:
            await self._to_the_end(context)
        except asyncio.CancelledError:
            await finish(put_down(context))
            raise
        except LostClaim:  # to another worker, or because its person cancelled it in the last moment
            if not await put_down(context):
                raise

    async def _to_the_end(self, context: JobContext) -> None:
        if context.last_words_said:
            await end_as_told(context)
            return
        try:
            await self._in_time(context)
        except (LostClaim, StorageTrouble):
            raise
        except Unfulfilled:
            await end_unfulfilled(context)
        except PutAside:
            log.info("job %s: ready, and waiting for the others of its message", context.job.id)
        except (ChatGone, PlatformDown) as error:
            await end_unheard(context, error)
        except UserError as error:
            log.info("job %s: %s (%s)", context.job.id, error.key, error.__cause__)
            await fail(context, error)
        except Exception:
            log.exception("job %s: a mistake of ours", context.job.id)
            await fail(context, UserError())
        else:
            await end_well(context)

    async def _in_time(self, context: JobContext) -> None:
        """Raises `JobTooSlow` where the whole of it takes too long, whatever it waits for."""
        seconds = self._services.timing.job_timeout
        try:
            async with asyncio.timeout(seconds) as limit:
                await self._with_a_session(context)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise JobTooSlow(minutes=int(seconds // 60)) from error

    async def _with_a_session(self, context: JobContext) -> None:
        try:
            await self._stages(context)
        except SessionGone:
            await self._start_afresh(context)
            await self._stages(context)

    async def _start_afresh(self, context: JobContext) -> None:
        """1002: the session is gone, and with it what was in it. Only what this job brought can be had again."""
        job = context.job
        had_material = bool((await self._services.store.project(job.place)).source)
        tongue = detect_language(job.request, job.language)
        session = await self._services.gateway.new_session(job.place, context.skill, tongue)
        if job.edited or (had_material and not job.attachments):
            raise ProjectGone
        if had_material:
            context.notices.append(context.say("old-project-gone"))
        await context.save(session=session, stage=Stage.ACCEPTED, before="", render="")

    async def _stages(self, context: JobContext) -> None:
        names: tuple[str, ...] = ()
        if context.job.stage in (Stage.ACCEPTED, Stage.UPLOADING):
            check_attachments(context)
            await self._connect(context)
            names = await self._upload(context)
        match context.job.task:
            case Task.UPLOAD:
                await say_uploaded(context, names)
            case Task.EXPORT:
                await hand_over(context)
            case Task.EDIT:
                await self._edit(context)

    async def _connect(self, context: JobContext) -> None:
        gateway, place = self._services.gateway, context.job.place
        connected = await gateway.is_connected(place)
        if not connected:
            context.status.show(context.say("connecting"))
        session = await gateway.session(
            place, context.skill, detect_language(context.job.request, context.job.language)
        )
        if not connected:
            context.status.show(context.say("ready"))
        await context.save(session=session)

    async def _upload(self, context: JobContext) -> tuple[str, ...]:
        if not context.job.attachments:
            return ()
        await context.save(stage=Stage.UPLOADING)
        names = await bring_in(context)
        if context.job.about == ITS_OWN:
            await context.save(about=names[-1])
        return names

    async def _edit(self, context: JobContext) -> None:
        match context.job.stage:
            case Stage.RENDERING | Stage.READY | Stage.DELIVERING:
                await hand_over(context)
            case Stage.EDITING if context.job.concluded:
                await conclude(context, await as_concluded(context))
            case Stage.EDITING:
                await conclude(context, await recover(context))
            case _:
                await conclude(context, await self._turn(context))

    async def _turn(self, context: JobContext) -> TurnOutcome:
        job, store = context.job, self._services.store
        project = await store.project(job.place)
        mine = (job.about,) if job.about else project.fresh
        await context.save(export=job.export or bool(mine) or bool(job.output))
        rest = tuple(name for name in project.fresh if name not in mine)
        source = job.about or project.source
        await store.update_project(job.place, fresh=rest, used=context.skill.name, source=source)
        context.status.show(context.say("editing"))
        words = f"{job.request}\n\nFile: {job.about}" if job.about else job.request
        return await self._follow_up(context, await take_turn(context, words))

    async def _follow_up(self, context: JobContext, said: TurnOutcome) -> TurnOutcome:
        """The agent believes in a mouse: what it tells the user to drag is asked of it in words, once."""
        wanted = [action.words for action in said.actions if isinstance(action, EditInstead)]
        if not wanted:
            return said
        then = await take_turn(context, wanted[0])
        kept = tuple(action for action in said.actions if not isinstance(action, EditInstead))
        text = "\n".join(part for part in (said.text, then.text) if part)
        return TurnOutcome(text, said.changed or then.changed, then.state, (*kept, *then.actions))


def _remove(folder: Path) -> None:
    """A run's own: another run of the same job may have begun while this one was tidying up."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()
