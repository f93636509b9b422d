"""The data folder: where files lie and how they are named, and the lock that keeps it to one process.

Every folder is readable by this user only.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from studio.records import KeptVoice, Render, SourceFile

if sys.platform != "win32":
    import fcntl


class DataInUse(Exception):
    """Another process uses this data folder. `data` is the folder."""

    def __init__(self, data: Path) -> None:
        super().__init__(str(data))
        self.data = data


class DataLock:
    """Held until `release()` or the end of the process, however it ends; the file that remains means nothing."""

    def __init__(self, data: Path, name: str = "studio.files.folders") -> None:
        """Raises `DataInUse`, and `OSError` where the folder cannot be written."""
        self._file = (data / name).open("w")
        if sys.platform == "win32":
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise DataInUse(data) from error

    def release(self) -> None:
        self._file.close()


def clean_name(name: str) -> str:
    """The last part of a client's file name, without control characters. It is shown, never used as a path."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(character for character in last if character.isprintable())
    stem, dot, extension = kept.rpartition(".")
    return f"{(stem or 'file')[:150]}{dot}{extension[:10]}"


class Folders:
    def __init__(self, data: Path) -> None:
        self._sessions = data / "sessions"
        self._results = data / "results"
        self._work = data / "work"
        for folder in (data, self._sessions, self._results, self._work):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        data.chmod(0o700)

    def session(self, session_id: str) -> Path:
        folder = self._sessions / session_id
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def source(self, file: SourceFile) -> Path:
        return self._sessions / file.session / file.stored_name

    def voice(self, voice: KeptVoice) -> Path:
        return self._sessions / voice.session / voice.stored_name

    def result(self, render: Render) -> Path:
        return self._results / f"{render.slug}{Path(render.name).suffix}"

    @contextmanager
    def work(self) -> Iterator[Path]:
        """A temporary folder for one render; it is removed afterwards."""
        with tempfile.TemporaryDirectory(dir=self._work, ignore_cleanup_errors=True) as folder:
            yield Path(folder)

    def remove_session(self, session_id: str) -> None:
        shutil.rmtree(self._sessions / session_id, ignore_errors=True)

    def sweep(self, sources: Iterable[SourceFile], renders: Iterable[Render], voices: Iterable[KeptVoice]) -> None:
        """Deletes files without a row: a killed studio left them half written, or did not save their row."""
        for left in self._work.iterdir():
            shutil.rmtree(left, ignore_errors=True)
        known = {*map(self.source, sources), *map(self.result, renders), *map(self.voice, voices)}
        for path in [*self._sessions.glob("*/*"), *self._results.iterdir()]:
            if path not in known and path.is_file():
                path.unlink(missing_ok=True)
