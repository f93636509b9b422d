"""Exports over HTTP: submit, poll, cancel, download."""

from __future__ import annotations

import json
import secrets
import time

from aiohttp import web

from studio.accounts import Accounts
from studio.api.media import result_link, send_file
from studio.api.responses import Json, json_body, plain
from studio.errors import DISK_FULL, NO_SOUND, ApiError, not_understood
from studio.files.folders import Folders, clean_name
from studio.files.limits import Limits
from studio.records import Account, Render, Session, Status
from studio.render.output import BadOutput, read_output
from studio.render.queue import Renders
from studio.settings import StudioSettings
from studio.store import Store
from studio.timeline.draft import BadDraft, read_draft

_PATH = "/api/render/proxy/lambda"
_REASONS = {NO_SOUND: "no-sound", DISK_FULL: "disk-full"}
_ATTRIBUTION = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")


class RenderApi:
    def __init__(
        self, store: Store, folders: Folders, accounts: Accounts, renders: Renders, settings: StudioSettings
    ) -> None:
        self._store = store
        self._folders = folders
        self._accounts = accounts
        self._renders = renders
        self._settings = settings
        self._limits = Limits(settings)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(_PATH, self.submit),
            web.get(_PATH + "/{render}", self.poll),
            web.post(_PATH + "/{render}/cancel", self.cancel),
            web.post(_PATH + "/{render}/restore", self.restore),
            web.get("/api/render/proxy/{render}/download", self.download),
        ]

    async def submit(self, request: web.Request) -> web.Response:
        account = self._account(request)
        if not all(request.headers.get(name) for name in _ATTRIBUTION):
            raise ApiError(402, "Your plan does not include exports.", http=402)
        body = await json_body(request)
        session = self._accounts.session(account, str(body.get("sessionId", "")))
        render_id = _render_id(body)
        if self._store.render(account.user_id, render_id):
            return plain({"success": False, "code": 409, "message": "The render id is taken."})
        self._limits.check_space()
        render = _new_render(account, session, render_id, body, self._limits)
        self._store.touch_session(session.id)
        self._renders.submit(render)
        return plain(submit_answer(render))

    async def poll(self, request: web.Request) -> web.Response:
        render = self._render(request)
        link = result_link(self._settings, request, render) if render.status is Status.COMPLETED else ""
        before = self._renders.queue_position(render)
        answer = poll_answer(render, self._renders.progress(render), link, before)
        return plain(answer, headers={} if render.status.over else {"Retry-After": "1"})

    async def cancel(self, request: web.Request) -> web.Response:
        render = await self._renders.cancel(self._render(request))
        return plain(poll_answer(render, self._renders.progress(render)))

    async def restore(self, request: web.Request) -> web.Response:
        """Takes the project back to what this render shows: our own addition, and no edit of its own.

        What came after can be redone, as if it had been undone. Where the project was begun anew since, it is saved
        as an edit.
        """
        render = self._render(request)
        session = self._accounts.session(self._account(request), render.session)
        wanted = read_draft(json.loads(render.draft))
        drafts = (session.draft, *self._store.history(session.id).before)
        back = next((n for n, draft in enumerate(drafts) if draft and read_draft(json.loads(draft)) == wanted), None)
        if back is None:
            self._store.commit_edit(session.id, render.draft, ())
        elif back:
            self._store.take_back(session.id, drafts[back], back)
        return plain({"success": True, "data": {"id": render.id}})

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


def submit_answer(render: Render) -> Json:
    return {"success": True, "data": {"id": render.id, "status": render.status, "progress": 0}}


def poll_answer(render: Render, progress: float, link: str = "", before: int = 0) -> Json:
    """`link` is "" while there is no result. `progress` is from 0 to 100, `before` the number of renders ahead.

    `queue_position`, `notices` and `reason` are our own: the published answers have none, and clients ignore unknown
    keys.
    """
    queue = {"queue_position": before} if before else {}
    notices = {"notices": render.notices.split()} if render.notices else {}
    error = {"error": render.error} if render.error else {}
    if render.error in _REASONS:
        error["reason"] = _REASONS[render.error]
    answer = {"taskId": render.id, "status": render.status, "progress": progress, **queue, **notices, **error}
    if not link:
        return answer
    seconds = None if render.duration is None else render.duration / 1000
    return {**answer, "output": {"url": link, "duration": seconds, "size": render.size}}


def _render_id(body: Json) -> str:
    render_id = body.get("id")
    if not isinstance(render_id, str) or not 0 < len(render_id) <= 200:
        raise not_understood("The render needs an id.")
    if "/" in render_id or not render_id.isprintable():  # it is a part of the address that is polled
        raise not_understood("The render needs an id.")
    return render_id


def _wanted_name(body: Json) -> str:
    """What the client calls the result: our own key."""
    output = body.get("output")
    name = output.get("name") if isinstance(output, dict) else ""
    return name[:200] if isinstance(name, str) else ""


def _new_render(account: Account, session: Session, render_id: str, body: Json, limits: Limits) -> Render:
    """Makes the row of an order. A draft that cannot be rendered is refused here, not by a failed render."""
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
        name=clean_name(f"{_wanted_name(body) or draft.title or 'export'}.{output.format}"),
        created=time.time(),
    )
