"""Checks single values of an untrusted draft. Pure; the functions raise `TypeError` and `ValueError`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST = 24 * 3600 * 1000  # ms of a project


class BadDraft(Exception):
    """The draft is malformed or empty."""


def mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def listed(value: object, *, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise TypeError("list")
    return value


def text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 500:
        raise TypeError("text")
    return value


def number(value: object, *, most: float, least: float = 0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("number")
    if not least <= value <= most:
        raise ValueError(value)
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("flag")
    return value


def ms(value: object) -> int:
    return round(number(value, most=LONGEST))


def pixels(value: object) -> int:
    return round(number(value, most=16384))


def share(value: object) -> float:
    return float(number(value, most=4))
