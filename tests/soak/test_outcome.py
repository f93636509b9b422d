"""A soak that cannot see a turn must not call itself good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.soak.outcome import lines_out_of_order, outcome_of, words_of


@dataclass(frozen=True)
class Asked:
    number: int
    results: Sequence[object] = ("file",)
    last_words: str = ""

    @property
    def words(self) -> str:
        return words_of(self.number)

    @property
    def is_over(self) -> bool:
        return bool(self.results or self.last_words)


def test_a_turn_that_is_taken_twice_is_counted_and_one_that_is_not_seen_too() -> None:
    asks = [Asked(1), Asked(11), Asked(2)]
    outcome = outcome_of(asks, [words_of(1), words_of(11), words_of(11)], kills=1, seconds=1.0, out_of_order=0)
    assert outcome.turns_twice == {words_of(11): 2}
    assert outcome.uncounted == [words_of(2)]
    assert not outcome.good


def test_what_has_no_end_is_lost_and_a_sentence_is_an_end() -> None:
    asks = [Asked(1, results=()), Asked(2, results=(), last_words="Try again?"), Asked(3, results=("a", "b"))]
    outcome = outcome_of(asks, [words_of(3)], kills=0, seconds=1.0, out_of_order=0)
    assert (outcome.lost, outcome.refused) == ([words_of(1)], [f"{words_of(2)}: Try again?"])
    assert outcome.results_twice == {words_of(3): 1}


def test_answers_that_overtake_each_other_are_told_a_line() -> None:
    assert lines_out_of_order([(1, 10), (2, 12), (1, 11), (2, 9)]) == 1
