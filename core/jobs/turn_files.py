"""Which of the project's files a turn is for."""

from __future__ import annotations

from core.files import kind_of
from core.intents import joins_files
from core.job import Job, Project
from core.jobs.context import JobContext


async def use_files(context: JobContext) -> tuple[str, ...]:
    """The files that waited for a request have theirs now, and a file is to come of it. Returns which waited."""
    job, store = context.job, context.services.store
    project = await store.project(job.place)
    if not job.about and not job.answers and (own := _its_own(job, project)):
        await context.save(about=own)
        job = context.job
    mine = (job.about,) if job.about else project.fresh
    await context.save(export=job.export or bool(mine) or bool(job.output), files=mine or job.files)
    rest = tuple(name for name in project.fresh if name not in mine)
    source = job.about or project.source
    await store.update_project(
        job.place, fresh=rest, used=context.skill.name, output=job.output, source=source, turn=job.id
    )
    return project.fresh


def _its_own(job: Job, project: Project) -> str:
    """The one file that the job brought, where others wait in the project that its words do not use with it."""
    others = [name for name in project.fresh if name not in job.uploaded]
    if len(job.uploaded) != 1 or not others:
        return ""
    kinds = [kind_of(name) for name in (*others, *job.uploaded)]
    return "" if joins_files(job.request, kinds) else job.uploaded[0]
