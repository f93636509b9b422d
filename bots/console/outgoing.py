"""Saves results in a folder and never overwrites a file."""

from __future__ import annotations

import filecmp
import itertools
import shutil
from pathlib import Path

from core.files import safe_name
from core.messages import MediaFile


def save_result(media: MediaFile, out: Path) -> Path:
    """Copies the file under its name, or "name-2" and so on; the same content again is the same file."""
    out.mkdir(parents=True, exist_ok=True)
    name = Path(safe_name(media.name))
    for number in itertools.count(1):
        target = out / (name.name if number == 1 else f"{name.stem}-{number}{name.suffix}")
        if target.is_file() and filecmp.cmp(media.path, target, shallow=False):
            return target
        try:
            target.open("xb").close()
        except FileExistsError:
            continue
        _fill(target, media.path)
        return target
    raise AssertionError("counting ended")


def _fill(target: Path, source: Path) -> None:
    """Whole or not at all: on a full disk nothing is left that looks like a result."""
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        target.unlink()
        raise
