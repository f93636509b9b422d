"""Whether a file whose upload was not answered is in the project, and that each stands in it once."""

from __future__ import annotations

import logging

from core.errors import SessionGone
from core.jobs.context import JobContext
from core.nemo.models import SessionState, UploadedFile

log = logging.getLogger(__name__)

# Seconds between looks for a file: it may be written into the project late.
ARRIVAL_WAITS = (0.0, 3.0, 6.0, 12.0, 24.0)


async def arrives(context: JobContext) -> tuple[UploadedFile, ...] | None:
    """The next file of the job, if it is in the project or gets there although nobody said so. None where it is to be
    sent again, and may still come twice."""
    for wait in ARRIVAL_WAITS:
        await context.services.clock.sleep(wait)
        if await is_there(context):
            return (UploadedFile(name=""),)
    context.sent_again = True
    return None


async def is_there(context: JobContext) -> bool:
    """Whether the next file of the job is in the project."""
    return _too_many(context, await context.state()) > 0


def check_each_once(context: JobContext, state: SessionState) -> None:
    """Where a file came twice after all, a session of the job's own is given up: raises `SessionGone`, and in the next
    one each stands once. Anybody else's is kept, and that is said."""
    if not context.sent_again or _too_many(context, state) <= 0:
        return
    context.sent_again = False
    if context.job.opened:
        log.info("job %s: a file stands twice in its session, so it gets another one", context.job.id)
        raise SessionGone
    context.notices.append(context.say("file-twice"))


def _too_many(context: JobContext, state: SessionState) -> int:
    """How many files the project holds beside those that it held before and those that are known to be there. They are
    counted: what a state calls them is not published."""
    before, now = context.job.held, state.files
    return 0 if before is None or now is None else now - before - len(context.job.uploaded)
