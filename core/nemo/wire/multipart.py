"""A file as multipart/form-data, streamed in flat memory with its length known beforehand.

Written by hand because httpx reads the file's blocks in the event loop; the framing is a few lines.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import EmptyFile, IsDirectory, MissingFile

BLOCK = 512 * 1024  # bytes read at a time
Progress = Callable[[int, int], None]  # bytes done, bytes in all; called from the event loop, must not wait

_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One file in a form field. `head` and `tail` frame the file's `size` bytes."""

    path: Path
    name: str
    size: int
    head: bytes
    tail: bytes
    boundary: str

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Content-Type": f"multipart/form-data; boundary={self.boundary}",
            "Content-Length": str(len(self.head) + self.size + len(self.tail)),
        }

    async def blocks(self, on_progress: Progress | None = None) -> AsyncIterator[bytes]:
        """The body. At most `size` bytes of the file are sent, even if it grows meanwhile."""
        try:
            file = await asyncio.to_thread(self.path.open, "rb")
        except OSError as error:
            raise MissingFile(name=self.name) from error
        yield self.head
        done = 0
        try:
            while block := await asyncio.to_thread(file.read, min(BLOCK, self.size - done)):
                yield block
                done += len(block)
                if on_progress:
                    on_progress(done, self.size)
        finally:
            file.close()
        if done < self.size:  # cut short meanwhile; httpx would let h11's own exception out here
            raise MissingFile(name=self.name)
        yield self.tail


def file_form(path: Path, name: str) -> Form:
    """The form that uploads `path` as `name`. Raises `MissingFile`, `IsDirectory` or `EmptyFile`."""
    if path.is_dir():
        raise IsDirectory(name=name)
    if not path.is_file():
        raise MissingFile(name=name)
    size = path.stat().st_size
    if not size:
        raise EmptyFile(name=name)
    boundary = f"cutroom-{secrets.token_hex(16)}"
    _, dot, extension = name.rpartition(".")
    kind = _TYPES.get(extension.lower() if dot else "", "application/octet-stream")
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="files"; filename="{safe_name(name)}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    tail = f"\r\n--{boundary}--\r\n"
    return Form(path, name, size, head.encode("utf-8", errors="replace"), tail.encode(), boundary)


def safe_name(name: str) -> str:
    """A file name that cannot end its header: no directories, quotes and line ends as browsers write them."""
    bare = re.split(r"[/\\]", name)[-1] or "file"
    quoted = bare.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    return re.sub(r"[\x00-\x1f\x7f]", "_", quoted)
