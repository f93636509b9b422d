"""A turn and the backend's open question: whose words may answer it, and what the turn leaves open."""

from __future__ import annotations

import asyncio
import logging

from core.chat.questions import withdraw_choices
from core.intents import asks, asks_for_words
from core.job import Project
from core.jobs.context import JobContext
from core.jobs.turn import TurnOutcome
from core.question import OpenRequest, QuestionKind

log = logging.getLogger(__name__)
WITHDRAW_SECONDS = 5.0


def open_after(context: JobContext, outcome: TurnOutcome, project: Project) -> OpenRequest | None:
    """The request that waits for its person after the turn. The studio says it. Of the cloud it is told by the words,
    and another person's request leaves it waiting."""
    job, before = context.job, project.open_request
    if outcome.asking is None:
        return _open_by_words(context, outcome, before)
    question = outcome.asking.question
    if question is None:
        return None
    if before and before.question and before.question.id == question.id:
        return before
    if outcome.changed:  # what was wanted is there; an answer begins something new
        return OpenRequest(job.sender, question=question, job=job.id)
    return OpenRequest(job.sender, job.output, job.export, job.about, question, job.id)


def _open_by_words(context: JobContext, outcome: TurnOutcome, before: OpenRequest | None) -> OpenRequest | None:
    """A question about a file is answered by words. Anything else that the agent asks back waits for its person."""
    job = context.job
    if before and before.question:  # the end of the turn was not heard
        return None if outcome.changed and before.question.kind is QuestionKind.OFFER else before
    if before and before.sender != job.sender:
        return before
    if asks_for_words(job.request) or not asks(outcome.text):
        return None
    if outcome.changed:  # what was wanted is there; an answer begins something new
        return OpenRequest(job.sender)
    return OpenRequest(job.sender, job.output, job.export, job.about)


async def withdraw_if_over(context: JobContext, before: OpenRequest | None, after: OpenRequest | None) -> None:
    """The buttons of a question go that an edit, or another question, has put an end to. It costs the job nothing."""
    if before is None or before.question is None or before.question.id == context.job.answers:
        return  # those of an answered one went when the answer came
    if after and after.question and after.question.id == before.question.id:
        return
    messengers = {context.job.place.platform: context.messenger}
    try:
        async with asyncio.timeout(WITHDRAW_SECONDS):
            await withdraw_choices(context.services.store, messengers, before.job)
    except Exception as error:
        log.info("job %s: the buttons of a question stay: %s", context.job.id, type(error).__name__)
