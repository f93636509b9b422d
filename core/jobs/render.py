"""From the project to a finished render: submitted under an id that was saved before, and polled, after a crash too."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from core.errors import (
    BackendDown,
    NoSoundInResult,
    NothingToExport,
    OutcomeUnknown,
    Refused,
    RenderFailed,
    RenderTooSlow,
    ResultUnreadable,
    ServiceFull,
    SessionGone,
    TokenRefused,
)
from core.files import AUDIO_TYPES
from core.job import Stage
from core.jobs.context import JobContext
from core.jobs.naming import result_name
from core.lifecycle import Render, Step
from core.nemo.draft.generated import generated_address
from core.nemo.draft.states import digest_of
from core.nemo.draft.timeline import has_segments, is_sound_alone, sound_type
from core.nemo.models import (
    Breakage,
    RenderBroken,
    Rendered,
    RenderedWithoutUrl,
    Rendering,
    RenderUnknown,
    SessionState,
)

log = logging.getLogger(__name__)

# The shortest watch over a render that shows no news: ten polls, as the published client does.
PATIENCE_IN_POLLS = 10
POLLS_WITHOUT_URL = 3
# A render that was submitted a moment ago may not be known yet; one whose submission a crash prevented never is.
POLLS_UNKNOWN = 4
UNKNOWN_SECONDS = 3.0
# What a poll says of the next one is believed up to here: an hour would be an hour of silence.
LONGEST_RETRY_AFTER_SECONDS = 120.0
# Of these nobody wants the same render again.
_NO_FILE = frozenset({RenderFailed.key, ResultUnreadable.key})
# Stands for a render's id where the backend has made the file already: it has no timeline and needs no render.
GENERATED = "generated"


class _NotTaken(Exception):
    """The backend did not take or did not finish a render: another id may be tried, once."""


async def submit_render(context: JobContext) -> None:
    """Has the project rendered as it stands, under a new id. Rendering is free, so another may follow one that is
    refused. A render of the same project that nobody saw the end of is taken up instead. Raises `NothingToExport` and
    what the backend refuses for good.
    """
    context.progress("rendering", 0)
    state = await context.state()
    if state.raw_draft is None or not has_segments(state.draft):
        if not _generated(context, state):
            raise NothingToExport
        await context.enter(Step.RENDER, render=GENERATED)
        context.learn(render=Render.UNKNOWN)
        return
    output = await _wanted_output(context, state)
    form = output if output in context.services.gateway.audio_formats else "mp4"
    context.learn(render=Render.UNKNOWN)
    stands = digest_of(state)
    earlier = await _unfinished(context, output, stands)
    # The id is saved before the POST: whoever comes after a crash polls it instead of rendering again.
    named = result_name(context.job, await context.services.store.project(context.job.place), state.draft)
    await context.enter(Step.RENDER, render=earlier or _new_id(context), output=output, named=named)
    await context.services.store.update_project(context.job.place, rendered=(context.job.id, stands))
    if earlier:
        log.info("job %s: render %s is polled, nobody saw its end", context.job.id, earlier)
        return
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
    except NoSoundInResult:
        context.learn(soundless=True)
    else:
        context.learn(render=Render.FINISHED)


async def finished_render(context: JobContext) -> str:
    """Where a render lies that was finished before. Never renders again: by now the project may be another one.

    Raises `RenderFailed`, `RenderTooSlow` and what the backend refuses.
    """
    try:
        return await _watch(context)
    except _NotTaken as error:
        raise RenderFailed from error


async def _unfinished(context: JobContext, output: str, stands: str) -> str:
    """The id of the last render of the project, if its job failed for another reason than the render and the project
    is as it was; "" if there is none, or this run has polled it in vain."""
    if context.facts.refusals:
        return ""
    project = await context.services.store.project(context.job.place)
    job_id, then = project.rendered or ("", "")
    job = await context.services.store.job(job_id) if job_id and then == stands else None
    if job is None or job.stage is not Stage.FAILED or job.error in _NO_FILE:
        return ""
    return job.render if (job.session, job.output) == (context.job.session, output) else ""


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


def _generated(context: JobContext, state: SessionState) -> str:
    """Where lies what was made of words. Music that is to go with a video is no result: it is of another kind."""
    job = context.job
    has_file = bool(job.attachments or job.about)
    return generated_address(state.generated_media, job.output or (context.skill.output if has_file else ""))


async def _wanted_output(context: JobContext, state: SessionState) -> str:
    """The file type to end in: what the words ask for, what a skill makes that somebody chose for its sounds, else
    what the timeline is as it stands: a video, or a sound of the type that it was sent in."""
    if context.job.output:
        return context.job.output
    chosen = (await context.services.store.project(context.job.place)).skill
    if chosen.casefold() == context.skill.name.casefold() and context.skill.output in AUDIO_TYPES:
        return context.skill.output
    return sound_type(state.draft) if is_sound_alone(state.draft) else "mp4"


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
    if context.job.render == GENERATED:
        return _generated(context, await context.state())
    patience = _Patience(context.services.clock.monotonic())
    while True:
        try:
            found, wait = await _poll(context, patience)
        except BackendDown:  # it was asked for a minute and more: how many polls that were says nothing
            found, wait, patience.polls = None, None, PATIENCE_IN_POLLS
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
        case RenderBroken(_, Breakage.NO_SOUND):
            raise NoSoundInResult
        case RenderBroken(_, Breakage.DISK_FULL):
            log.warning("job %s: the backend's disk is full", context.job.id)
            raise ServiceFull
        case RenderBroken(reason):
            raise _NotTaken(reason)
        case Rendering(progress, retry_after, before):
            _note_progress(context, patience, progress, before)
            return None, None if retry_after is None else min(retry_after, LONGEST_RETRY_AFTER_SECONDS)
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
        patience.before, patience.polls, patience.last_news = before, 0, context.services.clock.monotonic()
        context.status.show(context.say("render-queued", before=before))
    elif not before and progress is not None and (progress != patience.progress or patience.before):
        patience.before = 0
        patience.progress, patience.polls, patience.last_news = progress, 0, context.services.clock.monotonic()
        context.progress("rendering", progress)


def _check_patience(context: JobContext, patience: _Patience) -> None:
    patience.polls += 1
    longest = PATIENCE_IN_POLLS * context.services.timing.render_poll
    quiet = context.services.clock.monotonic() - patience.last_news
    if patience.polls >= PATIENCE_IN_POLLS and quiet >= longest:
        raise RenderTooSlow
