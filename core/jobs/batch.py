"""The results of one message are sent together, as albums where the platform has them.

A message about several files becomes one job a file, worked off one after the other. A job that has rendered while
others of its message are open is put aside as `Stage.READY`: it is nobody's, and its message's other jobs go on. The
store hands the first of them out again when there is none left to wait for, or after two minutes. That job saves whose
results it `carries` before it sends anything, and they end in the same write as itself. So a crash leaves rows that say
what is still to be sent, and only one row has to record what may have been sent.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.chat.buttons import choice_buttons, result_buttons
from core.errors import ChatGone, MediaRefused, PlatformDown, UserError
from core.job import Ending, Job, MessageKind, MessageName, Stage, Task
from core.jobs.beside import brought
from core.jobs.context import JobContext
from core.jobs.delivery import deliver, keep_result, words_of
from core.jobs.fitting import fit_to_place, form_buttons
from core.jobs.render import finished_render
from core.jobs.result import Result, fetch_result
from core.lifecycle import Render, Step
from core.messages import Album, Limits, MediaFile, Outgoing, Sent, Tone
from core.ports import Store
from core.skills import choose_skill

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several results, with the job it is of."""

    context: JobContext
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


async def deliver_album(context: JobContext, pieces: Sequence[Piece]) -> None:
    """Sends all results in the name of the job that carries them; one by one where the platform takes no album.

    Raises `ChatGone`; the results are kept all the same, so that they can be shared.
    """
    pages = pages_of(pieces, context.messenger.limits(context.job.place))
    await context.status.withdrawn()
    for number, page in enumerate(pages, start=1):
        last = number == len(pages)
        message = _message(page, pieces, first=number == 1, last=last)
        name = MessageName(MessageKind.RESULT) if last else MessageName(MessageKind.ALBUM, page=number)
        await _show(context, page, message, name)


def pages_of(pieces: Sequence[Piece], limits: Limits) -> list[Page]:
    """At least one page. The first also names the results that are too large to be sent."""
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
    answers = dict.fromkeys(piece.context.job.answer for piece in pieces) if first else {}
    words = [words_of(piece.context, piece.result) for piece in page.pieces]
    about = page.pieces[0] if page.pieces else pieces[0]
    # Of several that are too large, nobody could tell which one a button is about.
    large = [piece for piece in pieces if piece.result.below]
    forms = form_buttons(large[0].context, large[0].result) if len(large) == 1 else ()
    return Outgoing(
        "\n".join(line for line in (*answers, *words) if line),
        Tone.RESULT,
        (*forms, *choice_buttons(pieces[-1].context.job), *result_buttons(about.context.job)) if last else (),
        media=tuple(page.media),
        link=about.result.link,
        result=about.context.job.id,
        language=about.context.job.language,
    )


async def _show(context: JobContext, page: Page, message: Outgoing, name: MessageName) -> None:
    try:
        sent = await context.send(message, name)
        if not context.has_said(name):
            sent = await context.send_confirmed(_in_words(page, message), replace(name, in_words=True))
    except MediaRefused as refusal:
        log.info("job %s: the platform does not take the album: %s", context.job.id, refusal)
        for number, piece in enumerate(page.pieces, start=1):
            await deliver(context, piece.result, of=piece.context, name=replace(name, piece=number))
    except (ChatGone, PlatformDown):
        await _keep_results(page, None)
        raise
    else:
        await _keep_results(page, sent)


def _in_words(page: Page, message: Outgoing) -> Outgoing:
    """For files that the platform never confirmed."""
    words = [words_of(piece.context, piece.result, without="unconfirmed") for piece in page.pieces]
    return replace(message, text="\n".join(words), media=())


async def _keep_results(page: Page, sent: Sent | None) -> None:
    for piece in page.pieces:
        words = words_of(piece.context, piece.result)
        await keep_result(piece.context, piece.result, words, sent and _of_piece(page, piece, sent))


