"""The studio as a process under measurement: says its address and serves until it is killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from studio import StudioSettings
from studio.server import Studio
from tests.making import chosen_ffmpeg


async def serve(data: str) -> None:
    async with Studio(StudioSettings(data=Path(data), ffmpeg=chosen_ffmpeg().binary)) as studio:
        print(studio.base_url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
