"""Accounts: who is asking, and which credits they may spend."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from dataclasses import replace

from studio.errors import bad_token, no_credits, no_session
from studio.records import Account, Session
from studio.settings import StudioSettings
from studio.store import Store


class Hold:
    """Credits frozen for one edit: charged if the edit changed something, and given back otherwise."""

    def __init__(self, store: Store, frozen: Counter[str], user_id: str, cost: int) -> None:
        self._store = store
        self._frozen = frozen
        self._user_id = user_id
        self._cost = cost
        frozen[user_id] += cost

    def charge(self) -> None:
        self._store.charge(self._user_id, self._cost)
        self.release()

    def release(self) -> None:
        self._frozen[self._user_id] -= self._cost
        self._cost = 0


class Accounts:
    """Gives each client id a user and a token. The user stays the same, so projects outlive their tokens.

    The cloud limits how many tokens a client and an address get. Here client and studio share the machine, so a client
    that asks again gets the token it has.
    """

    def __init__(self, store: Store, settings: StudioSettings) -> None:
        self._store = store
        self._settings = settings
        self._frozen: Counter[str] = Counter()  # not saved: after a restart nothing is running

    def anonymous(self, client_id: str, address: str) -> Account:
        """Returns the client's valid account, and makes or renews one if there is none."""
        now = time.time()
        known = self._store.account_of_client(client_id)
        if known and known.expires > now:
            return known
        account = self._renewed(known, client_id, address, now)
        self._store.save_account(account)
        return account

    def of_token(self, authorization: str) -> Account:
        """Returns the account behind an `Authorization` header. Raises `ApiError` (1001)."""
        scheme, _, token = authorization.partition(" ")
        readable = scheme.lower() == "bearer" and token.isascii()
        account = self._store.account_of_token(token.strip()) if readable else None
        if account is None or account.expires <= time.time():
            raise bad_token()
        return account

    def session(self, account: Account, session_id: str) -> Session:
        """Returns a session of this account. Raises `ApiError` (1002), the same whether it is another's or does not
        exist.
        """
        session = self._store.session(session_id)
        if session is None or session.user_id != account.user_id:
            raise no_session()
        return session

    def balance(self, account: Account) -> dict[str, int]:
        frozen = self._frozen[account.user_id]
        return {"available": account.credits - frozen, "frozen": frozen, "total": account.credits}

    def hold(self, account: Account) -> Hold:
        """Freezes the cost of an edit while it runs. Raises `ApiError` (2001)."""
        cost = self._settings.edit_cost
        if self.balance(account)["available"] < cost:
            raise no_credits()
        return Hold(self._store, self._frozen, account.user_id, cost)

    def _renewed(self, known: Account | None, client_id: str, address: str, now: float) -> Account:
        account = known or Account(
            user_id=f"anon_{secrets.token_hex(8)}",
            client_id=client_id,
            token="",
            issued=now,
            expires=now,
            credits=0,
            address=address,
        )
        return replace(
            account,
            token=f"nmv_usr_{secrets.token_hex(24)}",
            issued=now,
            expires=now + self._settings.token_life,
            credits=max(account.credits, self._settings.start_credits),
        )