def _of_piece(page: Page, piece: Piece, sent: Sent) -> Sent:
    """What of a page shows this result."""
    handles = dict(zip((file.path for file in page.media), sent.files, strict=False))
    messages = dict(zip((file.path for file in page.media), sent.messages, strict=False))
    own = tuple(messages[file.path] for file in piece.result.files if file.path in messages)
    return Sent(own[0] if own else sent.id, (handles.get(piece.result.file.path, ""),), own)


def _type(file: MediaFile) -> str:
    return Path(file.name).suffix.removeprefix(".").lower()


async def adopt_status_message(store: Store, job: Job) -> Job:
    """All jobs of a message share one status message: the next one takes it over from those that are ready."""
    if not job.about or job.status_message:
        return job
    shown = [each.status_message for each in await _others(store, job) if each.stage is Stage.READY]
    return replace(job, status_message=next(filter(None, shown), ""))


async def _others(store: Store, job: Job) -> list[Job]:
    return [each for each in await store.open_jobs(job.place) if each.message == job.message and each.id != job.id]


async def look_for_company(context: JobContext) -> None:
    """Notes whether other jobs of this message may have a result too, where several can be shown together."""
    if context.job.stage is Stage.RENDERING and context.facts.render is Render.FINISHED:
        context.learn(company=bool(await _company(context)))


async def _company(context: JobContext) -> list[Job]:
    if not context.job.about or context.messenger.limits(context.job.place).album is None:
        return []
    return [job for job in await _others(context.services.store, context.job) if job.task is not Task.UPLOAD]


async def put_aside(context: JobContext) -> None:
    """The job waits, and nobody works on it, until the others of its message are rendered too."""
    others = await _company(context)
    left = sum(job.stage is not Stage.READY for job in others)
    ready = sum(job.stage is Stage.READY for job in others) + 1
    if left:
        context.status.show(context.say("part-ready", ready=ready, left=left))
    answer = "\n\n".join([*context.notices, context.job.answer]).strip()
    await context.enter(Step.PUT_ASIDE, answer=answer)
    context.learn(put_aside=True)
    log.info("job %s: ready, and waiting for the others of its message", context.job.id)


async def deliver_batch(context: JobContext) -> None:
    """Sends the job's result with those of its message that have been put aside."""
    pieces, alone = [await _fetched(context)], []
    for job in await _batch_of(context):
        carried = _context_of(context, job)
        try:
            pieces.append(await _fetched(carried))
        except UserError as error:
            log.info("job %s: %s: not taken along (%s)", job.id, error.key, context.job.id)
            alone.append(job.id)
    await context.services.store.split_batch(alone, context.token)
    await context.enter(Step.DELIVER_BATCH, carries=tuple(piece.context.job.id for piece in pieces[1:]))
    if len(pieces) == 1:
        context.learn(told=await deliver(context, pieces[0].result))
        return
    await deliver_album(context, pieces)
    partly = any(brought(piece.context.job) is Ending.PARTLY for piece in pieces)
    context.learn(told=Ending.PARTLY if partly else Ending.DONE)


async def _batch_of(context: JobContext) -> list[Job]:
    """What an earlier run saved in `carries` stays as it is: its results may have been sent already."""
    others = await _others(context.services.store, context.job)
    if context.job.carries:
        return [job for job in others if job.id in context.job.carries]
    return [job for job in others if job.stage is Stage.READY]


async def _fetched(context: JobContext) -> Piece:
    result = await fit_to_place(context, await fetch_result(context, await finished_render(context)))
    context.notices.clear()  # they were saved with its answer when it was put aside
    return Piece(context, result)


def _context_of(context: JobContext, job: Job) -> JobContext:
    """The context of a job that this run brings along: its row is read and not saved."""
    skills = context.services.skills
    folder = context.folder / job.id
    folder.mkdir(exist_ok=True)
    skill = skills.named(job.skill) or choose_skill(skills, job.request, ())
    return JobContext(job, context.token, skill, context.services, context.messenger, context.status, folder)
