"""An open question when its person says something: it has been answered, or is dropped, and its buttons go."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from core.aio import Background
from core.assistant.asked import Asked
from core.chat.questions import withdraw_choices
from core.errors import CutroomError
from core.job import OpenRequest, ProjectValue
from core.ports import Messenger, Store

log = logging.getLogger(__name__)


class Questions:
    def __init__(self, store: Store, messengers: Mapping[str, Messenger]) -> None:
        self._store = store
        self._messengers = messengers
        self._withdrawing = Background()

    def close(self, asked: Asked) -> None:
        """Takes the buttons away, in the background. What answers the question, or drops it, is saved by now."""
        if (opened := asked.open_request) and opened.question:
            self._withdraw(opened, asked.incoming.under if asked.incoming.action else "")

    def forget(self, asked: Asked) -> None:
        """The place begins anew, whoever was asked."""
        if (opened := asked.project.open_request) and opened.question:
            self._withdraw(opened, "")

    async def quiet(self) -> None:
        await self._withdrawing.quiet()

    def _withdraw(self, opened: OpenRequest, under: str) -> None:
        self._withdrawing.begin(self._guarded(opened.job, under))

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
