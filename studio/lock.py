"""One process a data folder: two would sweep away each other's half written files and do everything twice."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class DataInUse(Exception):
    """Another process works on this data folder. `data` is the folder."""

    def __init__(self, data: Path) -> None:
        super().__init__(str(data))
        self.data = data


class DataLock:
    """Held until `release()`, or until the process ends in whatever way: the file that stays means nothing."""

    def __init__(self, data: Path, name: str = "studio.lock") -> None:
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
