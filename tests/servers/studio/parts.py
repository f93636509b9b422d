"""The studio's own parts where an edit is saved late or not at all, and where a render is slow or fails."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable

from studio.agent.agent import Turn
from studio.agent.turns import Project, Projects
from studio.records import Render
from studio.render.compiling import CannotRender
from studio.render.renderer import Renderer, Tools
from studio.store import Store
from tests.servers.studio.variants import Drop, Variants


class VariedProjects(Projects):
    """`stream_over` is set when the stream of the turn has ended or broken, as its client sees it."""

    def __init__(self, store: Store, variants: Variants, stream_over: asyncio.Event) -> None:
        super().__init__(store)
        self._variants = variants
        self._stream_over = stream_over
        self._late: dict[str, asyncio.Task[None]] = {}

    async def load(self, session_id: str) -> Project | None:
        """After the edit before this one, however late it is."""
        if late := self._late.pop(session_id, None):
            await late
        return await super().load(session_id)

    async def commit(self, project: Project, turn: Turn) -> None:
        if self._variants.hold:
            await self._variants.hold.wait()
        if self._variants.drop is Drop.BEFORE_COMMIT:
            await self._stream_over.wait()
        if self._variants.disk_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self._variants.edit_lost or self._variants.fault:
            return
        if self._variants.late_commit is None:
            await super().commit(project, turn)
        else:
            late = self._commit_late(project, turn, self._variants.late_commit)
            self._late[project.session.id] = asyncio.create_task(late)

    async def close(self) -> None:
        for late in self._late.values():
            late.cancel()
        await asyncio.gather(*self._late.values(), return_exceptions=True)

    async def _commit_late(self, project: Project, turn: Turn, seconds: float) -> None:
        await self._stream_over.wait()
        await asyncio.sleep(seconds)
        await super().commit(project, turn)


class VariedRenderer(Renderer):
    def __init__(self, tools: Tools, variants: Variants) -> None:
        super().__init__(tools)
        self._variants = variants

    async def render(self, render: Render, on_progress: Callable[[float], None]) -> str:
        await asyncio.sleep(self._variants.render_delay)
        if self._variants.render_fails:
            raise CannotRender("The render failed.")
        return await super().render(render, on_progress)
