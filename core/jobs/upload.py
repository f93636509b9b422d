"""Files from the chat into the project: checked, fetched, converted where the backend refuses their type."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from core.attachments import MEGABYTE, _megabytes, _name, refusal_of
from core.errors import (
    AnimatedPicture,
    BackendDown,
    BadInput,
    ConversionFailed,
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
from core.files import CONVERTED, UPLOADABLE, extension_of
from core.jobs.context import Work
from core.media import Ffmpeg, FfmpegFailed, aac_args, mp3_args, safe_input
from core.messages import Attachment

log = logging.getLogger(__name__)


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
        lacked = await asyncio.to_thread(work.tools.ffmpeg.lacks_to_open, path)
        raise AnimatedPicture(name=name) if lacked else NotMedia(name=name, formats=", ".join(UPLOADABLE))
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


# Video is copied where MP4 can hold it; what cannot be copied is encoded in a second attempt.
_COPY = ["-map", "0:V:0", "-map", "0:a:0?", "-c", "copy", "-movflags", "+faststart"]


_ENCODE = [
    *("-map", "0:V:0", "-map", "0:a:0?", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"),
    *("-vf", "scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "192k"),
    *("-movflags", "+faststart"),
]


_RECIPES: dict[str, tuple[list[str], ...]] = {
    "mp4": (_COPY, _ENCODE),
    "mp3": (["-map", "0:a:0", "-vn", *mp3_args(192)],),
    "m4a": (["-map", "0:a:0", "-vn", *aac_args(256)],),
    "wav": (["-map", "0:a:0", "-vn", "-c:a", "pcm_s16le"],),
    "jpg": (["-map", "0:v:0", "-frames:v", "1", "-q:v", "2"],),
    "png": (["-map", "0:v:0", "-frames:v", "1"],),
}


async def to_uploadable(
    ffmpeg: Ffmpeg, source: Path, output: Path, *, name: str, on_progress: Callable[[float], None]
) -> None:
    """Converts by the type that `output`'s name ends in. Raises `ConversionFailed`."""
    media = await ffmpeg.probe(source)
    duration = media.duration if media else None
    for recipe in _RECIPES[output.suffix.removeprefix(".")]:
        try:
            await ffmpeg.run([*safe_input(source), *recipe], output=output, duration=duration, on_progress=on_progress)
        except FfmpegFailed as error:
            log.info("conversion to %s: %s", output.suffix, error.reason)
            continue
        return
    raise ConversionFailed(name=name)
