"""The first words about a job: said by whoever took it on, and gone on with by whoever works on it beside them."""

from __future__ import annotations

import asyncio


class Opening:
    """`message` is the id of the words once they stand, "" where they could not be said."""

    def __init__(self) -> None:
        self.message: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.taken = False


class Openings:
    """Of one process: words that were said in another one are found in the job's row, or not at all."""

    def __init__(self) -> None:
        self._on_their_way: dict[str, Opening] = {}

    def expect(self, job_id: str) -> None:
        """Called with no step between it and the job's acceptance, so that no worker is quicker."""
        self._on_their_way[job_id] = Opening()

    def settle(self, job_id: str, message_id: str) -> bool:
        """Whether somebody goes on with them."""
        opening = self._on_their_way.pop(job_id)
        opening.message.set_result(message_id)
        return opening.taken

    def take(self, job_id: str) -> asyncio.Future[str] | None:
        """For whoever goes on with them; None where none are on their way."""
        opening = self._on_their_way.get(job_id)
        if opening is None:
            return None
        opening.taken = True
        return opening.message
