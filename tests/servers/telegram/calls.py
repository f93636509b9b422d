"""One call of a method: its parameters as they came, its files on the server's disk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, web

from tests.servers.telegram.files import Content, FileShelf
from tests.servers.telegram.refusals import Refusal, bad

MOST_UP = 50 * 1000 * 1000
MOST_UP_LOCAL = 2000 * 1000 * 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part: the name of its field, of its file, its type and where its bytes lie."""

    field: str
    name: str
    mime: str
    content: Content

    @property
    def size(self) -> int:
        return self.content.stat().st_size if isinstance(self.content, Path) else 0


@dataclass
class Call:
    """Values are text where they came in a form, JSON values where the body was JSON."""

    method: str
    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)
    answer: str = ""  # "ok", or the refusal's description: filled in when it is answered
    at: float = 0.0

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        # As the server's to_bool: "true", "yes" or "1", whatever the case.
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def object(self, name: str, words: str = "") -> Any:
        """A JSON-serialised parameter, None where it was left out."""
        value = self.values.get(name)
        if value in (None, "") or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {words or name.replace('_', ' ')} JSON object") from None


async def read_call(request: web.Request, method: str, shelf: FileShelf) -> Call:
    """Reads a request whole; files go to disk as they come. Raises `Refusal` where they are too large."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    match request.content_type:
        case "multipart/form-data":
            await _read_parts(request, shelf, values, uploads)
        case "application/json":
            try:
                values |= await request.json()
            except ValueError:
                raise Refusal(400, "Bad Request: can't parse request JSON object") from None
        case "application/x-www-form-urlencoded":
            values |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return Call(method, values, uploads)


async def _read_parts(
    request: web.Request, shelf: FileShelf, values: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    most = MOST_UP_LOCAL if shelf.local else MOST_UP
    size = 0
    form = await request.multipart()
    while (part := await form.next()) is not None:
        assert isinstance(part, BodyPartReader)
        name = part.name or ""
        if part.filename is None:
            values[name] = await part.text(encoding="utf-8")
            continue
        path = shelf.scratch()
        with path.open("wb") as file:
            while chunk := await part.read_chunk(1 << 18):
                size += len(chunk)
                if size <= most:
                    file.write(chunk)
        uploads[name] = Upload(name, part.filename, part.headers.get("Content-Type", ""), path)
    if size > most:
        raise Refusal(413, "Request Entity Too Large")
