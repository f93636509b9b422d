"""An error that the agent reports within its turn: what its person is told of it."""

from __future__ import annotations

import logging

from core.errors import AgentFailed, FilesTooLarge, FileTypeRefused, NoCredits, PlanBlocked, ServiceFull, UserError
from core.jobs.context import JobContext
from core.language.catalogue import explain
from core.nemo.events import StreamFault
from core.nemo.wire.faults import fault_error

log = logging.getLogger(__name__)

# What a person can do something about, wherever in a turn it comes.
_REASONS = (NoCredits, PlanBlocked, FileTypeRefused, FilesTooLarge, ServiceFull)


async def failure_of(context: JobContext, fault: StreamFault) -> UserError:
    """The error of a turn that changed nothing."""
    error = fault_error(fault)
    log.warning("the agent's turn failed: %s", error.__cause__)
    # Anything else of the table would be recovered from by asking again, and this turn has been taken.
    return await _with_way_out(context, error) if isinstance(error, _REASONS) else AgentFailed()


async def said_of_a_break(context: JobContext, fault: StreamFault) -> str:
    """Of a turn that changed something: what was done stands, and the reason is said where it is known."""
    error = await _with_way_out(context, fault_error(fault))
    reason = explain(context.job.language, error) if isinstance(error, _REASONS) else ""
    return "\n".join(part for part in (context.say("stopped-midway"), reason) if part)


async def _with_way_out(context: JobContext, error: UserError) -> UserError:
    if isinstance(error, NoCredits | PlanBlocked):
        return await context.services.gateway.with_way_out(context.job.place, error)
    return error
