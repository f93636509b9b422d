"""The library's HTTP, over aiohttp: a call costs a sixth of one over httpx, and a job makes many calls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
    TraceConfig,
    TraceRequestChunkSentParams,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bots.tls import trusted

# So many short calls at once; Telegram itself takes thirty messages a second.
CALLS_AT_ONCE = 8
# Files beside them, which may take minutes each.
UPLOADS_AT_ONCE = 56
CONNECT_SECONDS, READ_SECONDS = 10.0, 30.0
# An upload is as long as it is; what counts is that it goes on.
SILENT_SECONDS = 600.0
# Before one of these nothing has gone over the line.
BEFORE_SENDING = (ClientConnectorError, ConnectionTimeoutError)


class AiohttpRequest(BaseRequest):
    """Raises `TimedOut` and `NetworkError` from what aiohttp raised, and never with an address: it holds the token.

    `proxy` is the one that all requests go by, None where they go straight: see `proxy_to`.
    """

    def __init__(self, at_once: int = CALLS_AT_ONCE, proxy: str | None = None) -> None:
        self._at_once = at_once
        self._proxy = proxy
        self._calls: ClientSession | None = None
        self._uploads: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._calls is None:
            self._calls = _session(self._at_once, self._proxy)
            self._uploads = _session(UPLOADS_AT_ONCE, self._proxy, _patient_while_it_goes_on())

    async def shutdown(self) -> None:
        for session in (self._calls, self._uploads):
            if session is not None:
                await session.close()
        self._calls = self._uploads = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *times: Any,
        **more: Any,
    ) -> tuple[int, bytes]:
        """Of the times only `read_timeout` counts, in seconds; the others are ours."""
        if self._calls is None or self._uploads is None:
            raise RuntimeError("not initialized")
        with _as_the_library_says():
            if request_data is not None and request_data.contains_files:
                return await _uploaded(self._uploads, url, request_data)
            silence = float(read_timeout) if isinstance(read_timeout, int | float) else READ_SECONDS
            data = request_data.json_parameters if request_data else None
            async with self._calls.request(
                method, url, data=data, timeout=_times(silence), allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()


async def _uploaded(session: ClientSession, url: str, request_data: RequestData) -> tuple[int, bytes]:
    form = FormData(quote_fields=False)  # quoted, a Chinese name would arrive as percent signs
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    async with (
        asyncio.timeout(SILENT_SECONDS) as patience,
        session.post(url, data=form, timeout=_times(None), allow_redirects=False, trace_request_ctx=patience) as answer,
    ):
        return answer.status, await answer.read()


def proxy_to(url: str) -> str | None:
    """The proxy that the environment names for an address.

    Looked up once, by us: aiohttp, told to trust the environment, looks for it and for a .netrc in two threads before
    every single request.
    """
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _session(at_once: int, proxy: str | None, *traces: TraceConfig) -> ClientSession:
    connector = TCPConnector(limit=at_once, ssl=trusted())
    return ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        proxy=proxy,
        trace_configs=list(traces),
        timeout=_times(None),
    )


def _times(silence: float | None) -> ClientTimeout:
    """Waiting for a connection that is free is not limited: nothing is lost by it."""
    return ClientTimeout(total=None, connect=None, sock_connect=CONNECT_SECONDS, sock_read=silence)


def _patient_while_it_goes_on() -> TraceConfig:
    async def went_on(session: ClientSession, context: SimpleNamespace, params: TraceRequestChunkSentParams) -> None:
        patience: asyncio.Timeout = context.trace_request_ctx
        patience.reschedule(asyncio.get_running_loop().time() + SILENT_SECONDS)

    trace = TraceConfig()
    trace.on_request_chunk_sent.append(went_on)
    return trace


@contextmanager
def _as_the_library_says() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:  # aiohttp's own are that too
        raise TimedOut(type(error).__name__) from error
    except (ClientError, OSError) as error:
        raise NetworkError(type(error).__name__) from error
