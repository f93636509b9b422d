"""An address: whether it is a public one, what type of file it leads to, and how every server reads it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from core.addresses import is_public_host

_EVERY_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def is_public_link(link: str) -> bool:
    """Whether anybody may open it: no address of a private network, and no name and password in it."""
    try:
        parts = urlsplit(_with_scheme(link))
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https", "ftp") and parts.username is None and is_public_host(host)


def extension_in(link: str) -> str:
    """The type of the file that a link leads to, "" for none and where no http server hands it out."""
    parts = urlsplit(_with_scheme(link))
    name = parts.path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name and parts.scheme in ("http", "https") else ""


def address_of(link: str) -> str:
    """A link in ASCII letters. What was ASCII stays as it is: it may be signed."""
    link = _with_scheme(link)
    host = urlsplit(link).netloc
    if not host.isascii():
        from yarl import URL  # noqa: PLC0415  # a bot starts sooner without it, and few hosts are not ASCII

        link = link.replace(host, URL(f"https://{host}/").raw_authority, 1)
    return quote(link, safe=_EVERY_ASCII)


def _with_scheme(link: str) -> str:
    return link if re.match(r"\w+://", link) else f"https://{link}"
