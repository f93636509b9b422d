"""Whether everybody can reach what a link leads to, as the name service has it."""

from __future__ import annotations

import asyncio
import socket

from core.addresses import host_of, is_public, looks_public


async def leads_to_public(url: str) -> bool:
    """Whether everybody can open a link: all addresses of its host are public.

    A name that cannot be resolved here is believed: where a proxy goes between, only the proxy resolves names.
    """
    if not looks_public(url):
        return False
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host_of(url), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True
    return all(is_public(str(address[0])) for *_, address in found)
