"""Keeps the voices of a session's files: the first render separates a voice, later ones reuse it.

A voice is keyed by the file's content, not its name: the same film sent again has it already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.media import Ffmpeg
from studio.errors import ApiError
from studio.files.folders import Folders
from studio.files.limits import Limits
from studio.records import KeptVoice, SourceFile
from studio.render.compiling import CannotRender
from studio.separation import Method, Outcome, Separator, keep_voice, planned
from studio.store import Store

_BYTES_A_SECOND = 48_000 * 2 * 2  # of the WAV at its largest, which Demucs makes


@dataclass(frozen=True, slots=True)
class Voices:
    store: Store
    folders: Folders
    ffmpeg: Ffmpeg
    limits: Limits
    separator: Separator

    async def of(self, file: SourceFile, work: Path, on_progress: Callable[[float], None]) -> tuple[Path, Outcome]:
        """Returns the voice's file and its outcome. `on_progress` is called only if it has to be made.

        It is made in `work`, so a cancelled or killed render leaves nothing behind. Raises `CannotRender` if the disk
        has no room for it, and `FfmpegFailed`.
        """
        wanted = planned(self.separator)
        known = self.store.voice(file.session, file.digest, wanted)
        if known and (path := self.folders.voice(known)).is_file():
            return path, Outcome(Method(known.method), known.level, known.fell_back)
        self._check_space(file)
        made = work / f"{file.id}.wav"
        outcome = await keep_voice(
            self.ffmpeg, self.folders.source(file), made, on_progress=on_progress, separator=self.separator
        )
        kept = KeptVoice(file.session, file.digest, wanted, outcome.method, outcome.level, outcome.fell_back)
        made.replace(self.folders.voice(kept))
        self.store.save_voice(kept)
        return self.folders.voice(kept), outcome

    def _check_space(self, file: SourceFile) -> None:
        try:
            self.limits.check_space((file.duration or 0) * _BYTES_A_SECOND // 1000)
        except ApiError as full:
            raise CannotRender(full.message) from full
