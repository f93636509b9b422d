"""Whom this program trusts over TLS: the same for all that it asks."""

from __future__ import annotations

import functools
import ssl

import httpx


@functools.cache
def trusted() -> ssl.SSLContext:
    """One for all connections: reading a hundred certificates takes 30 ms, and a bot opens six pools when it starts."""
    return httpx.create_ssl_context()
