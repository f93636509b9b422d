"""The HTTP server of `cutroom run`: health checks, and what platforms call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from core.ports import Store
from core.store import StorageTrouble

# Enough for any update of a platform, and for nothing else.
LARGEST_BODY = 4 << 20


@asynccontextmanager
async def serve_http(
    host: str, port: int, store: Store, routes: Sequence[web.RouteDef], prefix: str = ""
) -> AsyncIterator[int]:
    """Serves until left; yields the port, a free one if `port` is 0.

    A proxy may show this server below `prefix`. Some proxies cut it off before they pass a request on and others do
    not, so everything is served at both paths.
    """
    app = web.Application(client_max_size=LARGEST_BODY)
    everything = [web.get("/healthz", _alive), web.get("/readyz", _Readiness(store).answer), *routes]
    app.add_routes(everything)
    if prefix:
        app.add_routes(
            [web.RouteDef(each.method, prefix + each.path, each.handler, each.kwargs) for each in everything]
        )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _alive(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


class _Readiness:
    """Ready means that messages can be taken, which needs the database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def answer(self, request: web.Request) -> web.Response:
        try:
            await self._store.jobs(most=1)
        except StorageTrouble as trouble:
            return web.json_response({"status": "no database", "trouble": trouble.kind.value}, status=503)
        return web.json_response({"status": "ready"})
