"""The backend's session that a job works in: opened, and replaced where the backend does not know it any more."""

from __future__ import annotations

from core.errors import ProjectGone
from core.jobs.context import JobContext
from core.language.detection import detect_language
from core.lifecycle import Facts, Step


async def open_session(context: JobContext) -> None:
    """Notes, too, how many files it held before those of the job."""
    gateway, place = context.services.gateway, context.job.place
    known = (await context.services.store.project(place)).session
    connected = await gateway.is_connected(place)
    if not connected:
        context.status.show(context.say("connecting"))
    session = await gateway.session(place, context.skill, _language(context), context.tell_of_wait)
    if not connected:
        context.status.show(context.say("ready"))
    await context.save(session=session, held=_held(context, known, session))


def _held(context: JobContext, known: str, session: str) -> int | None:
    """How many files the session held before those of the job, as far as that is known."""
    if not known:
        return 0  # it has just been made
    return context.job.held if context.job.session == session else None


async def note_lost_session(context: JobContext) -> None:
    """1002: the session is gone, and with it what was in it. Only what this job brought can be had again."""
    project = await context.services.store.project(context.job.place)
    context.learn(session_gone=True, had_material=bool(project.source))


async def start_afresh(context: JobContext) -> None:
    """The job goes on as if it were new, in a new session."""
    had_material = context.facts.had_material
    session = await _new_session(context)
    if had_material:
        context.notices.append(context.say("old-project-gone"))
    await context.enter(Step.START_AFRESH, session=session, held=None, before="", render="")
    context.facts = Facts()


async def give_up_project(context: JobContext) -> None:
    """The place gets a new session for what comes next. Raises `ProjectGone`."""
    await _new_session(context)
    raise ProjectGone


async def _new_session(context: JobContext) -> str:
    gateway, place = context.services.gateway, context.job.place
    return await gateway.new_session(place, context.skill, _language(context), context.tell_of_wait)


def _language(context: JobContext) -> str:
    return detect_language(context.job.request, context.job.language)
