"""Deletes projects that were not used for long, and old results."""

from __future__ import annotations

import asyncio
import time

from studio.files.folders import Folders
from studio.store import Store

_EVERY = 6 * 3600.0


async def keep_pruned(store: Store, folders: Folders, kept_for: float) -> None:
    """Prunes now and every six hours, until cancelled. `kept_for` is in seconds."""
    while True:
        prune(store, folders, time.time() - kept_for)
        await asyncio.sleep(_EVERY)


def prune(store: Store, folders: Folders, before: float) -> None:
    """Deletes rows first: a file without a row is swept at the next start, a row without a file is a broken link."""
    for render in store.renders_before(before):
        store.delete_render(render)
        folders.result(render).unlink(missing_ok=True)
    for session in store.sessions_before(before):
        store.delete_session(session)
        folders.remove_session(session)
