"""The server as a process of its own: `python -m tests.servers.telegram --port 8081 --journal FILE`.

It says its address and its token on stdout, answers until SIGTERM, and is driven by `control`. The journal has
one JSON object a line: every line of every chat and every call with its answer, written as it happens.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from tests.servers.telegram.control import Control
from tests.servers.telegram.server import TelegramServer


async def serve(port: int, journal: Path | None, *, local: bool) -> None:
    server = TelegramServer(port=port, journal=journal, local=local)
    server.extra_routes += Control(server).routes
    async with server:
        sys.stdout.write(f"{server.url} {server.token}\n")
        sys.stdout.flush()
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--journal", type=Path)
    parser.add_argument("--local", action="store_true")
    args = parser.parse_args()
    asyncio.run(serve(args.port, args.journal, local=args.local))


if __name__ == "__main__":
    main()
