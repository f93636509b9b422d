"""A job's files: checked, fetched from the chat, converted where the backend refuses their type, and uploaded."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from core.attachments import megabytes, refusal_of, refusal_of_size, shown_name
from core.chat.buttons import suggestions
from core.errors import (
    BackendDown,
    BadInput,
    EmptyFile,
    LinkOutOfReach,
    LinkTooLarge,
    Refused,
    RefusedFile,
    SessionGone,
    TokenRefused,
    TooLarge,
    TooLargeThere,
    TooLargeToFetch,
    Unsupported,
)
from core.files import CONVERTED, TAKEN, UPLOADABLE, extension_of, kind_of, renamed
from core.job import ITS_OWN, Ending, MessageKind, MessageName, ProjectFile
from core.jobs.arrivals import arrives, check_each_once, is_there
from core.jobs.context import JobContext
from core.jobs.converting import as_uploadable
from core.jobs.restoring import restore_project
from core.jobs.session import open_session
from core.lifecycle import Step
from core.media import Media
from core.messages import Attachment, Outgoing

log = logging.getLogger(__name__)


async def upload_attachments(context: JobContext) -> None:
    """Opens the session and brings the job's files into it. Raises `BadInput` for what turns out to be unusable."""
    check_attachments(context)
    interrupted = context.job.held is not None
    await open_session(context)
    if context.job.attachments:
        await context.enter(Step.UPLOAD, held=await _held_before(context))
        await _upload_missing(context, interrupted=interrupted)
        if context.sent_again:
            check_each_once(context, await context.state())
        if context.job.about == ITS_OWN:
            await context.save(about=context.job.uploaded[-1])
    await restore_project(context)
    context.learn(uploaded=True)


async def _held_before(context: JobContext) -> int | None:
    """How many files the project held before those of the job; None where the backend does not say."""
    if context.job.held is not None or context.job.opened:
        return context.job.held or 0
    now = (await context.state()).files
    return None if now is None else now - len(context.job.uploaded)


async def _upload_missing(context: JobContext, *, interrupted: bool) -> None:
    """In order; `uploaded` in the row are their names as the project has them.

    An earlier run may have got some way: if it was `interrupted`, also so far that it had sent the next file.
    """
    for number, attachment in enumerate(context.job.attachments, start=1):
        if number <= len(context.job.uploaded):
            continue
        there = interrupted and await is_there(context)
        interrupted = False
        made = _file_of(_name_in_project(attachment)) if there else await _upload_one(context, attachment, number)
        await _note_file(context, replace(made, key=f"{context.job.id}/{number}", origin=attachment.origin))
        await context.save(uploaded=(*context.job.uploaded, made.name))
    names = context.job.uploaded
    if context.job.edited or context.job.render:  # its failed job has used them
        return
    project = await context.services.store.project(context.job.place)
    source = names[0] if names else project.source
    fresh = tuple(dict.fromkeys((*project.fresh, *names)))
    await context.services.store.update_project(context.job.place, fresh=fresh, source=source)


def _name_in_project(attachment: Attachment) -> str:
    """Its name once it has been uploaded."""
    name = shown_name(attachment)
    extension = extension_of(name, attachment.mime)
    return renamed(name, CONVERTED.get(extension, extension)) if extension in TAKEN else name


async def _note_file(context: JobContext, made: ProjectFile) -> None:
    """What the project's results can be named after. A file that is uploaded once more is the same one."""
    store, place = context.services.store, context.job.place
    others = [file for file in (await store.project(place)).files if file.key != made.key]
    await store.update_project(place, files=(*others, made))


def _file_of(name: str, media: Media | None = None, seconds: float | None = None) -> ProjectFile:
    """What is known of an uploaded file: by its content where it went over this disk, else by its name."""
    kind = kind_of(name)
    silent = kind == "video" and media is not None and media.audio is None
    return ProjectFile("", name, kind, media.duration if media else seconds, silent)


async def say_uploaded(context: JobContext) -> None:
    """A file came alone: it is kept, and what could be done with it is offered once."""
    names = context.job.uploaded
    project = await context.services.store.project(context.job.place)
    kinds = [kind_of(name) for name in names]
    buttons = suggestions(context.services.skills, project.skill, kinds, context.job.language)
    text = context.say("uploaded", names=", ".join(names), count=len(names))
    await context.send(Outgoing(text, buttons=buttons), MessageName(MessageKind.UPLOADED))
    context.learn(told=Ending.DONE)


