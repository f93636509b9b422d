"""Who may work on a database file: one process, for it takes back all claims when it starts."""

from __future__ import annotations

from pathlib import Path

from studio import DataLock


def own(database: Path) -> DataLock:
    """The file is ours until `release()` or our end. Raises `studio.DataInUse`."""
    database.parent.mkdir(parents=True, exist_ok=True)
    return DataLock(database.parent, f"{database.name}.lock")
