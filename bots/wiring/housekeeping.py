"""Removes what is no longer needed: rows of finished jobs, and files of jobs that no worker has."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from pathlib import Path

from core.jobs.claims import is_over
from core.ports import Clock, Store
from core.store import StorageTrouble

log = logging.getLogger(__name__)
EVERY_SECONDS = 3600.0
# A folder that was last written to that long ago belongs to a job that is over, or whose worker was killed.
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
    for folder in await asyncio.to_thread(_stale, work):
        if await is_over(store, folder.name):
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _stale(work: Path) -> list[Path]:
    if not work.is_dir():
        return []
    oldest = time.time() - STALE_SECONDS
    return [folder for folder in work.iterdir() if folder.is_dir() and folder.stat().st_mtime < oldest]
