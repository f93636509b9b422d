"""Exports: a row first, then a task; one encode at a time, and what a stop interrupted is started again."""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.media import Ffmpeg, FfmpegFailed, Media
from studio.files.folders import Folders
from studio.records import Render, Status
from studio.render.compiling import CannotRender
from studio.render.output import read_output
from studio.render.voices import Voices
from studio.separation.methods import Outcome, notices_of
from studio.store import Store
from studio.switches import Switches
from studio.timeline.draft import read_draft
from studio.timeline.model import Timeline

if TYPE_CHECKING:
    from studio.render.preparing import Preparation, Progress

log = logging.getLogger(__name__)

_BEFORE = 0.6


@dataclass(frozen=True, slots=True)
class Tools:
    """What a render works with."""

    store: Store
    folders: Folders
    ffmpeg: Ffmpeg
    voices: Voices


class _Shares:
    """One progress out of two: what comes before the encode takes up to `_BEFORE` of it, if it takes time at all."""

    def __init__(self, report: Progress) -> None:
        self._report = report
        self._first = 0.0

    def before(self, share: float) -> None:
        self._first = _BEFORE
        self._report(self._first * share)

    def encoding(self, share: float) -> None:
        self._report(self._first + (1 - self._first) * share)


class Renders:
    def __init__(self, tools: Tools, switches: Switches, timeout: float) -> None:
        """`timeout` in seconds is for one encode."""
        self._timeout = timeout
        self._store = tools.store
        self._folders = tools.folders
        self._ffmpeg = tools.ffmpeg
        self._voices = tools.voices
        self._switches = switches
        self._one_at_a_time = asyncio.Semaphore(1)
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._progress: dict[tuple[str, str], float] = {}

    def resume(self) -> None:
        """Starts what was open when the studio ended, from the beginning."""
        for render in self._store.open_renders():
            self._start(replace(render, status=Status.PENDING))

    async def close(self) -> None:
        """Stops every encode within milliseconds; their rows stay open for `resume`."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def submit(self, render: Render) -> None:
        """Starts a render whose draft and output can be read."""
        self._store.save_render(render)
        self._start(render)

    def progress(self, render: Render) -> float:
        """From 0 to 100."""
        if render.status is Status.COMPLETED:
            return 100.0
        return round(self._progress.get((render.user_id, render.id), 0.0) * 100, 1)

    def queue_position(self, render: Render) -> int:
        """How many renders come before this one; 0 for one that is being made or is over."""
        if render.status is not Status.PENDING:
            return 0
        waiting = list(self._tasks)
        key = (render.user_id, render.id)
        return waiting.index(key) if key in waiting else 0

    async def cancel(self, render: Render) -> Render:
        """The render as it is after it was told to stop; one that was over stays as it was."""
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
        """Ends every render with a row that says how it went; only a stop leaves it open."""
        try:
            async with self._one_at_a_time:
                render = replace(render, status=Status.PROCESSING)
                self._store.save_render(render)
                async with asyncio.timeout(self._timeout):
                    render = replace(render, notices=await self._encode(render))
            self._finish(render, Status.COMPLETED, media=await self._outcome(render))
        except CannotRender as reason:
            self._finish(render, Status.FAILED, error=str(reason))
        except TimeoutError:
            self._finish(render, Status.FAILED, error="The render took too long.")
        except FfmpegFailed as failure:
            log.warning("render %s: %s", render.id, failure.reason)
            full = os.strerror(errno.ENOSPC) in failure.reason
            error = "The server's disk is full." if full else "The media could not be encoded."
            self._finish(render, Status.FAILED, error=error)
        except Exception:
            log.exception("render %s", render.id)
            self._finish(render, Status.FAILED, error="Something broke while rendering.")

    async def _encode(self, render: Render) -> str:
        """Returns what is to be told of the file, names with spaces between."""
        await asyncio.sleep(self._switches.render_delay)
        if self._switches.render_fails:
            raise CannotRender("The render failed.")
        draft = read_draft(json.loads(render.draft))
        output = read_output(json.loads(render.output), draft.sound_only)
        key = (render.user_id, render.id)
        with self._folders.work() as work:
            shares = _Shares(lambda share: self._progress.__setitem__(key, share))
            preparation = await self._prepare(render, draft, work, shares.before)
            ready = await preparation.ready(draft, output)
            await self._ffmpeg.run(
                ready.arguments(),
                output=self._folders.result(render),
                duration=ready.plan.duration,
                on_progress=shares.encoding,
                feed=ready.strip,
            )
            return " ".join(notices_of(preparation.voices))

    async def _outcome(self, render: Render) -> Media:
        """What came out. FFmpeg is content with a file of no frames; whoever waits for one is not."""
        if media := await self._ffmpeg.probe(self._folders.result(render)):
            return media
        raise FfmpegFailed("nothing was encoded")

    async def _prepare(self, render: Render, draft: Timeline, work: Path, on_progress: Progress) -> Preparation:
        """The draft names files by their ids; only those of its own session are looked for."""
        from studio.render.preparing import Preparation  # noqa: PLC0415 - it brings numpy and Pillow, which only renders use

        visual = {draft.visual.background, draft.visual.cover} if draft.visual else set()
        wanted = {clip.source for clip in draft.clips} | visual
        files = {file.id: file for file in self._store.files(render.session) if file.id in wanted}
        paths = {file_id: self._folders.source(file) for file_id, file in files.items()}
        sources: dict[str, Media] = {}
        for file_id, path in paths.items():
            if media := await self._ffmpeg.probe(path):
                sources[file_id] = media

        async def keep_voice(source: str, work: Path, on_progress: Progress) -> tuple[Path, Outcome]:
            return await self._voices.of(files[source], work, on_progress)

        return Preparation(self._ffmpeg, work, paths, sources, keep_voice, on_progress)

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
