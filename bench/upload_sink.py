"""The plainest server that takes an upload: what comes goes into one file, and nobody looks at it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from aiohttp import BodyPartReader, web

_CHUNK = 256 * 1024


async def serve(target: Path) -> None:
    async def take(request: web.Request) -> web.Response:
        part = await (await request.multipart()).next()
        assert isinstance(part, BodyPartReader)
        with target.open("wb") as file:
            while chunk := await part.read_chunk(_CHUNK):
                file.write(chunk)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
