"""What a turn's words answer, and what its agent asks that was not open before."""

from __future__ import annotations

from core.intents import NeverMind, asks_for_words, intent_of, is_no
from core.job import Job
from core.jobs.context import JobContext
from core.nemo.events import Asking
from core.nemo.turn.questions import NOT_ANSWERED
from core.question import Question


def wants_words(job: Job) -> bool:
    """Whether words are all that it asks for: a question is answered by them, “no” to what was offered, and “never
    mind” where the agent has to know it."""
    if asks_for_words(job.request) or (job.answers and is_no(job.request)):
        return True
    return isinstance(intent_of(job.request), NeverMind)


def words_for_agent(job: Job) -> str:
    """The request, with the file of several that it is for. A choice stands for its words alone: what it was asked
    about is known to whoever asked."""
    is_choice = bool(job.answers and job.press)
    return f"{job.request}\n\nFile: {job.about}" if job.about and not is_choice else job.request


async def said_to(context: JobContext) -> str | None:
    """The id of the open question that the job's words may answer. The backend does not know who speaks: of anybody
    but the one that it was put to they are a request of their own. None where it has none open, as the cloud never
    has."""
    opened = await _open(context)
    if opened is None:
        return None
    return opened.id if opened.id == context.job.answers else NOT_ANSWERED


async def newly_asked(context: JobContext, asking: Asking | None) -> Question | None:
    """The question that this turn put; none that was open before it and still is."""
    question = asking.question if asking else None
    before = await _open(context)
    return question if question and (before is None or before.id != question.id) else None


async def _open(context: JobContext) -> Question | None:
    project = await context.services.store.project(context.job.place)
    opened = project.open_request if project.session == context.job.session else None
    return opened.question if opened else None
