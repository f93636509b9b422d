"""Removes what is no longer needed: rows of finished jobs, and files under way of jobs that are over."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from pathlib import Path

from core.ports import Clock, Store
from core.store import StorageTrouble

log = logging.getLogger(__name__)
EVERY_SECONDS = 3600.0
# A folder whose job has no row may be another program's, with a database of its own, as long as it is written to.
STALE_SECONDS = 86_400.0


async def keep_house(store: Store, work: Path, clock: Clock, keep_days: float) -> None:
    """Never returns. `work` holds one folder for each running job."""
    while True:
        try:
            pruned = await store.prune(clock.now() - keep_days * 86_400)
            log.info("%s old rows pruned", pruned)
            await _sweep(store, work)
        except StorageTrouble as trouble:
            log.warning("not pruned: %s", trouble)
        except OSError as error:
            log.warning("not swept: %s", error.strerror)
        await clock.sleep(EVERY_SECONDS)


async def _sweep(store: Store, work: Path) -> None:
    """At the start, too: a process that was killed left its files where they were."""
    for folder in await asyncio.to_thread(_folders, work):
        job = await store.job(folder.name)
        if job.stage.over if job else await asyncio.to_thread(_is_stale, folder):
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _folders(work: Path) -> list[Path]:
    return [folder for folder in work.iterdir() if folder.is_dir()] if work.is_dir() else []


def _is_stale(folder: Path) -> bool:
    return folder.stat().st_mtime < time.time() - STALE_SECONDS
