"""The real studio as a process of its own, with a line in a journal for every turn that reaches its agent."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
from pathlib import Path
from typing import Any

from aiohttp import web

from studio import StudioSettings
from studio.server import make_app


def counted(app: web.Application, journal: Path) -> web.Application:
    """The same application, which writes down the turns that reach it."""
    app[JOURNAL] = journal
    app.middlewares.append(_counted)
    return app


@web.middleware
async def _counted(request: web.Request, handler: Any) -> web.StreamResponse:
    if request.path == "/run_sse":
        body = await request.json()
        text = body["new_message"]["parts"][0]["text"]
        with request.app[JOURNAL].open("a", encoding="utf-8") as file:
            file.write(json.dumps({"session": body["session_id"], "text": text}, ensure_ascii=False) + "\n")
    response: web.StreamResponse = await handler(request)
    return response


JOURNAL = web.AppKey("journal", Path)


async def main(data: Path, journal: Path, port: int) -> None:
    data.mkdir(parents=True, exist_ok=True)
    app = counted(make_app(StudioSettings(data=data, port=port, ffmpeg=os.environ.get("STUDIO_FFMPEG", ""))), journal)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)  # noqa: T201 - read by whoever started it
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    wish = parser.parse_args()
    asyncio.run(main(wish.data, wish.journal, wish.port))
