"""What a job that is being worked on has at hand: its row, its status message, its backend and its folder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from core.gateway import Gateway
from core.job import Job
from core.media import Ffmpeg
from core.messages import Outgoing
from core.nemo.models import Credentials, SessionState
from core.ports import Clock, Messenger, Store
from core.settings import Settings
from core.skills import Skill, SkillBook
from core.speaking import speak
from core.status import StatusLine
from core.words import say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What every job shares."""

    store: Store
    gateway: Gateway
    skills: SkillBook
    ffmpeg: Ffmpeg
    clock: Clock
    settings: Settings


@dataclass(slots=True)
class Work:
    """One claimed job. `notices` are said with the next message, so that they cost no bubble of their own."""

    job: Job
    token: str
    skill: Skill
    tools: Tools
    messenger: Messenger
    status: StatusLine
    folder: Path
    notices: list[str] = field(default_factory=list)

    async def save(self, **changes: Any) -> None:
        """Saves the job before the step that follows. Raises `LostClaim`: then nothing more may be done."""
        self.job = replace(self.job, **changes)
        await self.tools.store.save(self.job, self.token)

    def say(self, key: str, /, **values: str | int | float) -> str:
        return say(self.job.language, key, **values)

    async def ask(self, ask: Callable[[Credentials], Awaitable[T]]) -> T:
        """A call of the backend with this place's account and this job's skill."""
        return await self.tools.gateway.call(self.job.place, self.skill, ask)

    async def state(self) -> SessionState:
        return await self.tools.gateway.state(self.job.place, self.skill, self.job.session)

    async def send(self, message: Outgoing) -> None:
        """Says something new, in reply to the request, with the notices before it."""
        text = "\n\n".join([*self.notices, message.text])
        self.notices.clear()
        await speak(self.messenger, self.job.place, replace(message, text=text, reply_to=self.job.reply_to))
