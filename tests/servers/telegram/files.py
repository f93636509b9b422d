"""Files on the server's disk: what people sent and what the bot uploaded, byte for byte."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.telegram.refusals import Json, bad

MOST_DOWN = 20 << 20  # telegram-bot-api's MAX_DOWNLOAD_FILE_SIZE
_BLOCK = bytes(range(256)) * 256


@dataclass(frozen=True, slots=True)
class Generated:
    """A file that is never written anywhere: `size` bytes of one repeated block."""

    size: int

    def blocks(self) -> Iterator[bytes]:
        left = self.size
        while left > 0:
            yield _BLOCK[:left]
            left -= len(_BLOCK)

    @property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        for block in self.blocks():
            digest.update(block)
        return digest.hexdigest()


Content = bytes | Path | Generated


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`kind` is the message's field ("video", "document", …); a file keeps it for good."""

    file_id: str
    kind: str
    name: str
    mime: str
    content: Path | Generated

    @property
    def size(self) -> int:
        return self.content.stat().st_size if isinstance(self.content, Path) else self.content.size

    @property
    def data(self) -> bytes:
        return b"".join(self.blocks())

    @property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        for block in self.blocks():
            digest.update(block)
        return digest.hexdigest()

    @property
    def unique_id(self) -> str:
        return f"u{self.file_id}"

    @property
    def identity(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def blocks(self) -> Iterator[bytes]:
        if isinstance(self.content, Generated):
            yield from self.content.blocks()
            return
        with self.content.open("rb") as file:
            while block := file.read(1 << 18):
                yield block


class FileShelf:
    """Knows files by id and by the path that getFile gives.

    `elsewhere` is the folder of a local server on another machine: its paths lead nowhere here, and an HTTP server
    beside it hands out what is below that folder.
    """

    def __init__(self, folder: Path, *, local: bool, elsewhere: str = "") -> None:
        self.folder = folder
        self.local = local
        self.elsewhere = elsewhere
        self._numbers = itertools.count(1)
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, content: Content, kind: str, name: str, mime: str) -> StoredFile:
        if isinstance(content, bytes):
            path = self.scratch()
            path.write_bytes(content)
            content = path
        stored = StoredFile(f"{kind[:3].upper()}file{next(self._numbers)}", kind, name, mime, content)
        self._by_id[stored.file_id] = stored
        return stored

    def scratch(self) -> Path:
        """A new path for bytes that are coming in."""
        return self.folder / f"content-{next(self._numbers)}"

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def forget(self, file_id: str) -> None:
        """The file is not to be had any more."""
        del self._by_id[file_id]

    def describe(self, file_id: str) -> Json:
        """getFile's answer. A file over the limit is refused, unless the server is a local one."""
        stored = self.find(file_id)
        if stored is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if self.local and not self.elsewhere:
            return {**stored.identity, "file_path": str(self._on_disk(stored))}
        if stored.size > MOST_DOWN and not self.local:
            raise bad("file is too big")
        # Telegram's paths keep the extension and nothing else of a name.
        path = f"{stored.kind}s/file_{stored.file_id.rpartition('file')[2]}{Path(stored.name).suffix}"
        self._by_path[path] = stored
        return {**stored.identity, "file_path": f"{self.elsewhere}/{path}" if self.elsewhere else path}

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def _on_disk(self, stored: StoredFile) -> Path:
        path = self.folder / f"{stored.file_id}{Path(stored.name).suffix}"
        if not path.exists():
            if isinstance(stored.content, Path):
                path.hardlink_to(stored.content.resolve())
            else:
                with path.open("wb") as file:
                    file.writelines(stored.blocks())
        return path.resolve()
