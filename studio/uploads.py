"""Files coming in: written as they come, in flat memory, and looked at before they count."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from types import TracebackType
from typing import BinaryIO, Self

from core.media import Ffmpeg, Media
from studio.answers import unsupported
from studio.folders import Folders
from studio.limits import Limits
from studio.names import clean_name
from studio.records import SourceFile

EXTENSIONS = ("mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac")

_BATCH = 2 * 1024 * 1024


class Uploads:
    """Receives one file at a time into its session's folder, under a name of our own."""

    def __init__(self, ffmpeg: Ffmpeg, folders: Folders, limits: Limits) -> None:
        self._ffmpeg = ffmpeg
        self._folders = folders
        self._limits = limits

    async def receive(self, session_id: str, name: str, chunks: AsyncIterator[bytes]) -> SourceFile:
        """The file, kept. Raises `ApiError` (4001, 4002, 507), and then nothing of it is left."""
        name = clean_name(name)
        extension = PurePath(name).suffix.lower().lstrip(".")
        if extension not in EXTENSIONS:
            raise unsupported(f"Unsupported file type. Supported: {', '.join(EXTENSIONS)}.")
        file_id = secrets.token_hex(16)
        path = self._folders.session(session_id) / f"{file_id}.{extension}"
        part = path.with_name(f"{file_id}.part.{extension}")
        try:
            size, digest = await self._write(part, chunks)
            media = await self._ffmpeg.probe(part) if size else None
            if media is None:
                raise unsupported("The file is empty or holds no video, sound or picture.")
            self._limits.check_media(media)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return _described(SourceFile(file_id, session_id, name, extension, "", size, digest), media)

    def discard(self, file: SourceFile) -> None:
        """Removes a file that was received and not kept after all."""
        self._folders.source(file).unlink(missing_ok=True)

    async def _write(self, part: Path, chunks: AsyncIterator[bytes]) -> tuple[int, str]:
        """Size and SHA-256. A thread hashes and writes one batch while the next one comes."""
        digest, batch, held, size = hashlib.sha256(), list[bytes](), 0, 0
        self._limits.check_space()
        with await asyncio.to_thread(part.open, "wb", buffering=0) as file:

            def flush(pieces: list[bytes]) -> None:
                for piece in pieces:
                    digest.update(piece)
                    _write_all(file, piece)

            async with _OneAhead() as writing:
                async for chunk in chunks:
                    size += len(chunk)
                    held += len(chunk)
                    self._limits.check_size(size)
                    batch.append(chunk)
                    if held >= _BATCH:
                        self._limits.check_space(held)
                        await writing.start(partial(flush, batch))
                        batch, held = [], 0
                await writing.start(partial(flush, batch))
        return size, digest.hexdigest()


class _OneAhead:
    """Runs calls in a thread, one after the other: the next waits for the one before, its caller does not."""

    def __init__(self) -> None:
        self._running: asyncio.Future[None] | None = None

    async def start(self, call: Callable[[], None]) -> None:
        await self._ended()
        self._running = asyncio.ensure_future(asyncio.to_thread(call))

    async def _ended(self) -> None:
        if running := self._running:
            self._running = None
            await running

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The file is not closed under a thread that writes to it, even when nobody wants it any more."""
        if error is None:
            await self._ended()
        elif self._running:
            await asyncio.wait({self._running})
            self._running.exception()


def _write_all(file: BinaryIO, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        left = left[file.write(left) :]


def _described(file: SourceFile, media: Media) -> SourceFile:
    video = media.video
    return replace(
        file,
        kind=media.kind.value,
        duration=None if media.still or media.duration is None else round(media.duration * 1000),
        width=video.width if video else None,
        height=video.height if video else None,
        fps=video.fps if video and not media.still else None,
        sound=media.audio is not None,
    )
