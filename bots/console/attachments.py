"""Files of this machine as attachments."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import IsDirectory, MissingFile, UnreadableFile
from core.messages import Attachment


def attach(path: Path) -> Attachment:
    """A file of this machine as an attachment. Raises `MissingFile`, `IsDirectory`, `UnreadableFile`."""
    path = attached_path(path)
    return Attachment(handle=str(path.absolute()), name=path.name, size=path.stat().st_size)


def attached_path(path: Path) -> Path:
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except PermissionError as error:
        raise UnreadableFile(name=path.name) from error
    except OSError as error:  # a name that no file can have
        raise MissingFile(name=path.name) from error
    if is_folder:
        raise IsDirectory(name=path.name or str(path))
    if not is_file:
        raise MissingFile(name=path.name or str(path))
    if not os.access(path, os.R_OK):
        raise UnreadableFile(name=path.name)
    return path
