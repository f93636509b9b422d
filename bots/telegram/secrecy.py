"""Keeps the token out of the logs: every Telegram URL contains it, and the HTTP library logs URLs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

# Those that speak of requests; a filter works at the logger that a record is made by, and at no other.
_TALKATIVE = (
    *("httpx", "httpcore", "httpcore.connection", "httpcore.http11"),
    *("aiohttp.client", "aiohttp.internal", "telegram.Bot", "telegram.request.BaseRequest"),
    "telegram.request.HTTPXRequest",
)


class _WithoutToken(logging.Filter):
    def __init__(self, token: str) -> None:
        super().__init__()
        # The part after the colon is the secret, and in an address the colon may be written as %3A.
        self._secret = token.rpartition(":")[2]

    def filter(self, record: logging.LogRecord) -> bool:
        # With people's messages in it, whole; what could not be read is said where it is left out.
        if str(record.msg).startswith("Error while parsing updates"):
            return False
        # Written out at once: the library puts addresses into what it logged, after it has logged it.
        record.msg, record.args = record.getMessage().replace(self._secret, "<token>"), None
        # A traceback would be written past this, and what happened is told by who asked.
        record.exc_info = record.exc_text = None
        return True


@contextmanager
def kept_out_of_logs(token: str) -> Iterator[None]:
    """While entered no line of those libraries holds the token, whatever level somebody sets."""
    guard = _WithoutToken(token)
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    for logger in loggers:
        logger.addFilter(guard)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(guard)
