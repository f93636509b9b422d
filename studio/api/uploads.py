"""POST /api/upload-video: receives files by multipart, or fetches them by link."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from studio.accounts import Accounts
from studio.api.media import media_link
from studio.api.multipart import Malformed, Parts
from studio.api.responses import json_body, ok
from studio.api.sessions import describe
from studio.errors import ApiError, not_understood
from studio.files.fetching import Fetcher
from studio.files.limits import Limits
from studio.files.uploads import Uploads
from studio.records import SourceFile
from studio.settings import StudioSettings
from studio.store import Store

Keep = Callable[[str, AsyncIterator[bytes]], Awaitable[None]]

_FILES = 20


class UploadApi:
    def __init__(
        self, store: Store, accounts: Accounts, uploads: Uploads, fetcher: Fetcher, settings: StudioSettings
    ) -> None:
        self._limits = Limits(settings)
        self._store = store
        self._accounts = accounts
        self._uploads = uploads
        self._fetcher = fetcher
        self._settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/upload-video/nemo_agent/me/{session}", self.upload)]

    async def upload(self, request: web.Request) -> web.Response:
        account = self._accounts.of_token(request.headers.get("Authorization", ""))
        session = self._accounts.session(account, request.match_info["session"])
        coming = request.content_length or 0
        self._limits.check_size(coming // _FILES)
        self._limits.check_space(coming)
        files: list[SourceFile] = []

        async def keep(name: str, chunks: AsyncIterator[bytes]) -> None:
            files.append(await self._uploads.receive(session.id, name, chunks))

        try:
            by_multipart = request.content_type == "multipart/form-data"
            await (self._from_parts if by_multipart else self._from_links)(request, keep)
        except BaseException:  # all of them or none: whoever is told of an error sends them all again
            for file in files:
                self._uploads.discard(file)
            raise
        for file in files:
            self._store.save_file(file)
        self._store.touch_session(session.id)
        shown = [describe(file, media_link(self._settings, request, file)) for file in files]
        return ok({"files": shown, "session_state_applied": True})

    async def _from_parts(self, request: web.Request, keep: Keep) -> None:
        count = 0
        try:
            parts = Parts(request.headers.get("Content-Type", ""), partial(self._received, request))
            while head := await parts.next():
                if head.name != "files":
                    raise not_understood("There is a part that is not named files.")
                count += 1
                if count > _FILES:
                    raise not_understood(f"More than {_FILES} files are too many for one request.")
                await keep(head.filename, parts.pieces())
        except (Malformed, HttpProcessingError) as error:
            raise not_understood("The multipart body is malformed.") from error
        if not count:
            raise not_understood("There is no part named files.")

    async def _from_links(self, request: web.Request, keep: Keep) -> None:
        urls = (await json_body(request)).get("urls")
        if not isinstance(urls, list) or not 0 < len(urls) <= _FILES:
            raise not_understood("There are no urls.")
        for url in urls:
            async with self._fetcher.open(str(url)) as (name, chunks):
                await keep(name, chunks)

    async def _received(self, request: web.Request) -> bytes:
        try:
            async with asyncio.timeout(self._settings.stall_timeout):
                return await request.content.readany()
        except TimeoutError as error:
            raise ApiError(408, "The upload stood still for too long.", http=408) from error
