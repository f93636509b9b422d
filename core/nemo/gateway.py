"""The backend as one place sees it: every call carries the place's account and skill.

A refused token is renewed once and a 429 is retried once; nothing else is repeated here.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from core.errors import NoCredits, PlanBlocked, RateLimited, TokenRefused, UserError
from core.job import ProjectValue
from core.messages import Place
from core.nemo.accounts import Account, Accounts
from core.nemo.client import NemoClient
from core.nemo.models import Credentials, SessionState, SkillHeaders
from core.ports import Clock, Store
from core.skills import Skill, platform_of

log = logging.getLogger(__name__)
T = TypeVar("T")


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

    async def call(self, place: Place, skill: Skill, ask: Callable[[Credentials], Awaitable[T]]) -> T:
        """Asks with the place's account: a refused token is renewed once (1001), a 429 is waited out once.

        Both are refusals, so nothing was started and asking again repeats nothing.
        """
        headers = self._headers(skill)
        account = await self._accounts.account(place, headers)
        renewed = waited = False
        while True:
            try:
                return await ask(Credentials(account.token, headers))
            except TokenRefused:
                if renewed:
                    raise
                renewed = True
                account = await self._accounts.renew(place, account, headers)
            except RateLimited:
                if waited:
                    raise
                waited = True
                await self._clock.sleep(self._retry_seconds)
            except (NoCredits, PlanBlocked) as error:
                raise await self.with_way_out(place, error) from error

    async def with_way_out(self, place: Place, error: NoCredits | PlanBlocked) -> UserError:
        """The same refusal, with the link that leads on for this place's account."""
        return type(error)(**self._way_out(await self._accounts.account(place)))

    async def session(self, place: Place, skill: Skill, language: str) -> str:
        """The place's session, made on first use with the language it was first spoken to in."""
        project = await self._store.project(place)
        return project.session or await self.new_session(place, skill, language)

    async def new_session(self, place: Place, skill: Skill, language: str) -> str:
        made = await self.call(place, skill, lambda who: self.client.create_session(who, language))
        await self._accounts.learn_user_id(place, made.user_id)
        nothing: dict[str, ProjectValue] = {
            "fresh": (),
            "files": (),
            "played": (),
            "source": "",
            "kind": "",
            "shown": "",
        }
        await self._store.update_project(place, session=made.session_id, **nothing)
        return made.session_id

    async def state(self, place: Place, skill: Skill, session: str) -> SessionState:
        state = await self.call(place, skill, lambda who: self.client.state(who, session))
        await self._accounts.learn_user_id(place, state.user_id)
        return state

    def _way_out(self, account: Account) -> dict[str, str]:
        """Where credits and plans are to be had: registering keeps an anonymous account's project."""
        if not account.anonymous:
            return {"account": "own", "link": self._web_url}
        if account.user_id:
            return {
                "account": "anonymous",
                "link": f"{self._web_url}/register?bind={quote(account.user_id, safe='')}",
            }
        return {"account": "unnamed", "link": f"{self._web_url}/register"}

    def _headers(self, skill: Skill) -> SkillHeaders:
        return SkillHeaders(skill.name, skill.version, platform_of(skill.path, self._home))
