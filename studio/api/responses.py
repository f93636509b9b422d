"""The JSON answers of the API, and the middleware that turns errors into them."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from studio.errors import ApiError, broken, disk_full, is_disk_full, not_understood

log = logging.getLogger(__name__)

HUNG_UP = 499  # nobody reads it

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Json = dict[str, Any]


def ok(data: object) -> web.Response:
    return plain({"code": 0, "data": data})


def plain(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(body, status=status, headers=headers, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def json_body(request: web.Request) -> Json:
    """Reads the request's JSON object. Raises `ApiError` (422) for anything else."""
    try:
        body = json.loads(await request.read())
        # Half a surrogate pair, or more nesting than we could write again, would break whoever saves it.
        _dumps(body).encode()
    except (ValueError, RecursionError) as error:
        raise not_understood("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise not_understood("The body is not a JSON object.")
    return body


@web.middleware
async def errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers every error with JSON, a code and a sentence; its details go to the log only."""
    try:
        return await handler(request)
    except ApiError as error:
        return _refusal(error)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _refusal(ApiError(error.status, HTTPStatus(error.status).phrase, http=error.status))
    except (web.RequestPayloadError, HttpProcessingError):
        return _refusal(not_understood("The request's body is malformed."))
    except Exception as error:
        if _has_hung_up(request, error):  # aiohttp would log what is let through
            log.info("%s %s: the client hung up", request.method, request.path)
            return plain({"code": HUNG_UP}, status=HUNG_UP)
        log.exception("%s %s failed", request.method, request.raw_path)
        return _refusal(disk_full() if is_disk_full(error) else broken())


def _has_hung_up(request: web.Request, error: Exception) -> bool:
    return isinstance(error, ConnectionError) or (isinstance(error, OSError) and request.transport is None)


def _refusal(error: ApiError) -> web.Response:
    return plain({"code": error.code, "message": error.message}, status=error.http)
