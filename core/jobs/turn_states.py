"""Looks at the project's state after a turn, which may be written late, or not be read at all."""

from __future__ import annotations

import logging

from core.errors import BackendDown, SessionGone, UserError
from core.jobs.context import JobContext
from core.jobs.midway import unseen
from core.nemo.draft.states import differs
from core.nemo.models import SessionState

log = logging.getLogger(__name__)

# Seconds between looks at a state that may be written late; the first look is at once.
LATE_COMMIT_WAITS = (0.0, 1.0, 3.0, 6.0)


async def state_after(context: JobContext, before: str, *, patient: bool) -> SessionState:
    """The state when it differs from `before`, or at the last look. Raises why it could not be read."""
    after = await _read_after(context, before, patient=patient)
    if isinstance(after, UserError):
        raise unseen(context.job, after)
    return after


async def state_behind_words(context: JobContext, before: str) -> SessionState | None:
    """Nothing hangs on it: None where it cannot be read."""
    try:
        after = await _read_after(context, before, patient=False)
    except SessionGone:
        return None
    return after if isinstance(after, SessionState) else None


async def look_at_state(context: JobContext) -> SessionState | UserError:
    """An error where the state cannot be read now: that it cannot says nothing of the turn."""
    try:
        return await context.state()
    except SessionGone:
        raise
    except UserError as error:
        log.info("job %s: the state could not be read: %s (%s)", context.job.id, error.key, error.__cause__)
        return error


def newer(seen: SessionState | UserError, now: SessionState | UserError) -> SessionState | UserError:
    return seen if isinstance(seen, SessionState) and isinstance(now, UserError) else now


async def _read_after(context: JobContext, before: str, *, patient: bool) -> SessionState | UserError:
    """The state when it differs from `before`, or at the last look; why not, where it could not be read."""
    after: SessionState | UserError = BackendDown()
    for wait in LATE_COMMIT_WAITS if patient else (0.0,):
        await context.services.clock.sleep(wait)
        after = newer(after, await look_at_state(context))
        if isinstance(after, SessionState) and differs(before, after):
            break
    return after
