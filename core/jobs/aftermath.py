"""What a place's project knows after a turn: what its timeline is, and whether the request still waits."""

from __future__ import annotations

from core.intents import asks, asks_for_words
from core.job import OpenRequest, Project
from core.jobs.context import JobContext
from core.jobs.naming import files_played
from core.jobs.turn import TurnOutcome
from core.nemo.draft.timeline import has_segments, is_sound_alone, read_timeline
from core.nemo.models import SessionState


async def note_project(context: JobContext, outcome: TurnOutcome) -> Project:
    """A file that no edit has used goes on waiting for one, and a question waits for its answer."""
    job, store = context.job, context.services.store
    project = await store.project(job.place)
    if project.session != job.session:  # it began a new one meanwhile
        return project
    kind, played = _timeline_of(outcome.state, project) if outcome.state else (project.kind, project.played)
    unused = () if outcome.changed else tuple(name for name in job.files if name not in project.fresh)
    return await store.update_project(
        job.place,
        kind=kind,
        played=played,
        fresh=(*unused, *project.fresh),
        shown="" if outcome.changed else project.shown,
        open_request=_open_request(context, outcome, project),
    )


def _timeline_of(state: SessionState, project: Project) -> tuple[str, tuple[str, ...]]:
    """What it is, and the files on it."""
    kind = "" if not has_segments(state.draft) else "audio" if is_sound_alone(state.draft) else "video"
    return kind, tuple(file.name for file in files_played(read_timeline(state.draft), project.files))


def _open_request(context: JobContext, outcome: TurnOutcome, project: Project) -> OpenRequest | None:
    """A question about a file is answered by words. Anything else that the agent asks back waits for its person."""
    job, before = context.job, project.open_request
    if before and before.sender != job.sender:
        return before
    if asks_for_words(job.request) or not asks(outcome.text):
        return None
    if outcome.changed:  # what was wanted is there; an answer begins something new
        return OpenRequest(job.sender)
    return OpenRequest(job.sender, job.output, job.export, job.about)
