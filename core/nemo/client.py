"""The backend's API, call by call: the NemoVideo cloud or a server that speaks the same.

Every call raises the errors of `core.errors` (see `faults` for the table) and nothing of httpx; a turn that
breaks off raises `StreamBroken`. The client keeps no token and no session, and repeats nothing: that is the
caller's part (`gateway`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import httpx

from core.errors import ClientIdRefused, NothingToExport
from core.nemo.models import (
    AnonymousToken,
    Credentials,
    Credits,
    RenderState,
    RenderUnknown,
    Session,
    SessionState,
    SkillHeaders,
    UploadedFile,
)
from core.nemo.turn.running import OnEvent, Patience, run_turn
from core.nemo.wire.answers import no_files, read_credits, read_session, read_state, read_token, read_upload
from core.nemo.wire.download import Download
from core.nemo.wire.envelope import body_of, opened, unreadable
from core.nemo.wire.faults import BackendSaid, Call, Files, Kind
from core.nemo.wire.multipart import Progress, file_form
from core.nemo.wire.origin import Origin, Take
from core.nemo.wire.raw_json import BadJson, loads
from core.nemo.wire.renders import has_status, read_render, submission, submitted_id
from core.nemo.wire.transport import Transport, Waits, attribution, authorised, segment
from core.nemo.wire.values import code_of

_TOKEN = Call("anonymous-token", Kind.TOKEN)
_CREATE = Call("create session")  # repeatable: a second, empty session costs nothing
_CREDITS = Call("credits")
_STATE = Call("state", Kind.SESSION)
_UPLOAD = Call("upload", Kind.SESSION, repeatable=False, files=Files.SENT)
_SUBMIT = Call("submit render", repeatable=False, files=Files.USED)
_POLL = Call("poll render", Kind.RENDER)
_CANCEL = Call("cancel render", Kind.RENDER)
_RESTORE = Call("restore", Kind.RENDER)
_RENDER = "/api/render/proxy/lambda"
ANSWERS = "X-Cutroom-Answers"


class NemoClient:
    """`http` is the caller's, who also closes it. `send_role` adds `"role": "user"` to a turn's message:
    google-adk 1.10 drops a message without it, the published requests have none."""

    def __init__(
        self, http: httpx.AsyncClient, base_url: str, *, send_role: bool = False, waits: Waits | None = None
    ) -> None:
        self._transport = Transport(http, base_url.rstrip("/"), waits or Waits())
        self._send_role = send_role

    async def anonymous_token(self, client_id: str, skill: SkillHeaders | None = None) -> AnonymousToken:
        """A starter token: 100 credits, 7 days, one per client id. `RateLimited`: there was one already."""
        if not client_id.isascii() or not client_id.isprintable() or not 0 < len(client_id.strip()) <= 64:
            raise ClientIdRefused
        headers = {"X-Client-Id": client_id.strip(), **(attribution(skill) if skill else {})}
        answer = await self._transport.ask(_TOKEN, "POST", "/api/auth/anonymous-token", headers)
        token = read_token(opened(answer, _TOKEN))
        if token is None:
            raise unreadable(answer, _TOKEN)
        return token

    async def create_session(self, cred: Credentials, language: str = "") -> Session:
        """An empty session. `language` is a tag like "en" or "zh-CN"; "" leaves it to the backend."""
        body = {"task_name": "project", **({"language": language} if language else {})}
        answer = await self._transport.ask(
            _CREATE,
            "POST",
            "/api/tasks/me/with-session/nemo_agent",
            {**authorised(cred), "Content-Type": "application/json"},
            content=json.dumps(body).encode(),
        )
        session = read_session(opened(answer, _CREATE))
        if session is None:
            raise unreadable(answer, _CREATE)
        return session

    async def run(
        self,
        cred: Credentials,
        session_id: str,
        text: str,
        *,
        on_event: OnEvent,
        patience: Patience | None = None,
        answers: str | None = None,
    ) -> None:
        """One turn of the agent, to its end. It costs credits and must never be sent twice.

        `on_event` is called in the event loop for each event and must not wait; faults inside the stream come
        there too (`faults.fault_error` names their error). Raises `StreamBroken` when the answer breaks off,
        `OutcomeUnknown` when a gateway fails: then, too, only the state can tell what happened.

        `answers` is for a studio that has a question open: its id where the words may answer it, `NOT_ANSWERED` where
        they are a request of their own. The body stays as it is published.
        """
        role = {"role": "user"} if self._send_role else {}
        body = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": session_id,
            "new_message": {**role, "parts": [{"text": text}]},
        }
        sent = json.dumps(body).encode()
        headers = {**authorised(cred), **({ANSWERS: answers} if answers else {})}
        await run_turn(self._transport, headers, sent, on_event, patience or Patience())

    async def upload(
        self, cred: Credentials, session_id: str, path: Path, name: str, on_progress: Progress | None = None
    ) -> tuple[UploadedFile, ...]:
        """Sends a file under `name`, in flat memory. `on_progress(bytes sent, bytes in all)` must not wait."""
        form = file_form(path, name)
        answer = await self._transport.ask(
            _UPLOAD,
            "POST",
            _upload_path(session_id),
            {**authorised(cred), **form.headers},
            content=lambda: form.blocks(on_progress),
            read=self._transport.waits.upload_read,
        )
        files = read_upload(opened(answer, _UPLOAD), _UPLOAD)
        if not files:  # the state tells whether it is there
            raise unreadable(answer, _UPLOAD)
        return files

    async def upload_url(self, cred: Credentials, session_id: str, urls: Sequence[str]) -> tuple[UploadedFile, ...]:
        """Has the backend fetch public links itself."""
        body = {"urls": list(urls), "source_type": "url"}
        files = read_upload(
            await self._transport.post(_UPLOAD, _upload_path(session_id), authorised(cred), body), _UPLOAD
        )
        if not files:
            raise no_files(_UPLOAD)
        return files

    async def credits(self, cred: Credentials) -> Credits:
        answer = await self._transport.get(_CREDITS, "/api/credits/balance/simple", authorised(cred))
        balance = read_credits(opened(answer, _CREDITS))
        if balance is None:
            raise unreadable(answer, _CREDITS)
        return balance

    async def state(self, cred: Credentials, session_id: str) -> SessionState:
        path = f"/api/state/nemo_agent/me/{segment(session_id)}/latest"
        answer = await self._transport.get(_STATE, path, authorised(cred))
        state = read_state(answer.text, opened(answer, _STATE))
        if state is None:
            raise unreadable(answer, _STATE)
        return state

    async def start_render(
        self,
        cred: Credentials,
        render_id: str,
        session_id: str,
        raw_draft: str,
        *,
        output_format: str = "mp4",
        quality: str = "high",
        name: str = "",
    ) -> str:
        """Submits a render under an id of the caller's making, and returns the id to poll.

        `name` is what the result's link is to be called, for a backend that knows the key.
        `raw_draft` is `SessionState.raw_draft`, sent on unchanged. `OutcomeUnknown`: poll the same id first.
        """
        if not _is_object(raw_draft):
            raise NothingToExport
        headers = {**authorised(cred), "Content-Type": "application/json"}
        body = submission(render_id, session_id, raw_draft, output_format, quality, name)
        answer = await self._transport.ask(_SUBMIT, "POST", _RENDER, headers, content=body)
        return submitted_id(opened(answer, _SUBMIT), render_id)

    async def poll_render(self, cred: Credentials, render_id: str) -> RenderState:
        """How far a render is. `BackendDown`: ask again for the same id."""
        path = f"{_RENDER}/{segment(render_id)}"
        answer = await self._transport.get(_POLL, path, authorised(cred))
        body = body_of(answer)
        code = code_of(body.get("code")) if isinstance(body, dict) else None
        if 404 in (answer.status, code):
            return RenderUnknown()
        if answer.ok and body is not None and (not code or has_status(body)):
            return read_render(body, answer.retry_after)
        return read_render(opened(answer, _POLL), answer.retry_after)

    async def cancel_render(self, cred: Credentials, render_id: str) -> None:
        path = f"{_RENDER}/{segment(render_id)}/cancel"
        answer = await self._transport.ask(_CANCEL, "POST", path, authorised(cred))
        if not answer.ok or body_of(answer) is not None:
            opened(answer, _CANCEL)

    async def restore(self, cred: Credentials, render_id: str) -> None:
        """Takes the render's project back to what it shows, at a backend that can."""
        path = f"{_RENDER}/{segment(render_id)}/restore"
        opened(await self._transport.ask(_RESTORE, "POST", path, authorised(cred)), _RESTORE)

    async def download(self, cred: Credentials, render_id: str, url: str, download: Download) -> str:
        """The finished file to this disk. `url` is fetched without the token; "" or a failing one falls back to the
        download by id. Returns the address that had the file, "" for by id.

        Raises `ResultUnreadable` if what came is not the file.
        """
        return await download.read(self._origin(cred, render_id, url))

    async def pass_on(self, cred: Credentials, render_id: str, url: str, take: Take, wanted: Mapping[str, str]) -> str:
        """As `download`, with `take` reading the open answer. `wanted` are headers such as a range."""
        return await self._origin(cred, render_id, url, wanted).read(take)

    def is_own(self, url: str) -> bool:
        """Whether the backend's API and this address are one server, which has the file by its id as well."""
        return self._transport.is_own(url)

    def _origin(
        self,
        cred: Credentials,
        render_id: str,
        url: str,
        wanted: Mapping[str, str] = MappingProxyType({}),
    ) -> Origin:
        path = f"/api/render/proxy/{segment(render_id)}/download"
        return Origin(self._transport, url, path, authorised(cred), wanted)


def _upload_path(session_id: str) -> str:
    return f"/api/upload-video/nemo_agent/me/{segment(session_id)}"


def _is_object(raw_draft: str) -> bool:
    try:
        return bool(raw_draft) and isinstance(loads(raw_draft), dict)
    except BadJson as error:
        raise NothingToExport from BackendSaid("submit render", 0, None, str(error))
