"""The page of a result and its file, as routes of our HTTP server. Whoever has the link may open them until it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from bots.results.headers import HIDDEN, file_headers
from bots.results.page import Gone, gone_page, language_of, result_page
from bots.results.passing import CutOff, Passing
from bots.results.ranges import asked_span, is_known
from core.errors import BackendDown, CutroomError, RateLimited, Refused, ResultUnreadable
from core.nemo.gateway import Gateway
from core.ports import Clock, Store
from core.records import PublishedResult
from core.skills import SkillBook, choose_skill

log = logging.getLogger(__name__)
# Somebody waits for the page, and the backend is only asked whether the file is there.
LOOK_SECONDS = 15.0


class Rooms(Protocol):
    """What showing results needs of the house."""

    @property
    def store(self) -> Store: ...
    @property
    def gateway(self) -> Gateway: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def skills(self) -> SkillBook: ...


def result_routes(rooms: Rooms, public_url: str) -> list[web.RouteDef]:
    """`public_url` is where people reach them."""
    pages = ResultPages(rooms, public_url)
    return [
        web.get("/r/{slug}", pages.page),
        web.get("/r/{slug}/-/poster.jpg", pages.poster),
        web.get("/r/{slug}/{name}", pages.file),
    ]


class ResultPages:
    def __init__(self, rooms: Rooms, public_url: str) -> None:
        self._rooms = rooms
        self._public_url = public_url

    async def page(self, request: web.Request) -> web.StreamResponse:
        async def shown(result: PublishedResult) -> web.StreamResponse:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._pass_on(Passing(request, result, looks=True))
            return result_page(result, language_of(request), self._public_url)

        return await self._answer(request, shown)

    async def file(self, request: web.Request) -> web.StreamResponse:
        async def passed(result: PublishedResult) -> web.StreamResponse:
            if is_known(request, result):
                headers = file_headers(result, download=False)
                return web.Response(status=304, headers={key: headers[key] for key in _OF_304})
            passing = Passing(request, result, asked_span(request, result))
            try:
                await self._pass_on(passing)
            except CutOff as cut:
                log.info("the file of job %s was not passed on to its end: %s", result.id, cut)
            return passing.answer

        return await self._answer(request, passed)

    async def poster(self, request: web.Request) -> web.StreamResponse:
        async def picture(result: PublishedResult) -> web.StreamResponse:
            if not result.poster:
                raise web.HTTPNotFound(headers=HIDDEN)
            headers = {**HIDDEN, "Cache-Control": "private, max-age=300"}
            return web.Response(body=result.poster, content_type="image/jpeg", headers=headers)

        return await self._answer(request, picture)

    async def _answer(
        self, request: web.Request, shown: Callable[[PublishedResult], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """What is shown, or a page that says why there is nothing to show."""
        result = await self._rooms.store.published(request.match_info["slug"])
        if result is None:
            return gone_page(Gone.UNKNOWN, language_of(request))
        if self._rooms.clock.now() >= result.until:
            return gone_page(Gone.EXPIRED, language_of(request))
        try:
            return await shown(result)
        except (BackendDown, RateLimited, ResultUnreadable, TimeoutError) as error:
            log.warning("the file of job %s cannot be had now: %s", result.id, type(error).__name__)
            return gone_page(Gone.AWAY, language_of(request))
        except CutroomError as error:
            log.info("the file of job %s is not kept any more: %s", result.id, type(error).__name__)
            return gone_page(Gone.EXPIRED if isinstance(error, Refused) else Gone.AWAY, language_of(request))

    async def _pass_on(self, passing: Passing) -> None:
        result, skills = passing.result, self._rooms.skills
        skill = skills.named(result.skill) or choose_skill(skills, "", ())
        gateway = self._rooms.gateway
        await gateway.pass_on(result.place, skill, result.render, result.url, passing.take, passing.wanted)


_OF_304 = ("ETag", "Last-Modified", "Cache-Control", *HIDDEN)
