"""What went wrong, as it is true of a job that has begun something: of a call by itself it is said that nothing was."""

from __future__ import annotations

from core.errors import (
    BackendDown,
    EditUnseen,
    NoCredits,
    OutcomeUnknown,
    PlanBlocked,
    RateLimited,
    Refused,
    RefusedMidway,
    TooManyMidway,
    UserError,
)
from core.job import Job


def as_it_stands(job: Job, error: UserError) -> UserError:
    """The error, or in its place one that says what stands."""
    if type(error) is Refused and (job.edited or job.render):
        said: UserError = RefusedMidway(begun="edit" if job.edited else "export", code=str(error.values["code"]))
    elif not job.edited:
        return error
    elif isinstance(error, RateLimited):
        said = TooManyMidway()
    elif isinstance(error, BackendDown | OutcomeUnknown):
        said = EditUnseen()
    else:
        return error
    said.__cause__ = error
    return said


def unseen(job: Job, error: UserError) -> UserError:
    """Why it is not known what a turn did. What the agent itself refuses is another matter: then nothing was done."""
    match error:
        case NoCredits():
            error = Refused(code=2001)
        case PlanBlocked():
            error = Refused(code=402)
    return as_it_stands(job, error)
