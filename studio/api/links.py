"""Links to files that need no token: whoever has the link may read, and nobody can guess it."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from studio.errors import ApiError
from studio.records import Render, SourceFile
from studio.settings import StudioSettings


def media_link(settings: StudioSettings, request: web.Request, file: SourceFile) -> str:
    return f"{_base(settings, request)}/media/{file.id}/{quote(file.name)}"


def result_link(settings: StudioSettings, request: web.Request, render: Render) -> str:
    return f"{_base(settings, request)}/results/{render.slug}/{quote(render.name)}"


def _base(settings: StudioSettings, request: web.Request) -> str:
    """Not saved with the row: a restarted studio may have another port."""
    try:
        return settings.public_url.rstrip("/") or str(request.url.origin())
    except ValueError as error:
        raise ApiError(400, "The Host header is malformed.", http=400) from error
