"""POST /api/auth/anonymous-token, and GET of the credits."""

from __future__ import annotations

from datetime import UTC, datetime

from aiohttp import web

from studio.accounts import Accounts
from studio.api.responses import ok
from studio.errors import ApiError


class AuthApi:
    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/auth/anonymous-token", self.anonymous_token),
            web.get("/api/credits/balance/simple", self.credits),
        ]

    async def anonymous_token(self, request: web.Request) -> web.Response:
        client_id = request.headers.get("X-Client-Id", "").strip()
        if not 0 < len(client_id) <= 64 or not client_id.isprintable():
            raise ApiError(400, "X-Client-Id is missing, longer than 64 characters or not printable.", http=400)
        account = self._accounts.anonymous(client_id, request.remote or "")
        expires = datetime.fromtimestamp(account.expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        names = {"token": account.token, "expires_at": expires}
        return ok({**names, "credits": account.credits, "user_id": account.user_id})

    async def credits(self, request: web.Request) -> web.Response:
        account = self._accounts.of_token(request.headers.get("Authorization", ""))
        return ok(self._accounts.balance(account))
