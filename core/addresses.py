"""Which network addresses are on the public internet, and so which links other people can open. Pure."""

from __future__ import annotations

import ipaddress
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


def is_public_host(host: str) -> bool:
    """Whether an IP address or a name may be everybody's, by what it says. Nothing is asked."""
    try:
        return is_public(host)
    except ValueError:
        labels = host.rstrip(".").lower().split(".")
    # "127.1" and "0x7f.1" are addresses too, in spellings that only some programs understand.
    return len(labels) > 1 and all(labels) and labels[-1][0].isalpha() and labels[-1] not in _LOCAL


def looks_public(url: str) -> bool:
    """Whether an http or https link may be one that everybody can open, by what it says of its host."""
    return is_public_host(host_of(url))


def host_of(url: str) -> str:
    """The host of an http or https link in lower case, without a final dot; "" for anything else."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""
