"""Files from the chat into the project: checked before they are fetched, converted where a phone's type needs it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from core.conversion import to_uploadable
from core.errors import (
    BackendDown,
    BadInput,
    EmptyFile,
    LinkTooLarge,
    NotMedia,
    OutcomeUnknown,
    Refused,
    SessionGone,
    TokenRefused,
    TooLarge,
    TooLargeThere,
    TooLargeToFetch,
    Unsupported,
)
from core.files import CONVERTED, UPLOADABLE, extension_of, safe_name
from core.jobs.context import Work
from core.messages import Attachment

log = logging.getLogger(__name__)
MEGABYTE = 1 << 20


async def bring_in(work: Work) -> tuple[str, ...]:
    """Uploads the job's attachments into its session, in order, and returns their names as the project has them.

    Raises `BadInput` for what turns out to be unusable.
    """
    for number, attachment in enumerate(work.job.attachments, start=1):
        if number > len(work.job.uploaded):  # an earlier run may have got this far
            name = await _bring(work, attachment, number)
            await work.save(uploaded=(*work.job.uploaded, name))
    names = work.job.uploaded
    project = await work.tools.store.project(work.job.place)
    source = names[0] if names else project.source
    fresh = tuple(dict.fromkeys((*project.fresh, *names)))
    await work.tools.store.update_project(work.job.place, fresh=fresh, source=source)
    return names


def check_attachments(work: Work) -> None:
    """Raises `BadInput` for what cannot be used, by what is known before anything is fetched."""
    for attachment in work.job.attachments:
        _check(work, attachment)


def refusal_of(attachment: Attachment, download: int | None) -> BadInput | None:
    """What is wrong with a file by what is said of it, whatever is to be done with it. `download` is the platform's
    limit in bytes."""
    name, size = _name(attachment), attachment.size
    if size == 0:
        return EmptyFile(name=name)
    extension = extension_of(attachment.name, attachment.mime)
    if not attachment.url and extension not in UPLOADABLE and extension not in CONVERTED:
        return Unsupported(name=name, formats=", ".join(UPLOADABLE))
    if size is not None and download is not None and size > download:
        return TooLargeToFetch(name=name, megabytes=_megabytes(size), limit=_megabytes(download))
    return None


def _check(work: Work, attachment: Attachment) -> None:
    refusal = refusal_of(attachment, work.messenger.limits(work.job.place).download)
    if attachment.size is not None and (refusal is None or isinstance(refusal, TooLargeToFetch)):
        _check_size(work, _name(attachment), attachment.size)
    if refusal:
        raise refusal


def _check_size(work: Work, name: str, size: int) -> None:
    limit = work.skill.max_megabytes
    if size > limit * MEGABYTE:
        raise TooLarge(name=name, megabytes=_megabytes(size), limit=limit)


async def _bring(work: Work, attachment: Attachment, number: int) -> str:
    name = _name(attachment)
    if attachment.url:
        return await _link(work, attachment.url, name)
    if taken := await _by_link(work, attachment, name):
        return taken
    path = await _fetch(work, attachment, name, number)
    path, name = await _uploadable(work, path, name, attachment.mime)
    _check_size(work, name, path.stat().st_size)
    await _upload(work, path, name)
    return name


async def _link(work: Work, url: str, name: str) -> str:
    """Has the backend fetch a public link."""
    work.status.show(work.say("fetching-link", name=name))
    client, session = work.tools.gateway.client, work.job.session
    try:
        uploaded = await work.ask(lambda who: client.upload_url(who, session, [url]))
    except Unsupported as error:
        raise Unsupported(name=name, formats=", ".join(UPLOADABLE)) from error
    except TooLarge as error:
        raise LinkTooLarge(name=name, limit=work.skill.max_megabytes) from error
    return uploaded[0].name or name


async def _by_link(work: Work, attachment: Attachment, name: str) -> str:
    """The name of a file that the backend fetched from the platform by itself; "" where it has to be brought.

    What has to be converted first is brought, and what the backend refuses: here it can be looked into. Where nobody
    knows whether it came, it is brought as well: twice in the project is better than not at all.
    """
    # By its name alone: the backend sees no more of it than the address.
    link = await work.messenger.link(attachment) if extension_of(attachment.name) in UPLOADABLE else ""
    if not link:
        return ""
    try:
        taken = await _link(work, link, name)
    except (SessionGone, TokenRefused):
        raise
    except (BadInput, Refused, BackendDown, OutcomeUnknown) as error:
        log.info("job %s: the backend does not fetch the file by itself: %s", work.job.id, error.key)
        return ""
    # Some name a file by all of its address; what signs it is nothing to be read.
    return name if taken.startswith(name) else taken


async def _fetch(work: Work, attachment: Attachment, name: str, number: int) -> Path:
    work.status.show(work.say("fetching", name=name))
    extension = extension_of(attachment.name, attachment.mime)
    path = await work.fetch(attachment, work.folder / f"in-{number}.{extension}")
    if path.stat().st_size == 0:
        raise EmptyFile(name=name)
    return path


async def _uploadable(work: Work, path: Path, name: str, mime: str) -> tuple[Path, str]:
    """The file as the backend takes it. What it is not by its content is said before it is uploaded."""
    extension = extension_of(name, mime)
    if await work.tools.ffmpeg.probe(path) is None:
        raise NotMedia(name=name, formats=", ".join(UPLOADABLE))
    target = CONVERTED.get(extension)
    if target is None:
        return path, name

    def on_progress(share: float) -> None:
        work.status.show(work.say("converting", name=name, percent=round(share * 100)), share)

    work.status.show(work.say("converting", name=name, percent=0))
    made = work.folder / f"{path.stem}-converted.{target}"
    await to_uploadable(work.tools.ffmpeg, path, made, name=name, on_progress=on_progress)
    return made, f"{Path(name).stem}.{target}"


async def _upload(work: Work, path: Path, name: str) -> None:
    size = await asyncio.to_thread(lambda: path.stat().st_size)

    def on_progress(sent: int, total: int) -> None:
        share = sent / total
        work.status.show(work.say("uploading", name=name, percent=round(share * 100)), share)

    work.status.show(work.say("uploading", name=name, percent=0), 0.0)
    client, session = work.tools.gateway.client, work.job.session
    try:
        await work.ask(lambda who: client.upload(who, session, path, name, on_progress))
    except Unsupported as error:
        raise Unsupported(name=name, formats=", ".join(UPLOADABLE)) from error
    except TooLarge as error:
        raise TooLargeThere(name=name, megabytes=_megabytes(size), limit=work.skill.max_megabytes) from error


def _name(attachment: Attachment) -> str:
    name = safe_name(attachment.name or attachment.url.partition("?")[0].rpartition("/")[2])
    extension = extension_of(name, attachment.mime)
    return name if "." in name or not extension else f"{name}.{extension}"


def _megabytes(size: int) -> float:
    return round(size / MEGABYTE, 1)
