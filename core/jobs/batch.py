"""Results of one message go out together: who is ready waits for the others, and the first of them takes all along.

A message that asks something of several files becomes a job a file, done one after the other. Whoever has rendered
while others of its message are still to be done is put aside as `Stage.READY`: nobody works on it, and it holds up none
of its own message. The store hands the first of those out again once there is none to wait for, or after two minutes.
That one notes in its row whose results it `carries` before it says anything, and they end in the same write as itself.
So a kill leaves rows that say what is still to be said, and the books of what may have been said are those of one job.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from core.albums import Piece, deliver_all
from core.errors import CutroomError, UserError
from core.job import Job, Stage, Task
from core.jobs.context import Work
from core.jobs.delivery import deliver
from core.jobs.render import render, rendered
from core.jobs.result import fetch_result
from core.ports import Store
from core.skills import choose_skill

log = logging.getLogger(__name__)


class PutAside(CutroomError):
    """Rendered, and waiting for the others of its message. It is not this run that delivers it."""


async def hand_over(work: Work) -> None:
    """Renders and delivers, or puts aside, or delivers what has been put aside with all that wait for it.

    Raises `PutAside`, and what `render`, `fetch_result` and `deliver` raise.
    """
    if work.job.stage is Stage.READY or work.job.carries:
        await _deliver_together(work)
        return
    if work.job.stage is Stage.DELIVERING and work.job.about:
        await deliver(work, await fetch_result(work, await rendered(work)))  # was parted from the others
        return
    url = await render(work)
    if others := await _company(work):
        await _put_aside(work, others)
    await work.save(stage=Stage.DELIVERING)
    await deliver(work, await fetch_result(work, url))


async def with_their_status(store: Store, job: Job) -> Job:
    """A message has one status message: the next of its jobs goes on with that of those that are ready."""
    if not job.about or job.status_message:
        return job
    shown = [each.status_message for each in await _others(store, job) if each.stage is Stage.READY]
    return replace(job, status_message=next(filter(None, shown), ""))


async def _others(store: Store, job: Job) -> list[Job]:
    return [each for each in await store.open_jobs(job.place) if each.message == job.message and each.id != job.id]


async def _company(work: Work) -> list[Job]:
    """The open jobs of this message that will have a result too, where several can be shown together."""
    if not work.job.about or work.messenger.limits(work.job.place).album is None:
        return []
    return [job for job in await _others(work.tools.store, work.job) if job.task is not Task.UPLOAD]


async def _put_aside(work: Work, others: Iterable[Job]) -> None:
    left = sum(job.stage is not Stage.READY for job in others)
    ready = sum(job.stage is Stage.READY for job in others) + 1
    if left:
        work.status.show(work.say("part-ready", ready=ready, left=left))
    answer = "\n\n".join([*work.notices, work.job.answer]).strip()
    await work.save(stage=Stage.READY, answer=answer)
    raise PutAside


async def _deliver_together(work: Work) -> None:
    pieces, alone = [await _fetched(work)], []
    for job in await _taken_along(work):
        beside = _beside(work, job)
        try:
            pieces.append(await _fetched(beside))
        except UserError as error:
            log.info("job %s: %s: not taken along (%s)", job.id, error.key, work.job.id)
            alone.append(job.id)
    await work.tools.store.part(alone, work.token)
    await work.save(stage=Stage.DELIVERING, carries=tuple(piece.work.job.id for piece in pieces[1:]))
    if len(pieces) == 1:
        await deliver(work, pieces[0].result)
    else:
        await deliver_all(work, pieces)


async def _taken_along(work: Work) -> list[Job]:
    """An earlier run may have begun to say what it noted: then it is that, whatever has become ready since."""
    others = await _others(work.tools.store, work.job)
    if work.job.carries:
        return [job for job in others if job.id in work.job.carries]
    return [job for job in others if job.stage is Stage.READY]


async def _fetched(work: Work) -> Piece:
    result = await fetch_result(work, await rendered(work))
    work.notices.clear()  # its answer has had them since it was put aside
    return Piece(work, result)


def _beside(work: Work, job: Job) -> Work:
    """Another job's work in this one's run: it is looked at, and not saved."""
    skills = work.tools.skills
    folder = work.folder / job.id
    folder.mkdir(exist_ok=True)
    skill = skills.named(job.skill) or choose_skill(skills, job.request, ())
    return Work(job, work.token, skill, work.tools, work.messenger, work.status, folder)
