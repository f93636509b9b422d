"""The studio's refusals: the code and sentence that the API answers with."""

from __future__ import annotations

import errno
import sqlite3


class ApiError(Exception):
    """A refusal with its published code. `http` is the status; most codes are sent with 200 and a body."""

    def __init__(self, code: int, message: str, *, http: int = 200) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.http = http


def bad_token() -> ApiError:
    return ApiError(1001, "The token is invalid or has expired.")


def no_session() -> ApiError:
    return ApiError(1002, "Session not found.")


def no_credits() -> ApiError:
    return ApiError(2001, "Not enough credits.")


def unsupported(message: str) -> ApiError:
    return ApiError(4001, message)


def too_large(how: str) -> ApiError:
    """`how` is the limit in words: "larger than 500 MB"."""
    return ApiError(4002, f"The file is {how}.")


DISK_FULL = "The server's disk is full."
NO_SOUND = "There is no sound to export."


def disk_full() -> ApiError:
    return ApiError(507, DISK_FULL, http=507)


def broken() -> ApiError:
    return ApiError(5000, "Something broke on the server.", http=500)


def is_disk_full(error: BaseException) -> bool:
    """Whether an error of the system or of SQLite means a full disk."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def not_understood(message: str) -> ApiError:
    """The request itself is wrong. There is no published code for this, so HTTP's 422 is used."""
    return ApiError(422, message, http=422)
