"""Creates sessions and shows their state."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from aiohttp import web

from studio.accounts import Accounts
from studio.agent.turns import Turns
from studio.api.media import media_link
from studio.api.responses import json_body, ok
from studio.records import Session, SourceFile
from studio.settings import StudioSettings
from studio.store import Store
from studio.timeline.draft import read_draft, write_draft


class SessionApi:
    def __init__(self, store: Store, accounts: Accounts, turns: Turns, settings: StudioSettings) -> None:
        self._store = store
        self._accounts = accounts
        self._turns = turns
        self._settings = settings

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/tasks/me/with-session/nemo_agent", self.create),
            web.get("/api/state/nemo_agent/me/{session}/latest", self.state),
        ]

    async def create(self, request: web.Request) -> web.Response:
        account = self._accounts.of_token(request.headers.get("Authorization", ""))
        body = await json_body(request) if request.can_read_body else {}
        session = Session(
            id=str(10**18 + secrets.randbelow(9 * 10**18)),
            user_id=account.user_id,
            task_id=f"task_{secrets.token_hex(8)}",
            task_name=str(body.get("task_name") or "project")[:200],
            language=str(body.get("language") or "")[:35],
            used=time.time(),
        )
        self._store.save_session(session)
        self._turns.get_ready()  # words follow, after the files
        return ok({"task_id": session.task_id, "session_id": session.id, "user_id": session.user_id})

    async def state(self, request: web.Request) -> web.Response:
        account = self._accounts.of_token(request.headers.get("Authorization", ""))
        session = self._accounts.session(account, request.match_info["session"])
        files = self._store.files(session.id)
        state: dict[str, Any] = {
            "video_infos": [describe(file, media_link(self._settings, request, file)) for file in files],
            "draft": _draft(session),
            "canvas_config": _canvas(session),
            "video_analyses": {},
            "generated_media": [],
        }
        names = {"session_id": session.id, "task_id": session.task_id, "task_name": session.task_name}
        return ok({**names, "user_id": session.user_id, "state": state})


def describe(file: SourceFile, link: str) -> dict[str, Any]:
    """Describes a file as in uploads and the state. `duration` is in seconds there, unlike in drafts."""
    seconds = None if file.duration is None else file.duration / 1000
    return {
        "filename": file.name,
        "file_type": file.kind,
        "cdn_url": link,
        "duration": seconds,
        "width": file.width,
        "height": file.height,
        "fps": file.fps,
        "size": file.size,
        "hash": file.digest,
    }


def _draft(session: Session) -> dict[str, Any]:
    return write_draft(read_draft(json.loads(session.draft))) if session.draft else {}


def _canvas(session: Session) -> dict[str, Any]:
    meta = json.loads(session.draft)["m"] if session.draft else {}
    return {key: meta[key] for key in ("width", "height") if key in meta}
