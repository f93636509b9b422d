"""The first words about a job: said by whoever took it on, and gone on with by whoever works on it beside them."""

from __future__ import annotations

import asyncio

# The id of the message once it stands, "" where it could not be said.
Opening = asyncio.Future[str]

# As long as the work for a rush waits for all of it to be answered.
OTHERS_SECONDS = 0.5


class Openings:
    """Of one process: words that were said in another one are found in the job's row, or not at all."""

    def __init__(self) -> None:
        self._untaken: dict[str, Opening] = {}
        self._on_their_way: set[Opening] = set()

    def expect(self, job_id: str) -> Opening:
        """Called with no step between it and the job's acceptance, so that no worker is quicker."""
        opening = self._untaken[job_id] = asyncio.get_running_loop().create_future()
        self._on_their_way.add(opening)
        opening.add_done_callback(self._on_their_way.discard)
        return opening

    def take(self, job_id: str) -> Opening | None:
        """For the one who goes on with them; None where there are none, or only the job's row has them."""
        return self._untaken.pop(job_id, None)

    async def others_first(self) -> None:
        """Where many come in the same moment, all are answered before the work for the first of them slows down the
        answer to the last. An answer that takes longer than that holds up the work once, and not again."""
        if self._on_their_way:
            _, slow = await asyncio.wait(self._on_their_way, timeout=OTHERS_SECONDS)
            self._on_their_way -= slow
