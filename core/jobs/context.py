"""What a running job works with: its row, what is known beside it, its status message, its backend and folder."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from core.aio import finish
from core.chat.sending import parts_of
from core.chat.status import StatusLine
from core.errors import MediaRefused, PlatformDown, SendUnknown
from core.job import Job, MessageName
from core.language.catalogue import say
from core.lifecycle import STAGE_BEFORE, Facts, Step, next_step
from core.media import Ffmpeg
from core.messages import Attachment, Outgoing, Sent
from core.nemo.gateway import Gateway
from core.nemo.models import Credentials, SessionState
from core.ports import Clock, Messenger, Store
from core.skills import Skill, SkillBook

T = TypeVar("T")
log = logging.getLogger(__name__)

# A message that the platform did not confirm is sent once more: better twice than never, and never three times.
ATTEMPTS = 2
# Seconds between attempts to reach a platform. A platform that is away for longer than all of them fails its jobs.
WAITS = (2.0, 4.0, 8.0, 15.0, *([30.0] * 38))
# An upload of 50 MB takes a while; a stop waits for it as long as the whole stop may take.
LONGEST_SEND_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a job waits for what, in seconds. `heartbeat` is how often it says that it is still working, `recovery`
    how long it waits before it looks what became of a turn whose answer was lost, `page_life` how long people can open
    the page of a result."""

    heartbeat: float
    edit_timeout: float
    render_poll: float
    recovery: float
    job_timeout: float
    page_life: float = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Services:
    """What every job shares.

    `public_url` is where people reach this bot's pages, "" if they cannot. `encoders` is how many jobs may make a
    file fit at once: one keeps two cores busy.
    """

    store: Store
    gateway: Gateway
    skills: SkillBook
    ffmpeg: Ffmpeg
    clock: Clock
    timing: Timing
    public_url: str = ""
    encoders: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(max(1, (os.cpu_count() or 1) // 2)))


@dataclass(slots=True)
class JobContext:
    """One claimed job. `notices` are said with the next message, so that they cost no bubble of their own. `facts` are
    what this run has found out; `render_url` is where the finished render lies, "" where only its id leads to it.
    `furthest` is how far each step was shown to be. `sent_again` once a file was, so that it may come twice."""

    job: Job
    token: str
    skill: Skill
    services: Services
    messenger: Messenger
    status: StatusLine
    folder: Path
    notices: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    render_url: str = ""
    furthest: dict[tuple[str, str], float] = field(default_factory=dict)
    sent_again: bool = False

    @property
    def next_step(self) -> Step:
        return next_step(self.job, self.facts)

    def learn(self, **facts: Any) -> None:
        self.facts = replace(self.facts, **facts)

    async def enter(self, step: Step, **changes: Any) -> None:
        """Saves the stage that stands for the step, and what else must be saved before it. Raises `LostClaim`."""
        await self.save(stage=STAGE_BEFORE[step], **changes)

    async def save(self, **changes: Any) -> None:
        """Saves the job before the step that follows. Raises `LostClaim`: then nothing more may be done."""
        self.job = replace(self.job, **changes)
        await self.services.store.save(self.job, self.token)

    def say(self, key: str, /, **values: str | int | float) -> str:
        return say(self.job.language, key, **values)

    def progress(self, key: str, share: float, /, *, of: str = "", **values: str) -> None:
        """Shows how far a step is, from 0 to 1. It never runs backwards: what is sent or rendered once more goes on
        from where it was shown to be. `of` tells steps with the same words apart."""
        share = self.furthest[key, of] = max(share, self.furthest.get((key, of), 0.0))
        self.status.show(self.say(key, percent=round(share * 100), **values), share)

    async def ask(
        self,
        ask: Callable[[Credentials], Awaitable[T]],
        found: Callable[[], Awaitable[T | None]] | None = None,
    ) -> T:
        """A call of the backend with this place's account and this job's skill; `found` as `Gateway.call` has it."""
        return await self.services.gateway.call(self.job.place, self.skill, ask, on_wait=self.tell_of_wait, found=found)

    async def state(self) -> SessionState:
        return await self.services.gateway.state(self.job.place, self.skill, self.job.session, self.tell_of_wait)

    def tell_of_wait(self, waiting: bool) -> None:
        """Says under the present step whether the backend is being waited for."""
        self.status.add(self.say("backend-awaited") if waiting else "")

    async def fetch(self, attachment: Attachment, to: Path) -> Path:
        """A file that came along, as soon as the platform can be reached."""
        for wait in WAITS:
            try:
                return await self.messenger.fetch(attachment, to)
            except PlatformDown:
                log.info("job %s: the platform is away; tried again in %s s", self.job.id, wait)
            await self.services.clock.sleep(wait)
        return await self.messenger.fetch(attachment, to)

    async def send(self, message: Outgoing, name: MessageName) -> Sent | None:
        """Says something new, in reply to the request, with the notices before it, once in this job's life.

        `name` tells it from the other messages of the job. Returns None where an earlier run said it, or where
        nobody knows whether it stands. Raises `ChatGone`, `MediaRefused`, and `PlatformDown` after much patience.
        """
        text = "\n\n".join([*self.notices, message.text])
        self.notices.clear()
        job, language = self.job, message.language or self.job.language
        key = name.key(job.id)
        whole = replace(message, text=text, reply_to=job.reply_to, key=key, person=job.sender, language=language)
        sent = None
        for part in parts_of(whole, self.messenger.limits(self.job.place)):
            sent = await self._say_once(part)
        return sent

    def has_said(self, name: MessageName) -> bool:
        """Whether the platform confirmed all of it, now or in an earlier run."""
        return name.key(self.job.id) in self.job.said

    async def send_confirmed(self, message: Outgoing, name: MessageName) -> Sent | None:
        """As `send`, for last words: raises `PlatformDown` also where nobody knows whether they stand."""
        sent = await self.send(message, name)
        if not self.has_said(name):
            raise PlatformDown
        return sent

    async def _say_once(self, message: Outgoing) -> Sent | None:
        """What was sent off and not confirmed is sent at most once more, under the same key."""
        waits = iter(WAITS)
        while message.key not in self.job.said and self.job.begun.count(message.key) < ATTEMPTS:
            try:
                return await finish(self._try_to_say(message), LONGEST_SEND_SECONDS)
            except SendUnknown:
                log.warning("job %s: it is not known whether %s was said", self.job.id, message.key)
                wait = next(waits)
            except PlatformDown:
                wait = next(waits, 0.0)
                if not wait:
                    raise
                log.info("job %s: the platform is away; tried again in %s s", self.job.id, wait)
            await self.services.clock.sleep(wait)
        return None

    async def _try_to_say(self, message: Outgoing) -> Sent:
        """The attempt is saved before it is made, and its success after."""
        before = self.job.begun
        await self.save(begun=(*before, message.key))
        try:
            sent = await self.messenger.send(self.job.place, message)
        except (MediaRefused, PlatformDown):
            await self.save(begun=before)  # certainly nothing was said
            raise
        await self.save(said=(*self.job.said, message.key))
        return sent
