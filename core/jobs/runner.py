"""A job's life, from its row to its last message. Can be taken up again from every stage."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from core.aio import finish
from core.chat.buttons import PressCancel, write_press
from core.chat.status import FirstMessages, StatusLine
from core.errors import ChatGone, JobTooSlow, LostClaim, PlatformDown, ProjectGone, SessionGone, UserError
from core.job import ITS_OWN, Job, Stage, Task
from core.jobs.batch import PutAside, hand_over, with_their_status
from core.jobs.context import Tools, Work
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
from core.jobs.turn import Said, as_concluded, recover, take_turn
from core.jobs.upload import bring_in, check_attachments
from core.language.catalogue import say
from core.language.detection import detect_language
from core.messages import Button
from core.nemo.gui.actions import EditInstead
from core.ports import Messenger
from core.skills import choose_skill
from core.store import StorageTrouble

log = logging.getLogger(__name__)


class JobRunner:
    """Works claimed jobs to their end. `folder` is for files under way; each job's is removed with it."""

    def __init__(
        self,
        tools: Tools,
        messengers: Mapping[str, Messenger],
        folder: Path,
        first_messages: FirstMessages | None = None,
    ) -> None:
        self._tools = tools
        self._messengers = messengers
        self._folder = folder
        self._first_messages = first_messages or FirstMessages()

    async def run(self, job: Job, token: str) -> None:
        """Ends with the job over and its person told, unless it is cancelled, put aside or its claim is lost.

        Raises `LostClaim` and `StorageTrouble`: then the row stays as it is for whoever takes it up next.
        """
        work = self._work(await with_their_status(self._tools.store, job), token)
        work.folder.mkdir(parents=True, exist_ok=True)
        try:
            async with work.status:
                await self._until_over(work)
        finally:
            await asyncio.to_thread(_remove, work.folder)

    def _work(self, job: Job, token: str) -> Work:
        messenger = self._messengers[job.place.platform]
        skill = self._tools.skills.named(job.skill) or choose_skill(self._tools.skills, job.request, ())
        cancel = Button(say(job.language, "button-cancel"), write_press(PressCancel(job.id)))
        status = StatusLine(
            messenger,
            job.place,
            job.language,
            self._tools.clock,
            heartbeat=self._tools.settings.heartbeat_seconds,
            started=job.created,
            message_id=job.status_message,
            first_message=self._first_messages.take(job.id),
            reply_to=job.reply_to,
            on_sent=lambda message: work.save(status_message=message),
            buttons=(cancel,),
        )
        work = Work(job, token, skill, self._tools, messenger, status, self._folder / job.id / token[-16:])
        return work

    async def _until_over(self, work: Work) -> None:
        try:
            await self._to_the_end(work)
        except asyncio.CancelledError:
            await finish(put_down(work))
            raise
        except LostClaim:  # to another worker, or because its person cancelled it in the last moment
            if not await put_down(work):
                raise

    async def _to_the_end(self, work: Work) -> None:
        if work.last_words_said:
            await end_as_told(work)
            return
        try:
            await self._in_time(work)
        except (LostClaim, StorageTrouble):
            raise
        except Unfulfilled:
            await end_unfulfilled(work)
        except PutAside:
            log.info("job %s: ready, and waiting for the others of its message", work.job.id)
        except (ChatGone, PlatformDown) as error:
            await end_unheard(work, error)
        except UserError as error:
            log.info("job %s: %s (%s)", work.job.id, error.key, error.__cause__)
            await fail(work, error)
        except Exception:
            log.exception("job %s: a mistake of ours", work.job.id)
            await fail(work, UserError())
        else:
            await end_well(work)

    async def _in_time(self, work: Work) -> None:
        """Raises `JobTooSlow` where the whole of it takes too long, whatever it waits for."""
        seconds = self._tools.settings.job_timeout_seconds
        try:
            async with asyncio.timeout(seconds) as limit:
                await self._with_a_session(work)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise JobTooSlow(minutes=int(seconds // 60)) from error

    async def _with_a_session(self, work: Work) -> None:
        try:
            await self._stages(work)
        except SessionGone:
            await self._start_afresh(work)
            await self._stages(work)

    async def _start_afresh(self, work: Work) -> None:
        """1002: the session is gone, and with it what was in it. Only what this job brought can be had again."""
        job = work.job
        had_material = bool((await self._tools.store.project(job.place)).source)
        tongue = detect_language(job.request, job.language)
        session = await self._tools.gateway.new_session(job.place, work.skill, tongue)
        if job.edited or (had_material and not job.attachments):
            raise ProjectGone
        if had_material:
            work.notices.append(work.say("old-project-gone"))
        await work.save(session=session, stage=Stage.ACCEPTED, before="", render="")

    async def _stages(self, work: Work) -> None:
        names: tuple[str, ...] = ()
        if work.job.stage in (Stage.ACCEPTED, Stage.UPLOADING):
            check_attachments(work)
            await self._connect(work)
            names = await self._upload(work)
        match work.job.task:
            case Task.UPLOAD:
                await say_uploaded(work, names)
            case Task.EXPORT:
                await hand_over(work)
            case Task.EDIT:
                await self._edit(work)

    async def _connect(self, work: Work) -> None:
        gateway, place = self._tools.gateway, work.job.place
        connected = await gateway.is_connected(place)
        if not connected:
            work.status.show(work.say("connecting"))
        session = await gateway.session(place, work.skill, detect_language(work.job.request, work.job.language))
        if not connected:
            work.status.show(work.say("ready"))
        await work.save(session=session)

    async def _upload(self, work: Work) -> tuple[str, ...]:
        if not work.job.attachments:
            return ()
        await work.save(stage=Stage.UPLOADING)
        names = await bring_in(work)
        if work.job.about == ITS_OWN:
            await work.save(about=names[-1])
        return names

    async def _edit(self, work: Work) -> None:
        match work.job.stage:
            case Stage.RENDERING | Stage.READY | Stage.DELIVERING:
                await hand_over(work)
            case Stage.EDITING if work.job.concluded:
                await conclude(work, await as_concluded(work))
            case Stage.EDITING:
                await conclude(work, await recover(work))
            case _:
                await conclude(work, await self._turn(work))

    async def _turn(self, work: Work) -> Said:
        job, store = work.job, self._tools.store
        project = await store.project(job.place)
        mine = (job.about,) if job.about else project.fresh
        await work.save(export=job.export or bool(mine) or bool(job.output))
        rest = tuple(name for name in project.fresh if name not in mine)
        source = job.about or project.source
        await store.update_project(job.place, fresh=rest, used=work.skill.name, source=source)
        work.status.show(work.say("editing"))
        words = f"{job.request}\n\nFile: {job.about}" if job.about else job.request
        return await self._follow_up(work, await take_turn(work, words))

    async def _follow_up(self, work: Work, said: Said) -> Said:
        """The agent believes in a mouse: what it tells the user to drag is asked of it in words, once."""
        wanted = [action.words for action in said.actions if isinstance(action, EditInstead)]
        if not wanted:
            return said
        then = await take_turn(work, wanted[0])
        kept = tuple(action for action in said.actions if not isinstance(action, EditInstead))
        text = "\n".join(part for part in (said.text, then.text) if part)
        return Said(text, said.changed or then.changed, then.state, (*kept, *then.actions))


def _remove(folder: Path) -> None:
    """A run's own: another run of the same job may have begun while this one was tidying up."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()
