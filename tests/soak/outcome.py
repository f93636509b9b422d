"""What came of a platform's soak: counted the same way on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


def words_of(number: int) -> str:
    """A request like no other, so that its turns can be told apart."""
    return f"extract the audio as MP3 (#{number})"


class Ask(Protocol):
    """One request. `answers` is everything that replies to it without its status message, `results` those with files,
    `last_words` what one that ended without a result was told; "" while it has not."""

    @property
    def words(self) -> str: ...
    @property
    def results(self) -> Sequence[object]: ...
    @property
    def last_words(self) -> str: ...
    @property
    def is_over(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """`refused` are requests that ended with a sentence instead of a result: an edit whose fate nobody could know.
    `uncounted` were delivered and no turn of theirs was seen: then turns are not counted at all. `remark` is what only
    this platform has to tell."""

    jobs: int
    kills: int
    seconds: float
    delivered: int
    refused: list[str]
    lost: list[str]
    uncounted: list[str]
    turns_twice: dict[str, int]
    results_twice: dict[str, int]
    out_of_order: int
    remark: str = ""

    @property
    def good(self) -> bool:
        return not (self.lost or self.uncounted or self.turns_twice or self.out_of_order)

    def __str__(self) -> str:
        return (
            f"{self.jobs} jobs, {self.kills} kills, {self.seconds:.0f} s: {self.delivered} delivered, "
            f"{len(self.refused)} ended with a sentence, {len(self.lost)} lost, "
            f"{len(self.turns_twice)} agent turns twice, {sum(self.results_twice.values())} results once more than "
            f"wanted, {self.out_of_order} out of order{self.remark}"
        )


def outcome_of(asks: Sequence[Ask], turns: Iterable[str], kills: int, seconds: float, out_of_order: int) -> Outcome:
    """`turns` are the texts that the backend was asked for, once a turn."""
    taken = Counter(ask.words for text in turns for ask in asks if ask.words in text)
    return Outcome(
        jobs=len(asks),
        kills=kills,
        seconds=seconds,
        delivered=sum(bool(ask.results) for ask in asks),
        refused=[f"{ask.words}: {ask.last_words}" for ask in asks if ask.is_over and not ask.results],
        lost=[ask.words for ask in asks if not ask.is_over],
        uncounted=[ask.words for ask in asks if ask.results and not taken[ask.words]],
        turns_twice={words: count for words, count in taken.items() if count > 1},
        results_twice={ask.words: len(ask.results) - 1 for ask in asks if len(ask.results) > 1},
        out_of_order=out_of_order,
    )


def lines_out_of_order(firsts: Iterable[tuple[int, int]]) -> int:
    """Of `(line, id of the first answer)` in the order of the requests: lines whose answers came in another."""
    lines: dict[int, list[int]] = {}
    for line, answer in firsts:
        lines.setdefault(line, []).append(answer)
    return sum(ids != sorted(ids) for ids in lines.values())
