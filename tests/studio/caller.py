"""A client of the studio for tests: one account, one session, the API's own paths."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Self

import httpx

from studio.server import Studio
from tests.servers.studio import VariedStudio

Json = dict[str, Any]

ATTRIBUTION = {"X-Skill-Source": "tests", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}


class Caller:
    """`async with Caller(studio)` has a token and a session."""

    def __init__(self, studio: Studio | VariedStudio | str, client_id: str = "tests", language: str = "en") -> None:
        base_url = studio if isinstance(studio, str) else studio.base_url
        self.http = httpx.AsyncClient(base_url=base_url, timeout=30, verify=False)
        self.client_id = client_id
        self.language = language
        self.session = ""
        self._renders = 0

    async def __aenter__(self) -> Self:
        await self.log_in()
        body = {"task_name": "project", "language": self.language}
        answer = await self.http.post("/api/tasks/me/with-session/nemo_agent", json=body)
        self.session = answer.json()["data"]["session_id"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def log_in(self) -> Json:
        answer = await self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": self.client_id})
        data: Json = answer.json()["data"]
        self.http.headers.update({"Authorization": f"Bearer {data['token']}", **ATTRIBUTION})
        return data

    async def post_files(self, *paths: Path, names: tuple[str, ...] = ()) -> httpx.Response:
        called = names or tuple(path.name for path in paths)
        files = [("files", (name, path.read_bytes())) for name, path in zip(called, paths, strict=True)]
        return await self.http.post(f"/api/upload-video/nemo_agent/me/{self.session}", files=files)

    async def post_urls(self, *urls: str) -> Json:
        body = {"urls": urls, "source_type": "url"}
        answer = await self.http.post(f"/api/upload-video/nemo_agent/me/{self.session}", json=body)
        return dict(answer.json())

    async def begin_upload(self, begin: bytes, length: int) -> Json:
        """The answer to an upload that names `length`, sends `begin` and then stands still."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.http.base_url.port)
        head = (
            f"POST /api/upload-video/nemo_agent/me/{self.session} HTTP/1.1\r\nHost: studio\r\nConnection: close\r\n"
            f"Authorization: {self.http.headers['Authorization']}\r\nContent-Length: {length}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        )
        writer.write(head.encode() + begin)
        async with asyncio.timeout(60):
            answer = await reader.readuntil(b"}")
        writer.close()
        return dict(json.loads(answer.partition(b"\r\n\r\n")[2]))

    async def upload(self, *paths: Path) -> list[Json]:
        answer = (await self.post_files(*paths)).json()
        assert answer["code"] == 0, answer
        return list(answer["data"]["files"])

    def message(self, text: str) -> Json:
        parts = {"parts": [{"text": text}]}
        return {"app_name": "nemo_agent", "user_id": "me", "session_id": self.session, "new_message": parts}

    async def run(self, text: str) -> httpx.Response:
        return await self.http.post("/run_sse", json=self.message(text))

    async def say(self, text: str) -> str:
        """The words of the answer, of google-adk's events."""
        return "".join(words_of(event) for event in events_of((await self.run(text)).text))

    async def state(self) -> Json:
        answer = (await self.http.get(f"/api/state/nemo_agent/me/{self.session}/latest")).json()
        assert answer["code"] == 0, answer
        return dict(answer["data"]["state"])

    async def submit(self, draft: object, render_id: str = "", **output: str) -> httpx.Response:
        self._renders += 1
        render_id = render_id or f"render_{self._renders}"
        body = {"id": render_id, "sessionId": self.session, "draft": draft, "output": output}
        return await self.http.post("/api/render/proxy/lambda", json=body)

    async def poll(self, render_id: str) -> Json:
        return dict((await self.http.get(f"/api/render/proxy/lambda/{render_id}")).json())

    async def finished(self, render_id: str, every: float = 0.02) -> Json:
        """Polled `every` so many seconds; a studio that is polled fifty times a second has less time to encode."""
        while True:
            answer = await self.poll(render_id)
            if answer["status"] in ("completed", "failed"):
                return answer
            await asyncio.sleep(every)

    async def render(self, folder: Path, **output: str) -> Path:
        """The session's draft as a file in `folder`."""
        answer = (await self.submit((await self.state())["draft"], **output)).json()
        assert answer["success"], answer
        done = await self.finished(answer["data"]["id"])
        assert done["status"] == "completed", done
        async with httpx.AsyncClient(verify=False) as anybody:
            result = await anybody.get(done["output"]["url"])
        path = folder / f"{answer['data']['id']}.{output.get('format', 'mp4')}"
        path.write_bytes(result.content)
        return path


def events_of(stream: str) -> list[Json]:
    """The JSON of each frame."""
    return [json.loads(line[6:]) for line in stream.split("\n") if line.startswith("data: {")]


def words_of(event: Json) -> str:
    parts = event.get("content", {}).get("parts", [])
    return "".join(part.get("text", "") for part in parts)
