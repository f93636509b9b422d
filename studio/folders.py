"""Where files lie in the data folder. Every folder is for this user alone."""

from __future__ import annotations

from pathlib import Path

from studio.records import Render, SourceFile


class Folders:
    def __init__(self, data: Path) -> None:
        self._sessions = data / "sessions"
        self._results = data / "results"
        for folder in (data, self._sessions, self._results):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        data.chmod(0o700)

    def session(self, session_id: str) -> Path:
        folder = self._sessions / session_id
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def source(self, file: SourceFile) -> Path:
        return self._sessions / file.session / file.stored_name

    def result(self, render: Render) -> Path:
        return self._results / f"{render.slug}{Path(render.name).suffix}"

    def sweep(self) -> None:
        """Removes what a killed studio left half written."""
        for part in [*self._sessions.glob("*/*.part.*"), *self._results.glob("*.part.*")]:
            part.unlink(missing_ok=True)
