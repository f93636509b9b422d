"""Answers as Discord writes them: JSON whose content type has no charset, errors with codes."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


class Refusal(Exception):
    """An HTTP status with one of Discord's JSON error codes. `retry_after` in seconds, of a 429."""

    def __init__(self, status: int, code: int, message: str, *, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.retry_after = retry_after

    def response(self) -> web.Response:
        if self.status == 429:
            body = {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": False}
            # Without Via discord.py takes a 429 for a ban by the network in front.
            headers = {"Via": "1.1 loopback", "Retry-After": str(self.retry_after)}
            return answer(body, 429, headers)
        if self.status >= 500:
            return web.Response(status=self.status, text="<html>upstream</html>", content_type="text/html")
        return answer({"message": str(self), "code": self.code}, self.status)


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # A charset behind the type, as aiohttp's own json_response writes it, makes discord.py read it as text.
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def nothing() -> web.Response:
    return web.Response(status=204)


def unknown_channel() -> Refusal:
    return Refusal(404, 10003, "Unknown Channel")


def unknown_message() -> Refusal:
    return Refusal(404, 10008, "Unknown Message")


def missing_access() -> Refusal:
    return Refusal(403, 50001, "Missing Access")


def missing_permissions() -> Refusal:
    return Refusal(403, 50013, "Missing Permissions")


def too_large() -> Refusal:
    return Refusal(413, 40005, "Request entity too large")