def check_attachments(context: JobContext) -> None:
    """Raises `BadInput` for what cannot be used, by what is known before anything is fetched."""
    for attachment in context.job.attachments:
        _check(context, attachment)


def _check(context: JobContext, attachment: Attachment) -> None:
    refusal = refusal_of(attachment, context.messenger.limits(context.job.place).download)
    if attachment.size is not None and (refusal is None or isinstance(refusal, TooLargeToFetch)):
        _check_size(context, shown_name(attachment), attachment.size)
    if refusal:
        raise refusal


def _check_size(context: JobContext, name: str, size: int) -> None:
    if refusal := refusal_of_size(name, size, context.skill.max_megabytes):
        raise refusal


async def _upload_one(context: JobContext, attachment: Attachment, number: int) -> ProjectFile:
    name = shown_name(attachment)
    if attachment.url:
        return await _upload_link(context, attachment.url, name)
    if taken := await _upload_by_link(context, attachment, name):
        return taken
    path = await _fetch(context, attachment, name, number)
    fetched, said = path, name

    def converting(share: float) -> None:
        context.progress("converting", share, of=str(fetched), name=said)

    path, name, media = await as_uploadable(context.services.ffmpeg, path, name, attachment.mime, converting)
    _check_size(context, name, path.stat().st_size)
    await _upload_file(context, path, name)
    return _file_of(name, media)


async def _upload_link(context: JobContext, url: str, name: str) -> ProjectFile:
    """Has the backend fetch a public link."""
    context.status.show(context.say("fetching-link", name=name))
    client, session = context.services.gateway.client, context.job.session
    try:
        uploaded = await context.ask(lambda who: client.upload_url(who, session, [url]), found=lambda: arrives(context))
    except Unsupported as error:
        raise _refused(name) from error
    except TooLarge as error:
        raise LinkTooLarge(name=name, limit=context.skill.max_megabytes) from error
    except Refused as error:
        if type(error) is not Refused:  # a session, credits, the rate: it has nothing to do with the link
            raise
        raise LinkOutOfReach(name=name) from error
    named = uploaded[0].name  # some name a file by its address, in which "片" is "%E7%89%87"
    return _file_of(named if named and unquote(named) != name else name, seconds=uploaded[0].duration)


async def _upload_by_link(context: JobContext, attachment: Attachment, name: str) -> ProjectFile | None:
    """A file that the backend fetched from the platform by itself; None where we have to upload it.

    We upload what has to be converted first, what the backend refuses, for here it can be looked into, and what it did
    not fetch after much patience.
    """
    # By its name alone: the backend sees no more of it than the address.
    link = await context.messenger.link(attachment) if extension_of(attachment.name) in UPLOADABLE else ""
    if not link:
        return None
    try:
        taken = await _upload_link(context, link, name)
    except (SessionGone, TokenRefused):
        raise
    except (BadInput, Refused, BackendDown) as error:
        log.info("job %s: the backend does not fetch the file by itself: %s", context.job.id, error.key)
        return None
    # Some name a file by all of its address; what signs it is nothing to be read.
    return replace(taken, name=name) if taken.name.startswith(name) else taken


async def _fetch(context: JobContext, attachment: Attachment, name: str, number: int) -> Path:
    context.status.show(context.say("fetching", name=name))
    extension = extension_of(attachment.name, attachment.mime)
    path = await context.fetch(attachment, context.folder / f"in-{number}.{extension or 'bin'}")
    if path.stat().st_size == 0:
        raise EmptyFile(name=name)
    return path


async def _upload_file(context: JobContext, path: Path, name: str) -> None:
    size = await asyncio.to_thread(lambda: path.stat().st_size)

    def on_progress(sent: int, total: int) -> None:
        context.progress("uploading", sent / total, of=str(path), name=name)

    context.progress("uploading", 0, of=str(path), name=name)
    client, session = context.services.gateway.client, context.job.session
    try:
        await context.ask(
            lambda who: client.upload(who, session, path, name, on_progress), found=lambda: arrives(context)
        )
    except Unsupported as error:
        raise _refused(name) from error
    except TooLarge as error:
        raise TooLargeThere(name=name, megabytes=megabytes(size), limit=context.skill.max_megabytes) from error


def _refused(name: str) -> Unsupported:
    """Whoever sent an MP4 is not asked for an MP4."""
    if extension_of(name) in UPLOADABLE:
        return RefusedFile(name=name)
    return Unsupported(name=name, formats=", ".join(UPLOADABLE))
