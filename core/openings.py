"""The first words about a job: said by whoever took it on, and gone on with by whoever works on it beside them."""

from __future__ import annotations

import asyncio

# The id of the message once it stands, "" where it could not be said.
Opening = asyncio.Future[str]


class Openings:
    """Of one process: words that were said in another one are found in the job's row, or not at all."""

    def __init__(self) -> None:
        self._untaken: dict[str, Opening] = {}

    def expect(self, job_id: str) -> Opening:
        """Called with no step between it and the job's acceptance, so that no worker is quicker."""
        opening = self._untaken[job_id] = asyncio.get_running_loop().create_future()
        return opening

    def take(self, job_id: str) -> Opening | None:
        """For the one who goes on with them; None where there are none, or the job's row has them."""
        return self._untaken.pop(job_id, None)
