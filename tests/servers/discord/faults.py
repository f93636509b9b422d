"""What goes wrong on purpose: answers that are refused, late, or dropped after the request was carried out."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from aiohttp import web

from tests.servers.discord.answers import Refusal


@dataclass(slots=True)
class Fault:
    """Meets requests whose "METHOD /path" matches `where`, `times` times.

    `status` answers with it instead of carrying the request out, or after that where `carried_out`; `retry_after` goes
    with a 429, in seconds. `drop_answer` carries it out and then breaks the connection. `delay` in seconds comes
    before all else.
    """

    where: str
    times: int = 1
    status: int | None = None
    code: int = 0
    retry_after: float = 0.3
    carried_out: bool = False
    drop_answer: bool = False
    delay: float = 0.0

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.status or 500, self.code, "On purpose", retry_after=self.retry_after)


@dataclass(slots=True)
class Faults:
    planned: list[Fault] = field(default_factory=list)
    met: list[str] = field(default_factory=list)

    def plan(self, where: str, **how: object) -> None:
        self.planned.append(Fault(where, **how))  # type: ignore[arg-type]

    async def before(self, request: web.Request) -> Fault | None:
        """The fault that this request meets. Raises `Refusal` for one that refuses it."""
        line = f"{request.method} {request.path}"
        fault = next((each for each in self.planned if each.times and re.search(each.where, line)), None)
        if fault is None:
            return None
        fault.times -= 1
        self.met.append(line)
        await asyncio.sleep(fault.delay)
        if fault.status is not None and not fault.carried_out:
            await request.read()
            raise fault.refusal
        return fault

    @staticmethod
    def break_off(request: web.Request) -> None:
        if request.transport:
            request.transport.abort()
