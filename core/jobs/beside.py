"""What of a request was not done: a part of its turn, or one of the files that its message made jobs of."""

from __future__ import annotations

from core.attachments import shown_name
from core.job import ITS_OWN, Ending, Job, JobError, Stage, Task
from core.jobs.context import JobContext


def brought(job: Job) -> Ending:
    """How it ends with what was made of its turn."""
    return Ending.PARTLY if job.error == JobError.PARTLY else Ending.DONE


async def name_among_others(context: JobContext) -> str:
    """The file that a job is about, if its message has others; else ""."""
    return _name_of(context.job) if await _beside(context) else ""


async def failed_beside(context: JobContext) -> list[str]:
    """The files of the same message that came to nothing, or not to all that was wanted."""
    return [_name_of(job) for job in await _beside(context) if job.stage is Stage.FAILED]


async def _beside(context: JobContext) -> list[Job]:
    if not context.job.about:
        return []
    made = await context.services.store.jobs_beside(context.job.id)
    return [job for job in made if job.about and job.task is not Task.UPLOAD]


def _name_of(job: Job) -> str:
    return job.about if job.about != ITS_OWN else ", ".join(shown_name(each) for each in job.attachments)
