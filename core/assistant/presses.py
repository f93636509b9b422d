"""What a pressed button stands for, and why it may do nothing for whoever pressed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assistant.asked import Asked
from core.assistant.requests import JobFactory
from core.chat.buttons import (
    Press,
    PressCancel,
    PressChoice,
    PressExample,
    PressForm,
    PressInstead,
    PressOffer,
    PressRetry,
)
from core.job import Job
from core.language.detection import ui_language
from core.ports import Clock, Store
from core.store import DOUBLE_SECONDS

MOST_PRESSES = 1000
TOO_OLD, OVER = "button-too-old", "question-over"


class LastPresses:
    """When each button was pressed last, by the steady clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}

    def is_slip(self, press: str) -> bool:
        """Whether it comes right after the same one. If not, it is noted."""
        now = self._clock.monotonic()
        if now - self._last.get(press, now - DOUBLE_SECONDS) < DOUBLE_SECONDS:
            return True
        self._last[press] = now
        while len(self._last) > MOST_PRESSES:
            self._last.pop(next(iter(self._last)))
        return False

    def forget(self, press: str) -> None:
        """Nothing came of it, so that it may come again."""
        self._last.pop(press, None)


@dataclass(frozen=True, slots=True)
class Presses:
    store: Store
    job_factory: JobFactory

    async def objection(self, asked: Asked, press: Press | None) -> str:
        """The key of the sentence that says why the press does nothing; "" where it does something."""
        match press:
            case None:
                return TOO_OLD
            case PressCancel(job_id):
                job = await self._job(asked, job_id)
                return "not-yours" if job and not job.stage.over and not _is_theirs(asked, job) else ""
            case PressRetry(job_id):
                return self._of_retry(asked, await self._job(asked, job_id))
            case PressInstead(job_id):
                job = await self._job(asked, job_id)
                return TOO_OLD if job is None or not job.instead else _unless_theirs(asked, job)
            case PressForm(job_id):
                job = await self._job(asked, job_id)
                return "" if job and job.render else TOO_OLD
            case PressChoice():
                return await self._of_choice(asked, press)
            case PressOffer() | PressExample():
                return "" if await self.words_behind(asked, press) else TOO_OLD
            case _:
                return ""

    async def words_behind(self, asked: Asked, press: Press | None) -> str:
        """The words that a button stands for, "" where it stands for none."""
        match press:
            case PressExample(name, language, number):
                skill = self.job_factory.skills.named(name)
                words: Sequence[str] = skill.examples.of(ui_language(language)) if skill else ()
            case PressOffer(job_id, number):
                job = await self._job(asked, job_id)
                words = job.offers if job else ()
            case PressChoice(job_id, number):
                job = await self._job(asked, job_id)
                words = [choice.say for choice in job.question.choices] if job and job.question else ()
            case _:
                return ""
        return words[number] if number < len(words) else ""

    async def language_behind(self, asked: Asked, press: Press | None) -> str:
        """The language of the words behind a button where they are too few to tell, "" where they tell it."""
        job = await self._job(asked, press.job) if isinstance(press, PressChoice) else None
        return job.language if job else ""

    def _of_retry(self, asked: Asked, job: Job | None) -> str:
        if job is None or self.job_factory.again(job, asked, 0.0) is None:
            return TOO_OLD
        return _unless_theirs(asked, job)  # it would cost whoever pressed a turn, and answer somebody else

    async def _of_choice(self, asked: Asked, press: PressChoice) -> str:
        """A choice is good as long as its question is open, and for the one that it was put to."""
        if not await self.words_behind(asked, press):
            return TOO_OLD
        opened = asked.project.open_request
        if opened is None or opened.job != press.job or asked.project.open_question is None:
            return OVER
        return "" if opened.sender == asked.incoming.sender else "not-yours-to-answer"

    async def _job(self, asked: Asked, job_id: str) -> Job | None:
        job = await self.store.job(job_id)
        return job if job and job.place == asked.incoming.place else None


def _is_theirs(asked: Asked, job: Job) -> bool:
    return job.sender == asked.incoming.sender


def _unless_theirs(asked: Asked, job: Job) -> str:
    return "" if _is_theirs(asked, job) else "not-yours-to-retry"
