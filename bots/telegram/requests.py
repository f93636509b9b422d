"""The library's HTTP, taken in turns: its pool looks at every connection for every request that waits for one."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.request import HTTPXRequest, RequestData

# So many short calls at once; Telegram itself takes thirty messages a second.
CALLS_AT_ONCE = 8
# Files beside them, which may take minutes each.
CONNECTIONS = 64


class OrderlyRequest(HTTPXRequest):
    """Short calls wait for their turn here, where waiting costs nothing. An upload waits for nobody."""

    def __init__(self, **more: Any) -> None:
        super().__init__(connection_pool_size=CONNECTIONS, **more)
        self._turns = asyncio.Semaphore(CALLS_AT_ONCE)

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *times: Any, **more: Any
    ) -> tuple[int, bytes]:
        if request_data is not None and request_data.contains_files:
            return await super().do_request(url, method, request_data, *times, **more)
        async with self._turns:
            return await super().do_request(url, method, request_data, *times, **more)
