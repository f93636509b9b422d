"""How much of the corpora a run tries: a sample that is the same in every run, or everything (`make test-words`)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")


def sample(items: Sequence[T], size: int | None) -> list[T]:
    """`size` of the items; all of them where it is None or there are no more."""
    if size is None or size >= len(items):
        return list(items)
    return random.Random(7).sample(items, size)


def sizes(size: int) -> pytest.MarkDecorator:
    """Runs a test with a `size` to sample; with None as well, which is everything, where `words` are asked for."""
    return pytest.mark.parametrize(
        "size", [pytest.param(size, id="sample"), pytest.param(None, id="all", marks=pytest.mark.words)]
    )
