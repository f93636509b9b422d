"""Builds the studio from its parts and serves it.

async with Studio(StudioSettings(data=Path("var/studio"))) as studio:
    print(studio.base_url)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from types import TracebackType
from typing import Self

from aiohttp import web

from core.media import Ffmpeg
from studio.accounts import Accounts
from studio.agent.turns import Projects, Turns
from studio.api.auth import AuthApi
from studio.api.media import MediaApi
from studio.api.renders import RenderApi
from studio.api.responses import errors_as_json
from studio.api.run import RunApi
from studio.api.sessions import SessionApi
from studio.api.uploads import UploadApi
from studio.files.fetching import Fetcher
from studio.files.folders import DataLock, Folders
from studio.files.limits import Limits
from studio.files.pruning import keep_pruned
from studio.files.uploads import Uploads
from studio.render.queue import Renders
from studio.render.renderer import Renderer, Tools
from studio.render.voices import Voices
from studio.separation import planned
from studio.settings import StudioSettings
from studio.store import Store

MakeProjects = Callable[[Store], Projects]
MakeRenderer = Callable[[Tools], Renderer]

_BODY_LIMIT = 4 * 1024 * 1024  # of JSON; uploads are streamed and counted on their own


class Studio:
    """The embedded backend on a port of this machine. After a stop or a kill, another one on the same data continues.

    `projects` and `renderer` make the parts that save edits and encode files.
    """

    def __init__(
        self,
        settings: StudioSettings,
        *,
        projects: MakeProjects = Projects,
        renderer: MakeRenderer = Renderer,
    ) -> None:
        self.base_url = ""
        self._settings = settings
        self._projects = projects
        self._renderer = renderer
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Starts to serve and returns the base URL.

        Raises `FfmpegMissing`, `DataInUse`, and `OSError` if the port or the data folder is not available.
        """
        app = make_app(self._settings, projects=self._projects, renderer=self._renderer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        self._runner = runner
        try:
            await web.TCPSite(runner, self._settings.host, self._settings.port).start()
        except OSError:
            await self.close()
            raise
        host, port = runner.addresses[0][:2]
        self.base_url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        return self.base_url

    async def close(self) -> None:
        """Stops serving. The next studio on this data restarts the renders that were running."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def make_app(
    settings: StudioSettings, *, projects: MakeProjects = Projects, renderer: MakeRenderer = Renderer
) -> web.Application:
    """Builds the application; its parts are opened at start-up and closed at clean-up."""
    app = web.Application(client_max_size=_BODY_LIMIT, middlewares=[errors_as_json])
    ffmpeg = Ffmpeg.find(settings.ffmpeg)
    folders = Folders(settings.data)
    lock = DataLock(settings.data)
    store = Store(settings.data / "studio.db")
    accounts = Accounts(store, settings)
    turns = Turns(projects(store), accounts, planned(settings.separator))
    limits = Limits(settings)
    tools = Tools(store, folders, ffmpeg, Voices(store, folders, ffmpeg, limits, settings.separator))
    renders = Renders(store, folders, renderer(tools), settings.render_timeout)

    app.cleanup_ctx.append(partial(_life, store, folders, renders, lock, settings.kept_for))
    app.on_shutdown.append(lambda _: turns.close())  # before the connections are waited for
    for api in (
        AuthApi(accounts),
        SessionApi(store, accounts, turns, settings),
        UploadApi(store, accounts, Uploads(ffmpeg, folders, limits), Fetcher(settings), settings),
        RunApi(accounts, turns, settings),
        RenderApi(store, folders, accounts, renders, settings),
        MediaApi(store, folders),
    ):
        app.add_routes(api.routes())
    return app


async def _life(
    store: Store, folders: Folders, renders: Renders, lock: DataLock, kept_for: float, _: web.Application
) -> AsyncIterator[None]:
    """Cleans up and resumes the open renders; at the end closes in reverse order."""
    folders.sweep(store.all_files(), store.all_renders(), store.all_voices())
    pruning = asyncio.create_task(keep_pruned(store, folders, kept_for))
    renders.resume()
    yield
    pruning.cancel()
    await asyncio.gather(pruning, return_exceptions=True)
    await renders.close()
    store.close()
    lock.release()
