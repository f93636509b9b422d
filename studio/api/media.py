"""Links to files and the files behind them, served with ranges and without a token, as a CDN does.

Whoever has a link may read the file, and nobody can guess a link.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from studio.errors import ApiError
from studio.files.folders import Folders
from studio.records import Render, SourceFile, Status
from studio.settings import StudioSettings
from studio.store import Store

_TYPES = {
    ".mp4": "video/mp4", ".mov": "video/quicktime", ".avi": "video/x-msvideo", ".webm": "video/webm",
    ".mkv": "video/x-matroska", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
    ".gif": "image/gif", ".webp": "image/webp", ".mp3": "audio/mpeg", ".wav": "audio/wav", ".m4a": "audio/mp4",
    ".aac": "audio/aac",
}  # fmt: skip


class MediaApi:
    def __init__(self, store: Store, folders: Folders) -> None:
        self._store = store
        self._folders = folders

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/results/{slug}/{name}", self.result),
            web.get("/media/{file}/{name}", self.source),
        ]

    async def result(self, request: web.Request) -> web.StreamResponse:
        render = self._store.render_of_slug(request.match_info["slug"])
        if render is None or render.status is not Status.COMPLETED:
            raise ApiError(404, "Not found.", http=404)
        return send_file(self._folders.result(render), render.name)

    async def source(self, request: web.Request) -> web.StreamResponse:
        file = self._store.file(request.match_info["file"])
        if file is None:
            raise ApiError(404, "Not found.", http=404)
        return send_file(self._folders.source(file), file.name)


def send_file(path: Path, name: str) -> web.FileResponse:
    """Serves a file. Its type comes from our own table, so it is never served as anything but media."""
    return web.FileResponse(
        path,
        headers={
            "Content-Type": _TYPES[path.suffix],
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def media_link(settings: StudioSettings, request: web.Request, file: SourceFile) -> str:
    return f"{_base(settings, request)}/media/{file.id}/{quote(file.name)}"


def result_link(settings: StudioSettings, request: web.Request, render: Render) -> str:
    return f"{_base(settings, request)}/results/{render.slug}/{quote(render.name)}"


def _base(settings: StudioSettings, request: web.Request) -> str:
    """The base of links. It is not saved with rows: a restarted studio may have another port."""
    try:
        return settings.public_url.rstrip("/") or str(request.url.origin())
    except ValueError as error:
        raise ApiError(400, "The Host header is malformed.", http=400) from error
