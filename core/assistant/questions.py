"""An open question when its person says something: it has been answered, or is dropped, and its buttons go."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from core.aio import Background
from core.assistant.asked import Asked
from core.chat.buttons import PressChoice, read_press
from core.chat.questions import withdraw_choices
from core.errors import CutroomError
from core.intents import Edit, is_greeting
from core.job import ProjectValue
from core.ports import Messenger, Store

log = logging.getLogger(__name__)


class Questions:
    def __init__(self, store: Store, messengers: Mapping[str, Messenger]) -> None:
        self._store = store
        self._messengers = messengers
        self._withdrawing = Background()

    async def answer(self, asked: Asked) -> Edit | None:
        """What is said to an open question and to nobody else: the label of a choice, what would be a greeting, and a
        file alone where one was asked for. The request that asked for it goes on with it."""
        opened, text = asked.open_request, asked.incoming.text
        if opened is None or opened.question is None:
            return None
        if asked.incoming.attachments:
            job = await self._store.job(opened.job) if opened.question.wants_file and not text else None
            return Edit(job.request, job.output) if job else None
        words = opened.question.words_of(text) or (text if is_greeting(text) else "")
        return Edit(words) if words else None

    def close(self, asked: Asked) -> None:
        """Takes the buttons away, in the background. What answers the question, or drops it, is saved by now."""
        if (opened := asked.open_request) and opened.question:
            chosen = isinstance(read_press(asked.incoming.action), PressChoice)
            self.withdraw(opened.job, asked.incoming.under if chosen else "")

    def forget(self, asked: Asked) -> None:
        """The place begins anew, whoever was asked."""
        if (opened := asked.project.open_request) and opened.question:
            self.withdraw(opened.job)

    def withdraw(self, job_id: str, under: str = "") -> None:
        """As `withdraw_choices`, in the background."""
        self._withdrawing.begin(self._guarded(job_id, under))

    async def quiet(self) -> None:
        await self._withdrawing.quiet()

    async def _guarded(self, job_id: str, under: str) -> None:
        try:
            await withdraw_choices(self._store, self._messengers, job_id, under)
        except CutroomError as error:
            log.info("the buttons of a question stay: %s", type(error).__name__)
        except Exception:
            log.warning("the buttons of a question stay", exc_info=True)


def dropped(asked: Asked) -> dict[str, ProjectValue]:
    """What a place changes of its project where somebody wants none of what they were asked; {} where nothing was.

    The studio goes on holding its question. It is told with the next words that they answer none.
    """
    changes: dict[str, ProjectValue] = {}
    if asked.project.pending and asked.project.pending.sender == asked.incoming.sender:
        changes["pending"] = None
    if asked.question:
        changes["dropped"] = asked.question.id
    elif asked.open_request:
        changes["open_request"] = None
    return changes
