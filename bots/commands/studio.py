"""`cutroom studio`: the embedded backend as a server of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from bots.wiring.embedded_studio import studio_settings
from core.settings import Settings
from studio.server import Studio


async def serve(settings: Settings, host: str, port: int, data: Path) -> int:
    """Serves until SIGINT or SIGTERM. Says its address on stdout once it listens."""
    stopped = _on_signals()  # before it says that it listens: whoever reads that may stop it
    async with Studio(studio_settings(settings, data, host, port)) as studio:
        sys.stdout.write(f"The studio listens on {studio.base_url} and keeps its files in {data}\n")
        sys.stdout.write(f"Use it with: BACKEND=cloud NEMO_API_URL={studio.base_url}\n")
        sys.stdout.flush()
        await stopped.wait()
    return 0


def _on_signals() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped
