"""How a job ends: what is noted of it, what its status line reads last, and the sign on its person's message."""

from __future__ import annotations

import asyncio
import logging

from core.chat.status import clock_face
from core.conclusion import UNFULFILLED
from core.errors import ChatGone, PlatformDown, UserError
from core.job import Stage
from core.jobs.context import Work
from core.jobs.delivery import apologise
from core.messages import Mark

log = logging.getLogger(__name__)
MARK_SECONDS = 5.0


async def end_well(work: Work) -> None:
    await work.save(stage=Stage.DONE, error="")
    await _close(work, "status-done", Mark.DONE)


async def end_unfulfilled(work: Work) -> None:
    """It was answered, but not with the file that was wanted."""
    await work.save(stage=Stage.FAILED, error=UNFULFILLED)
    await _close(work, "status-answered", Mark.FAILED)


async def end_as_told(work: Work) -> None:
    """An earlier run said how it ended, and was gone before it could note that it is over."""
    error = work.job.error
    await work.save(stage=Stage.FAILED if error else Stage.DONE)
    key = {"": "status-done", UNFULFILLED: "status-answered"}.get(error, "status-stopped")
    await _close(work, key, Mark.FAILED if error else Mark.DONE)


async def end_unheard(work: Work, error: ChatGone | PlatformDown) -> None:
    key = "chat-gone" if isinstance(error, ChatGone) else "platform-down"
    log.info("job %s: nobody can be told: %s", work.job.id, key)
    await work.save(stage=Stage.FAILED, error=key)


async def fail(work: Work, error: UserError) -> None:
    # Why is saved before it is said: who finds it said must know that it is a failure.
    # What it carries ends with it only where that may have been said.
    await work.save(error=error.key, carries=work.job.carries if work.job.begun else ())
    try:
        await apologise(work, error)
    except (ChatGone, PlatformDown):
        log.info("job %s: nobody can be told", work.job.id)
    await work.save(stage=Stage.FAILED)
    await _close(work, "status-stopped", Mark.FAILED)


async def put_down(work: Work) -> bool:
    """Stopped from outside: by its person, who is told, or by our own end, after which the row goes on. Whether it was
    its person."""
    job = await work.tools.store.job(work.job.id)
    if job is None or job.stage is not Stage.CANCELLED:
        return False
    _tidy(work, "status-cancelled")
    if work.job.stage is Stage.RENDERING:
        client, render = work.tools.gateway.client, work.job.render
        try:
            await work.ask(lambda who: client.cancel_render(who, render))
        except UserError:
            log.info("job %s: the render could not be cancelled", work.job.id)
    return True


def _tidy(work: Work, key: str) -> None:
    elapsed = work.tools.clock.now() - work.job.created
    work.status.close_with(work.say(key, elapsed=clock_face(elapsed)))


async def _close(work: Work, key: str, mark: Mark) -> None:
    _tidy(work, key)
    if not work.job.reply_to:
        return
    try:
        async with asyncio.timeout(MARK_SECONDS):
            await work.messenger.mark(work.job.place, work.job.reply_to, mark)
    except Exception as error:
        log.info("job %s: not marked: %s", work.job.id, type(error).__name__)
