"""sqlite-utils without numpy and pandas. It imports both if they are installed, only to know the types of their values,
which we never store. Loading numpy would take a sixth of a bot's start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Python takes a module that is `None` for a missing one. What is loaded already costs nothing and stays."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _hidden("numpy", "pandas"):
    from sqlite_utils import Database

__all__ = ["Database"]
