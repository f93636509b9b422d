"""Which account pays: the operator's own token, or one anonymous account per place, under a client id that is kept."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from weakref import WeakValueDictionary

from core.errors import ClientIdRefused, NoAnonymousToken, OwnTokenRefused, RateLimited
from core.messages import Place
from core.nemo.models import SkillHeaders
from core.ports import Clock, Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """`user_id` names an anonymous account for the registration link; "" where the backend did not say."""

    token: str = field(repr=False)
    anonymous: bool
    user_id: str = ""


class AnonymousToken(Protocol):
    @property
    def token(self) -> str: ...
    @property
    def user_id(self) -> str: ...


class TokenSource(Protocol):
    async def anonymous_token(self, client_id: str, skill: SkillHeaders | None) -> AnonymousToken: ...


class Accounts:
    """Finds, makes and renews accounts.

    The backend gives a client one anonymous token in 7 days, and an address ten. That limit is respected: the
    client id is made once, kept, and never changed to get another token. A 429 here is retried once.
    """

    def __init__(
        self,
        source: TokenSource,
        vault: Vault,
        clock: Clock,
        *,
        own_token: str = "",
        retry_seconds: float = 30,
        scope: Callable[[Place], str] = str,
    ) -> None:
        self._source = source
        self._vault = vault
        self._clock = clock
        self._own_token = own_token
        self._retry_seconds = retry_seconds
        self._scope = scope
        # Each is there as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def has_account(self, place: Place) -> bool:
        """Whether the next call can go out at once, without asking the backend for a token first."""
        return bool(self._own_token or (await self._vault.read(self._scope(place))).get("token"))

    async def known(self, place: Place) -> Account | None:
        """The place's account, if it has one; asks nobody."""
        if self._own_token:
            return Account(self._own_token, anonymous=False)
        kept = await self._vault.read(self._scope(place))
        return _account(kept) if kept.get("token") else None

    async def account(self, place: Place, skill: SkillHeaders | None = None) -> Account:
        """The place's account; an anonymous one is made on first use, in the name of `skill`.

        Raises `NoAnonymousToken` where the backend gives none, and what `anonymous_token` raises.
        """
        if self._own_token:
            return Account(self._own_token, anonymous=False)
        name = self._scope(place)
        async with self._lock(name):
            kept = await self._vault.read(name)
            if kept.get("token"):
                return _account(kept)
            return await self._acquire(name, kept, skill)

    async def renew(self, place: Place, refused: Account, skill: SkillHeaders | None = None) -> Account:
        """Another token in place of one that was refused, for the same client id.

        Raises `OwnTokenRefused` for the operator's own token: that one is never replaced silently.
        """
        if not refused.anonymous:
            log.warning("the backend refuses this bot's own token: renew NEMO_TOKEN")
            raise OwnTokenRefused
        name = self._scope(place)
        async with self._lock(name):
            kept = await self._vault.read(name)
            if kept.get("token") not in (refused.token, "", None):
                return _account(kept)  # somebody renewed it while we waited for our turn
            return await self._acquire(name, {**kept, "token": ""}, skill)

    async def learn_user_id(self, place: Place, user_id: str) -> None:
        """Keeps an anonymous account's id, which some answers carry and others do not."""
        if self._own_token or not user_id:
            return
        name = self._scope(place)
        async with self._lock(name):
            kept = await self._vault.read(name)
            if kept.get("token") and not kept.get("user_id"):
                await self._vault.write(name, {**kept, "user_id": user_id})

    async def move(self, old: Place, new: Place) -> None:
        """A chat has another key now: its project can only be reached with the account that made it."""
        kept, there = await self._vault.read(self._scope(old)), await self._vault.read(self._scope(new))
        if kept and not there.get("token"):
            await self._vault.write(self._scope(new), kept)

    def _lock(self, name: str) -> asyncio.Lock:
        return self._locks.setdefault(name, asyncio.Lock())

    async def _acquire(self, name: str, kept: dict[str, str], skill: SkillHeaders | None) -> Account:
        if not kept.get("client_id"):
            kept = await self._with_client_id(name, kept)
        try:
            answer = await self._ask(kept["client_id"], skill)
        except ClientIdRefused:
            # 400 says that the id did not count, so no token has been given for it.
            log.warning("the backend refused the client id; trying a new one")
            kept = await self._with_client_id(name, kept)
            answer = await self._ask(kept["client_id"], skill)
        kept = {"client_id": kept["client_id"], "token": answer.token, "user_id": answer.user_id}
        await self._vault.write(name, kept)
        return _account(kept)

    async def _with_client_id(self, name: str, kept: dict[str, str]) -> dict[str, str]:
        # Saved before it is used: an id lost after its token was given would cost the user their week.
        kept = {**kept, "client_id": str(uuid.uuid4())}
        await self._vault.write(name, kept)
        return kept

    async def _ask(self, client_id: str, skill: SkillHeaders | None) -> AnonymousToken:
        try:
            return await self._source.anonymous_token(client_id, skill)
        except RateLimited:
            await self._clock.sleep(self._retry_seconds)
        try:
            return await self._source.anonymous_token(client_id, skill)
        except RateLimited as error:
            log.warning("no anonymous token: the limit for this client or address is reached; set NEMO_TOKEN")
            raise NoAnonymousToken from error


def _account(kept: dict[str, str]) -> Account:
    return Account(kept["token"], anonymous=True, user_id=kept.get("user_id", ""))
