"""The backend's session that a job works in: opened, and replaced where the backend does not know it any more."""

from __future__ import annotations

from typing import Any

from core.errors import ProjectGone
from core.job import JobError, Task
from core.jobs.context import JobContext
from core.language.detection import detect_language
from core.lifecycle import Facts, Step

# What a row says of a session: nothing of it holds in another one.
_NOTHING_DONE: dict[str, Any] = {
    "uploaded": (),
    "held": None,
    "before": "",
    "edited": False,
    "followed": False,
    "concluded": False,
    "exportable": False,
    "answer": "",
    "question": None,
    "asked_in": "",
    "offers": (),
    "render": "",
    "error": JobError.NONE,
}


async def open_session(context: JobContext) -> None:
    """Opens the place's session. What the job did in another one counts for nothing in this one."""
    gateway, job = context.services.gateway, context.job
    connected = await gateway.is_connected(job.place)
    if not connected:
        context.status.show(context.say("connecting"))
    project = await context.services.store.project(job.place)
    session = await gateway.session(job.place, context.skill, _language(context), context.tell_of_wait)
    if not connected:
        context.status.show(context.say("ready"))
    if job.session == session:
        return
    await context.save(session=session, opened=not project.session, **(_NOTHING_DONE if job.session else {}))


async def note_lost_session(context: JobContext) -> None:
    """1002: the session is gone, and with it what was in it. Only what this job brought can be had again."""
    job = context.job
    project = await context.services.store.project(job.place)
    others = set(project.fresh) - set(job.uploaded)
    context.learn(
        session_gone=True,
        had_material=bool(project.source) and not job.opened,
        awaited=bool(others) and not job.about and job.task is not Task.UPLOAD,
    )


async def start_afresh(context: JobContext) -> None:
    """The job goes on as if it were new, in a new session."""
    session = await _new_session(context)
    if context.facts.had_material:
        context.notices.append(context.say("old-project-gone"))
    await context.enter(Step.START_AFRESH, session=session, opened=True, **_NOTHING_DONE)
    context.facts = Facts(question=context.facts.question)


async def give_up_project(context: JobContext) -> None:
    """The place gets a new session for what comes next. Raises `ProjectGone`."""
    await _new_session(context)
    raise ProjectGone


async def _new_session(context: JobContext) -> str:
    gateway, place = context.services.gateway, context.job.place
    return await gateway.new_session(place, context.skill, _language(context), context.tell_of_wait)


def _language(context: JobContext) -> str:
    return detect_language(context.job.request, context.job.language)
