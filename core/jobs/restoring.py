"""A request that replied to a result: what is said of it, and the project taken back to what that result shows."""

from __future__ import annotations

import logging

from core.errors import Refused, SessionGone, TokenRefused
from core.job import Behind
from core.jobs.context import JobContext

log = logging.getLogger(__name__)


def notices_of_reply(context: JobContext) -> list[str]:
    behind = context.job.behind
    if behind is Behind.NOTHING:
        return []
    if behind is Behind.MOVED_ON and context.job.restore and context.services.gateway.restores:
        return [context.say("behind-restored")]
    return [context.say(f"behind-{behind}")]


async def restore_project(context: JobContext) -> None:
    """Does nothing where the project is as it was then, where the backend cannot, and once the turn may have
    begun: that would take back what came of it."""
    job, gateway = context.job, context.services.gateway
    if not job.restore or not gateway.restores or job.before:
        return
    try:
        await context.ask(lambda who: gateway.client.restore(who, job.restore))
    except (SessionGone, TokenRefused):
        raise
    except Refused as error:  # that export is gone by now
        log.info("job %s: the project stays as it is: %s", job.id, error.key)
        was, now = context.say("behind-restored"), context.say("behind-moved-on")
        context.notices[:] = [now if each == was else each for each in context.notices]
