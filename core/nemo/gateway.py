"""The backend as one place sees it: every call carries the place's account and skill, and what is free is repeated.

A refused token is renewed once, a 429 is waited out once, and what is free and came to nothing is repeated for at least
a minute. A call that costs something or leaves something behind ends in `OutcomeUnknown` once it was sent, and is
repeated only where it can be found out that it left nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote

from core.errors import (
    BackendDown,
    NoCredits,
    OutcomeUnknown,
    PlanBlocked,
    RateLimited,
    Refused,
    ResultUnreadable,
    TokenRefused,
    UserError,
)
from core.job import ProjectValue
from core.messages import Place
from core.nemo.accounts import Account, Accounts
from core.nemo.availability import AWAY_SECONDS, FAILING_SECONDS, Availability, Backoff
from core.nemo.client import NemoClient
from core.nemo.models import Credentials, Rendered, SessionState, SkillHeaders
from core.nemo.wire.origin import Take
from core.ports import Clock, Store
from core.skills import Skill, platform_of

log = logging.getLogger(__name__)
T = TypeVar("T")
OnWait = Callable[[bool], None]  # whether the backend is being waited for; must not wait

# A single failure is over before anybody could read of it.
FAILURES_TOLD = 2


def _untold(waiting: bool) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class _Call(Generic[T]):
    """One call with what its attempts have come to: a token is renewed once, a 429 is waited out once."""

    accounts: Accounts
    clock: Clock
    retry_seconds: float
    place: Place
    headers: SkillHeaders
    ask: Callable[[Credentials], Awaitable[T]]
    found: Callable[[], Awaitable[T | None]] | None
    account: Account | None = None
    refused: Account | None = None
    renewed: bool = False
    waited: bool = False
    unclear: bool = False

    async def attempt(self) -> T:
        """Raises `BackendDown` where another attempt may follow."""
        while True:
            account = await self._account()
            try:
                return await self.ask(Credentials(account.token, self.headers))
            except TokenRefused:
                if self.renewed:
                    raise
                self.renewed, self.refused = True, account
            except RateLimited:
                if self.waited:
                    raise
                self.waited = True
                await self.clock.sleep(self.retry_seconds)
            except OutcomeUnknown as error:
                if self.found is None:
                    raise
                self.unclear = True
                raise BackendDown from error

    async def left_behind(self) -> T | None:
        """What the last attempt left, if it was sent and not answered."""
        left = await self.found() if self.unclear and self.found else None
        self.unclear = False
        return left

    async def _account(self) -> Account:
        account = self.account
        if self.refused:
            account = await self.accounts.renew(self.place, self.refused, self.headers)
        elif account is None:
            account = await self.accounts.account(self.place, self.headers)
        self.account, self.refused = account, None
        return account


class Gateway:
    """Calls of the backend on behalf of a place.

    `audio_formats` are the file types besides MP4 that this backend renders; the published API promises none.
    `names_results` says that it calls a result's link as it is asked to, `restores` that it can take a project back to
    what a render shows.
    """

    def __init__(
        self,
        client: NemoClient,
        accounts: Accounts,
        store: Store,
        clock: Clock,
        *,
        web_url: str,
        retry_seconds: float,
        home: Path,
        audio_formats: frozenset[str] = frozenset(),
        names_results: bool = False,
        restores: bool = False,
    ) -> None:
        self.client = client
        self.audio_formats = audio_formats
        self.availability = Availability(clock)
        self.names_results = names_results
        self.restores = restores
        self._accounts = accounts
        self._store = store
        self._clock = clock
        self._web_url = web_url
        self._retry_seconds = retry_seconds
        self._home = home

    async def is_connected(self, place: Place) -> bool:
        """Whether account and session are there already, so that nothing need be said about connecting."""
        project = await self._store.project(place)
        return bool(project.session) and await self._accounts.has_account(place)

    async def move(self, old: Place, new: Place) -> None:
        """The platform gave a chat another key: everything of it goes along, its account first."""
        await self._accounts.move(old, new)
        await self._store.move_place(old, new)

    async def call(
        self,
        place: Place,
        skill: Skill,
        ask: Callable[[Credentials], Awaitable[T]],
        *,
        on_wait: OnWait = _untold,
        found: Callable[[], Awaitable[T | None]] | None = None,
    ) -> T:
        """Asks with the place's account, until there is an answer or it is certain that there will be none.

        `found` looks for what a call that was sent and not answered left behind: None if it left nothing, so that it
        may be repeated. Without `found` such a call is not repeated. `on_wait` is called with True once it takes long
        enough to be told, and then with False when it is over.
        """
        call = _Call(self._accounts, self._clock, self._retry_seconds, place, self._headers(skill), ask, found)
        backoff, failures = Backoff(), 0
        try:
            while True:
                if (left := await call.left_behind()) is not None:  # where that cannot be found out, it ends here
                    return left
                try:
                    return await self._attempt(call)
                except BackendDown as error:
                    wait = backoff.after_failure(AWAY_SECONDS if error.away else FAILING_SECONDS)
                    if wait is None:
                        if (left := await call.left_behind()) is not None:
                            return left
                        raise
                    failures += 1
                    if failures == FAILURES_TOLD:
                        on_wait(True)
                    await self._wait(wait, away=error.away)
        finally:
            if failures >= FAILURES_TOLD:
                on_wait(False)

    async def _attempt(self, call: _Call[T]) -> T:
        try:
            answer = await call.attempt()
        except (NoCredits, PlanBlocked) as error:
            self.availability.note_answer()
            raise await self.with_way_out(call.place, error) from error
        except Refused:
            self.availability.note_answer()
            raise
        self.availability.note_answer()
        return answer

    async def _wait(self, seconds: float, *, away: bool) -> None:
        log.info("the backend %s; tried again in %s s", "is away" if away else "failed", seconds)
        if away:
            self.availability.note_away(seconds)
            await self.availability.wait(seconds)
        else:
            await self._clock.sleep(seconds)

    async def with_way_out(self, place: Place, error: NoCredits | PlanBlocked) -> UserError:
        """The same refusal, with the link that leads on for this place's account. It may be the account that was
        refused: none is asked for here."""
        return type(error)(**self._way_out(await self._accounts.known(place)))

    async def session(self, place: Place, skill: Skill, language: str, on_wait: OnWait = _untold) -> str:
        """The place's session, made on first use with the language it was first spoken to in."""
        project = await self._store.project(place)
        return project.session or await self.new_session(place, skill, language, on_wait)

    async def new_session(self, place: Place, skill: Skill, language: str, on_wait: OnWait = _untold) -> str:
        made = await self.call(place, skill, lambda who: self.client.create_session(who, language), on_wait=on_wait)
        await self._accounts.learn_user_id(place, made.user_id)
        nothing: dict[str, ProjectValue] = {
            "fresh": (),
            "files": (),
            "played": (),
            "source": "",
            "kind": "",
            "shown": "",
            "open_request": None,
        }
        await self._store.update_project(place, session=made.session_id, **nothing)
        return made.session_id

    async def state(self, place: Place, skill: Skill, session: str, on_wait: OnWait = _untold) -> SessionState:
        state = await self.call(place, skill, lambda who: self.client.state(who, session), on_wait=on_wait)
        await self._accounts.learn_user_id(place, state.user_id)
        return state

    async def pass_on(
        self, place: Place, skill: Skill, render: str, url: str, take: Take, wanted: Mapping[str, str]
    ) -> None:
        """Has `take` read a finished file in the name of a place's account: at once or not at all, for somebody waits.

        Raises `ResultUnreadable` for what is not the file, and what `NemoClient.download` and `poll_render` raise.
        """
        who = Credentials((await self._accounts.account(place)).token, self._headers(skill))
        try:
            await self.client.pass_on(who, render, url, take, wanted)
        except (BackendDown, Refused, ResultUnreadable) as error:
            state = await self.client.poll_render(who, render)
            if not isinstance(state, Rendered) or state.url == url:
                raise
            log.info("the file of a render is elsewhere now: %s", type(error).__name__)
            await self.client.pass_on(who, render, state.url, take, wanted)

    def _way_out(self, account: Account | None) -> dict[str, str]:
        """Where credits and plans are to be had: registering keeps an anonymous account's project."""
        if account and not account.anonymous:
            return {"account": "own", "link": self._web_url}
        if account and account.user_id:
            return {
                "account": "anonymous",
                "link": f"{self._web_url}/register?bind={quote(account.user_id, safe='')}",
            }
        return {"account": "unnamed", "link": f"{self._web_url}/register"}

    def _headers(self, skill: Skill) -> SkillHeaders:
        return SkillHeaders(skill.name, skill.version, platform_of(skill.path, self._home))
