"""What the API answers with, and the one place that turns errors into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web

from studio.switches import Switches

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Json = dict[str, Any]


class ApiError(Exception):
    """A refusal by its published code. `http` is the status; most codes are answered with 200 and a body.

    `http_code` is the status in use where codes are carried by HTTP instead.
    """

    def __init__(self, code: int, message: str, *, http: int = 200, http_code: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.http = http
        self.http_code = http_code


def bad_token() -> ApiError:
    return ApiError(1001, "The token is invalid or has expired.", http_code=401)


def no_session() -> ApiError:
    return ApiError(1002, "Session not found.", http_code=404)


def no_credits() -> ApiError:
    return ApiError(2001, "Not enough credits.")


def unsupported(message: str) -> ApiError:
    return ApiError(4001, message, http_code=415)


def too_large(limit: int) -> ApiError:
    return ApiError(4002, f"The file is larger than {limit // (1024 * 1024)} MB.", http_code=413)


def not_understood(message: str) -> ApiError:
    """The request itself is wrong: not among the published codes, so HTTP's own is used."""
    return ApiError(422, message, http=422)


def ok(data: object) -> web.Response:
    return plain({"code": 0, "data": data})


def plain(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers=headers, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def json_body(request: web.Request) -> Json:
    """The request's JSON object. Raises `ApiError` (422) for anything else."""
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise not_understood("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise not_understood("The body is not a JSON object.")
    return body


def error_middleware(switches: Switches) -> Any:
    """Every error leaves as JSON with a code and a sentence; what happened inside stays in the log."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _limit_rate(switches)
            return await handler(request)
        except ApiError as error:
            return _refusal(error, switches)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            message = HTTPStatus(error.status).phrase
            return plain({"code": error.status, switches.error_key: message}, status=error.status)
        except ConnectionError:
            raise
        except Exception:
            log.exception("%s %s", request.method, request.path)
            return plain({"code": 5000, switches.error_key: "Something broke on the server."}, status=500)

    return middleware


def _limit_rate(switches: Switches) -> None:
    if switches.rate_limited > 0:
        switches.rate_limited -= 1
        raise ApiError(429, "Too many requests.", http=429)


def _refusal(error: ApiError, switches: Switches) -> web.Response:
    if switches.codes_in_http and error.http_code:
        return plain({switches.error_key: error.message}, status=error.http_code)
    return plain({"code": error.code, switches.error_key: error.message}, status=error.http)
