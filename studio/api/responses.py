"""What the API answers with, and the one place that turns errors into it."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from studio.errors import ApiError, disk_full, is_disk_full, not_understood
from studio.switches import Switches

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Json = dict[str, Any]


def ok(data: object) -> web.Response:
    return plain({"code": 0, "data": data})


def plain(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers=headers, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def json_body(request: web.Request) -> Json:
    """The request's JSON object. Raises `ApiError` (422) for anything else."""
    try:
        body = json.loads(await request.read())
        # Half a surrogate pair, or more nesting than we could write again, would break whoever saves it.
        _dumps(body).encode()
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
        except (web.RequestPayloadError, HttpProcessingError):
            return _refusal(not_understood("The request's body is malformed."), switches)
        except Exception as error:
            log.exception("%s %s", request.method, request.raw_path)
            broken = ApiError(5000, "Something broke on the server.", http=500)
            return _refusal(disk_full() if is_disk_full(error) else broken, switches)

    return middleware


def _limit_rate(switches: Switches) -> None:
    if switches.rate_limited > 0:
        switches.rate_limited -= 1
        raise ApiError(429, "Too many requests.", http=429)


def _refusal(error: ApiError, switches: Switches) -> web.Response:
    if switches.codes_in_http and error.http_code:
        return plain({switches.error_key: error.message}, status=error.http_code)
    return plain({"code": error.code, switches.error_key: error.message}, status=error.http)
