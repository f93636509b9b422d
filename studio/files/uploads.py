"""Receives files: written to disk as they arrive, in constant memory, and probed before they are accepted."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path, PurePath

from core.media import Ffmpeg, Media, is_incomplete
from studio.errors import unsupported
from studio.files.folders import Folders, clean_name
from studio.files.limits import Limits
from studio.files.write_behind import WriteBehind
from studio.records import SourceFile

EXTENSIONS = ("mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac")


class Uploads:
    """Receives one file at a time into its session's folder, under a name of our own."""

    def __init__(self, ffmpeg: Ffmpeg, folders: Folders, limits: Limits) -> None:
        self._ffmpeg = ffmpeg
        self._folders = folders
        self._limits = limits

    async def receive(self, session_id: str, name: str, chunks: AsyncIterator[bytes]) -> SourceFile:
        """Returns the accepted file. Raises `ApiError` (4001, 4002, 507), and then nothing of it is left."""
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
                raise unsupported(await asyncio.to_thread(self._why, part))
            self._limits.check_media(media)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return _described(SourceFile(file_id, session_id, name, extension, "", size, digest), media)

    def discard(self, file: SourceFile) -> None:
        """Deletes a file that was received but is not kept."""
        self._folders.source(file).unlink(missing_ok=True)

    def _why(self, part: Path) -> str:
        """Why a file could not be opened. Runs in a thread: it may ask FFmpeg what it can do."""
        if lacked := self._ffmpeg.lacks_to_open(part):
            return f"The FFmpeg in use cannot {lacked.words}. Send it as a GIF or MP4."
        if is_incomplete(part):
            return "The file is broken or incomplete."
        return "The file is empty or holds no video, sound or picture."

    async def _write(self, part: Path, chunks: AsyncIterator[bytes]) -> tuple[int, str]:
        """Returns size and digest."""
        self._limits.check_space()
        async with WriteBehind(part, self._limits.check_space) as file:
            async for chunk in chunks:
                self._limits.check_size(file.size + len(chunk))
                await file.add(chunk)
        return file.size, file.digest


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
