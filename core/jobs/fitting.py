"""A result that is too large for its chat: made smaller, in the form that was asked for, or what could be sent instead.

Nothing of it is saved: a run that follows a crash fetches the finished render again and makes it fit once more.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from core.chat.buttons import PressForm, write_press
from core.job import Form
from core.jobs.context import JobContext
from core.jobs.result import Result, media_file
from core.media import Below, FfmpegFailed, Fitted, Span, fit, parts_of_length
from core.messages import Button, MediaFile

log = logging.getLogger(__name__)

# The longest that a result is worked on, as a share of the time that its whole job may take.
_SHARE_OF_JOB = 0.5


def upload_limit(context: JobContext) -> int | None:
    """In bytes; None where a file may have any size."""
    return context.messenger.limits(context.job.place).upload


async def fit_to_place(context: JobContext, result: Result) -> Result:
    """What becomes of a result over the limit is decided here and nowhere else: it is made smaller, or a shorter piece
    where that was asked for. Else `below` says what could be sent instead, and what is said of it follows from that
    and from its link. Parts are made one by one, by `part_of`.
    """
    limit = upload_limit(context)
    if limit is None or result.file.size <= limit:
        return result
    context.progress("fitting", 0, of=str(result.file.path))
    async with _cancellable(context):
        try:
            async with asyncio.timeout(context.services.timing.job_timeout * _SHARE_OF_JOB):
                made = await _made(context, result.file.path, limit)
        except (FfmpegFailed, TimeoutError) as error:
            log.warning("job %s: not made to fit: %s", context.job.id, getattr(error, "reason", "it took too long"))
            made = Below()
        if isinstance(made, Below):
            return replace(result, below=made)
        return replace(result, file=await media_file(context, made.path, made.facts), whole=result.file)


async def _made(context: JobContext, path: Path, limit: int) -> Fitted | Below:
    def on_progress(share: float) -> None:
        context.progress("fitting", share, of=str(path))

    made = await _fit(context, path, limit, None, on_progress)
    if context.job.form is Form.SHORTER and isinstance(made, Below) and made.seconds:
        return await _fit(context, path, limit, Span(0, made.seconds), on_progress)
    return made


def form_buttons(context: JobContext, result: Result) -> tuple[Button, ...]:
    """What can be sent instead of a result that is too large."""
    below, job = result.below or Below(), context.job.id
    minutes, seconds = divmod(int(below.seconds), 60)
    unit, count = ("minutes", minutes) if minutes and not seconds else ("seconds", int(below.seconds))
    labels = {
        Form.SOUND: context.say("button-form-sound") if below.sound else "",
        Form.SHORTER: context.say(f"button-form-{unit}", count=count) if count else "",
        Form.PARTS: context.say("button-form-parts", count=below.parts) if below.parts > 1 else "",
    }
    return tuple(Button(label, write_press(PressForm(job, form))) for form, label in labels.items() if label)


def parts_wanted(context: JobContext, result: Result) -> list[Span]:
    """The parts that the whole is to be sent in; none where that was not asked for, or is not needed any more."""
    if context.job.form is not Form.PARTS or result.below is None or not result.below.parts:
        return []
    return parts_of_length(result.file.duration or 0.0, result.below.parts)


async def part_of(context: JobContext, result: Result, number: int, spans: list[Span]) -> MediaFile | None:
    """The part of that number, counted from one; None where it cannot be made small enough."""

    def on_progress(share: float) -> None:
        context.progress("fitting-part", share, of=str(number), part=str(number), parts=str(len(spans)))

    whole, limit = result.file, upload_limit(context) or result.file.size
    on_progress(0)
    async with _cancellable(context):
        try:
            made = await _fit(context, whole.path, limit, spans[number - 1], on_progress, f"part-{number}")
        except FfmpegFailed as error:
            log.warning("job %s: part %s could not be made: %s", context.job.id, number, error.reason)
            return None
        if isinstance(made, Below):
            return None
        file = await media_file(context, made.path, made.facts)
    return replace(file, name=f"{Path(file.name).stem}-{number}{made.path.suffix}")


async def _fit(
    context: JobContext,
    path: Path,
    limit: int,
    span: Span | None,
    on_progress: Callable[[float], None],
    name: str = "fitted",
) -> Fitted | Below:
    ffmpeg = context.services.ffmpeg
    return await fit(ffmpeg, path, limit, path.with_name(f"{path.stem}-{name}"), span=span, on_progress=on_progress)


@asynccontextmanager
async def _cancellable(context: JobContext) -> AsyncIterator[None]:
    """Making a file fit, and waiting for its turn, takes long enough to be cancelled; what comes after it does not."""
    context.status.restore_buttons()
    try:
        async with context.services.encoders:
            yield
    finally:
        context.status.withdraw_buttons()
