"""The queue of exports: each is a row first and then a task, one is encoded at a time, and a restart resumes them."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import time
from dataclasses import replace
from functools import partial

from core.media import FfmpegFailed, Media
from studio.errors import DISK_FULL, is_disk_full
from studio.files.folders import Folders
from studio.records import Render, Status
from studio.render.compiling import CannotRender
from studio.render.renderer import Renderer
from studio.store import Store

log = logging.getLogger(__name__)


class Renders:
    def __init__(self, store: Store, folders: Folders, renderer: Renderer, timeout: float) -> None:
        """`timeout` in seconds is for one render."""
        self._store = store
        self._folders = folders
        self._renderer = renderer
        self._timeout = timeout
        self._one_at_a_time = asyncio.Semaphore(1)
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._progress: dict[tuple[str, str], float] = {}

    def resume(self) -> None:
        """Restarts the renders that were open when the studio ended, from the beginning."""
        for render in self._store.open_renders():
            self._start(replace(render, status=Status.PENDING))

    async def close(self) -> None:
        """Stops every encode within milliseconds; their rows stay open for `resume`."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def submit(self, render: Render) -> None:
        """Saves and starts a render; its draft and output have been checked."""
        self._store.save_render(render)
        self._start(render)

    def progress(self, render: Render) -> float:
        """From 0 to 100."""
        if render.status is Status.COMPLETED:
            return 100.0
        return round(self._progress.get((render.user_id, render.id), 0.0) * 100, 1)

    def queue_position(self, render: Render) -> int:
        """How many renders come before this one; 0 if it is running or over."""
        if render.status is not Status.PENDING:
            return 0
        waiting = list(self._tasks)
        key = (render.user_id, render.id)
        return waiting.index(key) if key in waiting else 0

    async def cancel(self, render: Render) -> Render:
        """Cancels a render and returns it as it is then; a render that was over stays as it was."""
        task = self._tasks.get((render.user_id, render.id))
        if render.status.over or task is None:
            return render
        task.cancel()
        await asyncio.wait({task})
        now = self._store.render(render.user_id, render.id) or render
        return now if now.status.over else self._finish(now, Status.FAILED, error="The render was cancelled.")

    def _start(self, render: Render) -> None:
        key = (render.user_id, render.id)
        task = asyncio.create_task(self._work(render))
        self._tasks[key] = task
        task.add_done_callback(lambda _: (self._tasks.pop(key, None), self._progress.pop(key, None)))

    async def _work(self, render: Render) -> None:
        """Ends every render with a row that says how it went; only a shutdown leaves it open."""
        key = (render.user_id, render.id)
        try:
            async with self._one_at_a_time:
                render = replace(render, status=Status.PROCESSING)
                self._store.save_render(render)
                async with asyncio.timeout(self._timeout):
                    notices = await self._renderer.render(render, partial(self._progress.__setitem__, key))
                    render = replace(render, notices=notices)
                    media = await self._renderer.probe(render)
            self._finish(render, Status.COMPLETED, media=media)
        except CannotRender as reason:
            self._finish(render, Status.FAILED, error=str(reason))
        except TimeoutError:
            self._finish(render, Status.FAILED, error="The render took too long.")
        except FfmpegFailed as failure:
            log.warning("render %s failed: %s", render.id, failure.reason)
            full = os.strerror(errno.ENOSPC) in failure.reason
            error = DISK_FULL if full else "The media could not be encoded."
            self._finish(render, Status.FAILED, error=error)
        except Exception as failure:
            log.exception("render %s failed", render.id)
            error = DISK_FULL if is_disk_full(failure) else "Something broke while rendering."
            self._finish(render, Status.FAILED, error=error)

    def _finish(self, render: Render, status: Status, *, error: str = "", media: Media | None = None) -> Render:
        done = replace(render, status=status, error=error, completed=time.time())
        if status is Status.COMPLETED:
            seconds = media.duration if media else None
            size = self._folders.result(render).stat().st_size
            done = replace(done, size=size, duration=None if seconds is None else round(seconds * 1000))
        else:  # a cancel may come when the file stands already
            self._folders.result(render).unlink(missing_ok=True)
        self._store.save_render(done)
        return done
