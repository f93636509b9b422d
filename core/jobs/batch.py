"""Results of one message go out together: who is ready waits for the others, and the first of them takes all along.

A message that asks something of several files becomes a job a file, done one after the other. Whoever has rendered
while others of its message are still to be done is put aside as `Stage.READY`: nobody works on it, and it holds up none
of its own message. The store hands the first of those out again once there is none to wait for, or after two minutes.
That one notes in its row whose results it `carries` before it says anything, and they end in the same write as itself.
So a kill leaves rows that say what is still to be said, and the books of what may have been said are those of one job.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.errors import ChatGone, CutroomError, MediaRefused, UserError
from core.job import Job, Stage, Task
from core.jobs.context import Work
from core.jobs.delivery import deliver, result_buttons, shelve, words_of
from core.jobs.render import render, rendered
from core.jobs.result import Result, fetch_result
from core.messages import Album, Limits, MediaFile, Outgoing, Sent, Tone
from core.ports import Store
from core.skills import choose_skill

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several results, with the work it is of."""

    work: Work
    result: Result


@dataclass(slots=True)
class Page:
    """What one message shows, and the results that it speaks of."""

    media: list[MediaFile] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def has_room_for(self, file: MediaFile, album: Album, upload: int | None) -> bool:
        """All files of a message together are no larger than one may be: some platforms count them so."""
        if len(self.media) >= album.most:
            return False
        if upload is not None and sum(each.size for each in (*self.media, file)) > upload:
            return False
        types = album.mixed_with(_type(self.media[0])) if self.media else None
        return types is None or _type(file) in types


async def deliver_all(work: Work, pieces: Sequence[Piece]) -> None:
    """Says them all in the name of the job that carries them. Where an album is not taken, each goes by itself.

    Raises `ChatGone`, after the results have been kept all the same.
    """
    pages = pages_of(pieces, work.messenger.limits(work.job.place))
    for number, page in enumerate(pages, start=1):
        last = number == len(pages)
        message = _message(page, pieces, first=number == 1, last=last)
        await _show(work, page, message, "result" if last else f"album-{number}")


def pages_of(pieces: Sequence[Piece], limits: Limits) -> list[Page]:
    """At least one. What is too large to be sent is spoken of on the first."""
    pages: list[Page] = []
    spoken_of = []
    for piece in pieces:
        for file in piece.result.files:
            if limits.upload is not None and file.size > limits.upload:
                continue
            page = _page_for(file, pages, limits)
            page.media.append(file)
            if file is piece.result.file:
                page.pieces.append(piece)
                spoken_of.append(piece)
    pages = pages or [Page()]
    pages[0].pieces += [piece for piece in pieces if piece not in spoken_of]
    return pages


def _page_for(file: MediaFile, pages: list[Page], limits: Limits) -> Page:
    album = limits.album or Album(most=1)
    for page in pages:
        if page.has_room_for(file, album, limits.upload):
            return page
    pages.append(Page())
    return pages[-1]


def _message(page: Page, pieces: Sequence[Piece], *, first: bool, last: bool) -> Outgoing:
    answers = dict.fromkeys(piece.work.job.answer for piece in pieces) if first else {}
    words = [words_of(piece.work, piece.result) for piece in page.pieces]
    about = page.pieces[0] if page.pieces else pieces[0]
    return Outgoing(
        "\n".join(line for line in (*answers, *words) if line),
        Tone.RESULT,
        result_buttons(about.work) if last else (),
        media=tuple(page.media),
        link=about.result.link,
        result=about.work.job.id,
        language=about.work.job.language,
    )


async def _show(work: Work, page: Page, message: Outgoing, name: str) -> None:
    try:
        sent = await work.send(message, name)
    except MediaRefused as refusal:
        log.info("job %s: the platform does not take the album: %s", work.job.id, refusal)
        for number, piece in enumerate(page.pieces, start=1):
            await deliver(work, piece.result, of=piece.work, name=f"{name}-piece-{number}")
    except ChatGone:
        await _shelve(page, None)
        raise
    else:
        await _shelve(page, sent)


async def _shelve(page: Page, sent: Sent | None) -> None:
    handles = dict(zip((file.path for file in page.media), sent.files if sent else (), strict=False))
    for piece in page.pieces:
        message = sent.id if sent else ""
        words = words_of(piece.work, piece.result)
        await shelve(piece.work, piece.result, words, message, handles.get(piece.result.file.path, ""))


def _type(file: MediaFile) -> str:
    return Path(file.name).suffix.removeprefix(".").lower()


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
    await work.tools.store.split_batch(alone, work.token)
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
