"""Links to media in a message: found by their file type, and only public ones."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from core.files import UPLOADABLE

# Chinese goes on without a space behind an address, so an address ends at its first letter.
_ADDRESS = re.compile(r"https?://[!#-&(-;=?-_a-z~]+", re.IGNORECASE)
_PRIVATE_NAMES = ("localhost", "local", "internal", "lan", "home", "corp", "arpa", "test", "invalid", "onion")


def media_urls(text: str) -> list[str]:
    """The public http(s) addresses in `text` whose path ends in a media type, each once, in order."""
    found = (_trimmed(address) for address in _ADDRESS.findall(text))
    return list(dict.fromkeys(url for url in found if _is_public_media(url)))


def without_urls(text: str, urls: Iterable[str]) -> str:
    """`text` without these addresses and without the gaps they leave."""
    for url in sorted(urls, key=len, reverse=True):
        text = text.replace(url, " ")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _trimmed(address: str) -> str:
    """`address` without the sentence's punctuation behind it."""
    while address and (address[-1] in ".,:;!?*_~\"'" or (address[-1] in ")]" and not _closes(address))):
        address = address[:-1]
    return address


def _closes(address: str) -> bool:
    opening = {")": "(", "]": "["}[address[-1]]
    return address.count(opening) >= address.count(address[-1])


def _is_public_media(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    extension = parts.path.rpartition(".")[2].lower()
    return extension in UPLOADABLE and parts.username is None and _is_public(host)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        labels = host.rstrip(".").split(".")
    # "127.1" and "0x7f.1" are addresses too, in spellings that only some readers understand.
    is_name = len(labels) > 1 and all(labels) and labels[-1][0].isalpha()
    return is_name and labels[-1] not in _PRIVATE_NAMES
