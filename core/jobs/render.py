"""From the project to a finished render: submitted under an id that was saved before, and polled, after a crash too."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from core.errors import (
    BackendDown,
    NothingToExport,
    OutcomeUnknown,
    Refused,
    RenderFailed,
    RenderTooSlow,
    SessionGone,
    TokenRefused,
)
from core.files import AUDIO_TYPES
from core.jobs.context import JobContext
from core.jobs.naming import result_name
from core.lifecycle import Render, Step
from core.nemo.draft.timeline import has_segments, is_sound_alone
from core.nemo.models import RenderBroken, Rendered, RenderedWithoutUrl, Rendering, RenderUnknown, SessionState

log = logging.getLogger(__name__)

# The shortest watch over a render that shows no news: ten polls, as the published client does.
PATIENCE_IN_POLLS = 10
POLLS_WITHOUT_URL = 3
# A render that was submitted a moment ago may not be known yet; one whose submission a crash prevented never is.
POLLS_UNKNOWN = 4
UNKNOWN_SECONDS = 3.0


class _NotTaken(Exception):
    """The backend did not take or did not finish a render: another id may be tried, once."""


async def submit_render(context: JobContext) -> None:
    """Has the project rendered as it stands, under a new id. Rendering is free, so another may follow one that is
    refused. Raises `NothingToExport` and what the backend refuses for good.
    """
    context.status.show(context.say("rendering", percent=0))
    state = await context.state()
    if state.raw_draft is None or not has_segments(state.draft):
        raise NothingToExport
    output = await _wanted_output(context, state)
    form = output if output in context.services.gateway.audio_formats else "mp4"
    # The id is saved before the POST: whoever comes after a crash polls it instead of rendering again.
    project = await context.services.store.project(context.job.place)
    named = result_name(context.job, project, state.draft)
    await context.enter(Step.RENDER, render=_new_id(context), output=output, named=named)
    context.learn(render=Render.UNKNOWN)
    try:
        await _submit(context, state.raw_draft, form)
    except OutcomeUnknown:
        log.warning("job %s: no answer to the render's submission; its id is polled", context.job.id)
    except _NotTaken as error:
        _note_refusal(context, error)


async def poll_render(context: JobContext) -> None:
    """Waits for the render that the row names. Raises `RenderTooSlow` and what the backend refuses for good."""
    try:
        context.render_url = await _watch(context)
    except _NotTaken as error:
        _note_refusal(context, error)
    else:
        context.learn(render=Render.FINISHED)


async def finished_render(context: JobContext) -> str:
    """Where a render lies that was finished before. Never renders again: by now the project may be another one.

    Raises `RenderFailed`, `RenderTooSlow` and what the backend refuses.
    """
    try:
        return await _watch(context)
    except _NotTaken as error:
        raise RenderFailed(id=context.job.render) from error


def _note_refusal(context: JobContext, error: _NotTaken) -> None:
    log.warning("job %s: render %s was not taken: %s", context.job.id, context.job.render, error)
    context.learn(render=Render.REFUSED, refusals=context.facts.refusals + 1)


async def _submit(context: JobContext, draft: str, form: str) -> None:
    gateway, job = context.services.gateway, context.job
    name = job.named if gateway.names_results else ""
    try:
        polled = await context.ask(
            lambda who: gateway.client.start_render(who, job.render, job.session, draft, output_format=form, name=name)
        )
    except (SessionGone, TokenRefused):
        raise
    except Refused as error:
        if type(error) is not Refused:  # credits, plan, rate: another id would be refused as well
            raise
        raise _NotTaken(str(error.__cause__)) from error
    if polled != job.render:
        await context.save(render=polled)


def _new_id(context: JobContext) -> str:
    return f"render_{int(context.services.clock.now() * 1000)}{secrets.randbelow(1000):03}"


async def _wanted_output(context: JobContext, state: SessionState) -> str:
    """The file type to end in: what the words ask for, what a skill makes that somebody chose for its sounds, else
    what the timeline is as it stands. Never what the files were that came in."""
    if context.job.output:
        return context.job.output
    chosen = (await context.services.store.project(context.job.place)).skill
    if chosen.casefold() == context.skill.name.casefold() and context.skill.output in AUDIO_TYPES:
        return context.skill.output
    return "mp3" if is_sound_alone(state.draft) else "mp4"


@dataclass(slots=True)
class _Patience:
    """How long a render may go without news. `bare` counts answers without a URL, `unknown` those that did not know the
    id; `before` is how many renders were ahead of it in the last answer."""

    last_news: float
    polls: int = 0
    progress: float | None = None
    before: int = 0
    bare: int = 0
    unknown: int = 0


async def _watch(context: JobContext) -> str:
    """Polls until there is a URL; "" where the render is finished and only its id leads to the file."""
    patience = _Patience(context.services.clock.now())
    while True:
        try:
            found, wait = await _poll(context, patience)
        except BackendDown:
            found, wait = None, None
        if found is not None:
            return found
        _check_patience(context, patience)
        await context.services.clock.sleep(wait if wait is not None else context.services.timing.render_poll)


async def _poll(context: JobContext, patience: _Patience) -> tuple[str | None, float | None]:
    client, render = context.services.gateway.client, context.job.render
    match await context.ask(lambda who: client.poll_render(who, render)):
        case Rendered(url, notices):
            context.notices.extend(context.say(f"notice-{notice}") for notice in notices)
            return url, None
        case RenderBroken(reason):
            raise _NotTaken(reason)
        case Rendering(progress, retry_after, before):
            _note_progress(context, patience, progress, before)
            return None, retry_after
        case RenderedWithoutUrl():
            patience.bare += 1
            return ("" if patience.bare > POLLS_WITHOUT_URL else None), None
        case RenderUnknown():
            patience.unknown += 1
            if patience.unknown > POLLS_UNKNOWN:
                raise _NotTaken("the backend does not know the id")
            return None, min(UNKNOWN_SECONDS, context.services.timing.render_poll)


def _note_progress(context: JobContext, patience: _Patience, progress: float | None, before: int) -> None:
    """News are a better place in the queue and a percent more."""
    if before and before != patience.before:
        patience.before, patience.polls, patience.last_news = before, 0, context.services.clock.now()
        context.status.show(context.say("render-queued", before=before))
    elif not before and progress is not None and (progress != patience.progress or patience.before):
        patience.before = 0
        patience.progress, patience.polls, patience.last_news = progress, 0, context.services.clock.now()
        context.status.show(context.say("rendering", percent=round(progress * 100)), progress)


def _check_patience(context: JobContext, patience: _Patience) -> None:
    patience.polls += 1
    longest = PATIENCE_IN_POLLS * context.services.timing.render_poll
    quiet = context.services.clock.now() - patience.last_news
    if patience.polls >= PATIENCE_IN_POLLS and quiet >= longest:
        raise RenderTooSlow(id=context.job.render)
