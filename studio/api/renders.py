"""Exports over HTTP: submit, poll, cancel, download."""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter

from aiohttp import web

from studio.accounts import Accounts
from studio.api.links import result_link
from studio.api.media import send_file
from studio.api.render_shapes import poll_answer, submit_answer
from studio.api.responses import Json, json_body, plain
from studio.errors import ApiError, not_understood
from studio.files.folders import clean_name
from studio.files.limits import Limits
from studio.records import Account, Render, Session, Status
from studio.render.output import BadOutput, read_output
from studio.render.queue import Renders, Tools
from studio.settings import StudioSettings
from studio.switches import Switches
from studio.timeline.draft import BadDraft, read_draft

_PATH = "/api/render/proxy/lambda"
_ATTRIBUTION = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")


class RenderApi:
    def __init__(
        self, tools: Tools, accounts: Accounts, renders: Renders, settings: StudioSettings, switches: Switches
    ) -> None:
        self._store = tools.store
        self._folders = tools.folders
        self._accounts = accounts
        self._renders = renders
        self._settings = settings
        self._limits = Limits(settings)
        self._switches = switches
        self._polls: Counter[tuple[str, str]] = Counter()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(_PATH, self.submit),
            web.get(_PATH + "/{render}", self.poll),
            web.post(_PATH + "/{render}/cancel", self.cancel),
            web.get("/api/render/proxy/{render}/download", self.download),
        ]

    async def submit(self, request: web.Request) -> web.Response:
        account = self._account(request)
        if self._switches.plan_blocks or not all(request.headers.get(name) for name in _ATTRIBUTION):
            raise ApiError(402, "Your plan does not include exports.", http=402)
        body = await json_body(request)
        session = self._accounts.session(account, str(body.get("sessionId", "")))
        render_id = _render_id(body)
        if known := self._store.render(account.user_id, render_id):
            return self._again(known)
        self._limits.check_space()
        render = _new_render(account, session, render_id, body, self._limits)
        self._store.touch_session(session.id)
        self._renders.submit(render)
        return plain(submit_answer(render))

    async def poll(self, request: web.Request) -> web.Response:
        render = self._render(request)
        link = self._link(request, render)
        before = self._renders.queue_position(render)
        answer = poll_answer(render, self._renders.progress(render), link, self._switches.render_shape, before)
        return plain(answer, headers={} if render.status.over else {"Retry-After": "1"})

    async def cancel(self, request: web.Request) -> web.Response:
        render = await self._renders.cancel(self._render(request))
        return plain(poll_answer(render, self._renders.progress(render), "", self._switches.render_shape))

    async def download(self, request: web.Request) -> web.StreamResponse:
        render = self._render(request)
        if render.status is not Status.COMPLETED:
            raise ApiError(404, "The render is not finished.", http=404)
        return send_file(self._folders.result(render), render.name)

    def _account(self, request: web.Request) -> Account:
        return self._accounts.of_token(request.headers.get("Authorization", ""))

    def _render(self, request: web.Request) -> Render:
        account = self._account(request)
        render = self._store.render(account.user_id, request.match_info["render"])
        if render is None:
            raise ApiError(404, "Render not found.", http=404)
        return render

    def _again(self, known: Render) -> web.Response:
        if not self._switches.duplicate_returns_job:
            return plain({"success": False, "code": 409, self._switches.error_key: "The render id is taken."})
        return plain(submit_answer(known))

    def _link(self, request: web.Request, render: Render) -> str:
        if render.status is not Status.COMPLETED:
            return ""
        key = (render.user_id, render.id)
        self._polls[key] += 1
        if self._polls[key] <= self._switches.polls_without_url:
            return ""
        return result_link(self._settings, request, render)


def _render_id(body: Json) -> str:
    render_id = body.get("id")
    if not isinstance(render_id, str) or not 0 < len(render_id) <= 200:
        raise not_understood("The render needs an id.")
    if "/" in render_id or not render_id.isprintable():  # it is a part of the address that is polled
        raise not_understood("The render needs an id.")
    return render_id


def _new_render(account: Account, session: Session, render_id: str, body: Json, limits: Limits) -> Render:
    """The row of an order. What cannot be rendered is refused here and not by a failed render."""
    try:
        draft = read_draft(body.get("draft"))
        if draft.duration > limits.settings.longest * 1000:
            raise not_understood("The draft is too long to be rendered.")
        output = read_output(body.get("output", {}), draft.sound_only)
    except BadDraft as error:
        raise not_understood("The draft cannot be rendered.") from error
    except BadOutput as error:
        raise not_understood("The output cannot be made.") from error
    return Render(
        id=render_id,
        user_id=account.user_id,
        session=session.id,
        draft=json.dumps(body["draft"], ensure_ascii=False),
        output=json.dumps(body.get("output", {})),
        slug=secrets.token_urlsafe(24),
        name=clean_name(f"{draft.title or 'export'}.{output.format}"),
        created=time.time(),
    )
