"""What can be wrong with a database, as types that every layer knows."""

from __future__ import annotations

from enum import StrEnum

from core.errors import CutroomError


class Trouble(StrEnum):
    """What can be wrong with a database."""

    LOCKED = "locked"  # another program holds it
    FULL = "full"  # no space on its disk
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # the server does not let us in
    OTHER = "other"


class StorageTrouble(CutroomError):
    """The database could not do it; what was saved before stands, and nothing of this was saved."""

    def __init__(self, kind: Trouble, where: str) -> None:
        super().__init__(f"{kind.value}: {where}")
        self.kind = kind
        self.where = where


class StoreTooNew(CutroomError):
    """The database was written by a newer Cutroom; this one must not touch it."""
