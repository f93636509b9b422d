"""Fetches files by link. Links are untrusted, and this machine can reach hosts that their senders cannot."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import PurePath
from urllib.parse import unquote

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from core.addresses import is_public
from studio.errors import is_disk_full, not_understood
from studio.files.limits import Limits
from studio.files.uploads import EXTENSIONS
from studio.settings import StudioSettings

_CHUNK = 256 * 1024
_REDIRECTS = 5
_BY_TYPE = {
    "video/mp4": "mp4", "video/quicktime": "mov", "video/x-msvideo": "avi", "video/webm": "webm",
    "video/x-matroska": "mkv", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
    "audio/mpeg": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "audio/mp4": "m4a", "audio/aac": "aac",
}  # fmt: skip


class Fetcher:
    """GETs http and https links at public addresses."""

    def __init__(self, settings: StudioSettings) -> None:
        self._limits = Limits(settings)
        self._timeout = settings.link_timeout
        self._allow_private = settings.allow_private_urls

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
        """Yields the file's name and bytes. Raises `ApiError`: 422 for the link, 4001 and 4002 for the file."""
        try:
            async with self._client() as client, self._get(client, url) as response:
                self._limits.check_size(response.content_length or 0)
                yield _name(response), response.content.iter_chunked(_CHUNK)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            if is_disk_full(error):  # of whoever writes down what comes
                raise
            raise not_understood("The link could not be fetched.") from error

    def _client(self) -> aiohttp.ClientSession:
        """A client without cookies and without proxies of the environment: a proxy would resolve names by itself."""
        resolver = None if self._allow_private else PublicOnly()
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver or ThreadedResolver()),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=self._timeout),
            trust_env=False,
        )

    @asynccontextmanager
    async def _get(self, client: aiohttp.ClientSession, url: str) -> AsyncIterator[aiohttp.ClientResponse]:
        target = URL(url)
        for _ in range(_REDIRECTS + 1):
            self._check(target)
            async with client.get(target, allow_redirects=False) as response:
                if response.status in (301, 302, 303, 307, 308):
                    target = target.join(URL(response.headers.get("Location", "")))
                    continue
                if response.status != 200:
                    raise not_understood(f"The link answered {response.status}.")
                yield response
                return
        raise not_understood("The link redirects too often.")

    def _check(self, url: URL) -> None:
        """Checks a URL. A literal address is never resolved, so it is checked here."""
        if url.scheme not in ("http", "https") or not url.host or url.user:
            raise not_understood("Only plain http and https links are fetched.")
        if self._allow_private:
            return
        try:
            literal = ipaddress.ip_address(url.host)
        except ValueError:
            return
        if not is_public(str(literal)):
            raise not_understood("The link leads to a private address.")


class PublicOnly(AbstractResolver):
    """Resolves names to public addresses only. The connection is made to the address that was checked, so a name that
    resolves to another one a moment later changes nothing.
    """

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if any(not is_public(result["host"]) for result in found):
            raise OSError("a private address")
        return found

    async def close(self) -> None:
        await self._resolver.close()


def _name(response: aiohttp.ClientResponse) -> str:
    """The file name from the Content-Disposition header, else from the link; with an extension from the content type if
    it has none that is supported.
    """
    said = response.content_disposition.filename if response.content_disposition else None
    name = said or unquote(PurePath(response.url.path).name) or "link"
    if PurePath(name).suffix.lower().lstrip(".") in EXTENSIONS:
        return name
    extension = _BY_TYPE.get(response.content_type)
    return f"{name}.{extension}" if extension else name
