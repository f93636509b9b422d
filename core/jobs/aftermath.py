"""What a place's project knows after a turn: what its timeline is, and whether the request still waits."""

from __future__ import annotations

from core.job import Project
from core.jobs.context import JobContext
from core.jobs.naming import files_played
from core.jobs.questions import open_after, withdraw_if_over
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
    opened = open_after(context, outcome, project)
    noted = await store.update_project(
        job.place,
        kind=kind,
        played=played,
        fresh=(*unused, *project.fresh),
        shown="" if outcome.changed else project.shown,
        open_request=opened,
    )
    await withdraw_if_over(context, project.open_request, opened)
    return noted


def _timeline_of(state: SessionState, project: Project) -> tuple[str, tuple[str, ...]]:
    """What it is, and the files on it."""
    kind = "" if not has_segments(state.draft) else "audio" if is_sound_alone(state.draft) else "video"
    return kind, tuple(file.name for file in files_played(read_timeline(state.draft), project.files))
