"""Which network addresses are on the public internet, and so which links other people can open."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

# Last parts of names that lead somewhere on one machine or in one network only (RFC 6761, RFC 6762, RFC 8375, and by
# habit).
_LOCAL = ("localhost", "localdomain", "local", "internal", "lan", "home", "corp", "arpa", "test", "invalid", "onion")


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; an IPv4 address embedded in IPv6 is unwrapped first."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def looks_public(url: str) -> bool:
    """Whether a link may be one that everybody can open, by what it says of its host. Nothing is asked."""
    host = host_of(url)
    if not host:
        return False
    try:
        return is_public(host)
    except ValueError:
        labels = host.split(".")
    # "127.1" and "0x7f.1" are addresses too, in spellings that only some programs understand.
    return len(labels) > 1 and all(labels) and labels[-1][0].isalpha() and labels[-1] not in _LOCAL


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


def host_of(url: str) -> str:
    """The host of an http or https link in lower case, without a final dot; "" for anything else."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""
