"""What a soak has to answer for: every request's end, their order, and how often the paid step was taken."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# A result, an answer, or an error that a person can act on: with one of these a request is over.
LAST = ("result", "answer", "error")


@dataclass(frozen=True, slots=True)
class Request:
    """`text` is unlike every other request's, so that turns can be told apart."""

    id: str
    chat: str
    text: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """`key` is the message's own, the same when it is said once more; "" where the platform does not tell it."""

    request: str
    chat: str
    kind: str
    at: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`repeats` are messages said once more because nobody knew whether they stood; `too_often` are requests that were
    told more than that: a third time, or a second end of another kind."""

    lost: tuple[str, ...]
    out_of_order: tuple[str, ...]
    turns_twice: tuple[str, ...]
    too_often: tuple[str, ...]
    repeats: int
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.out_of_order or self.turns_twice or self.too_often)

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        return (
            f"{len(self.lost)} lost, {len(self.out_of_order)} out of order, {len(self.turns_twice)} turns taken "
            f"twice, {len(self.too_often)} told too often, {self.repeats} repeated in the unknown window; ends: {ends}"
        )


def judge(requests: Sequence[Request], deliveries: Iterable[Delivery], turns: Iterable[str]) -> Verdict:
    """`turns` are the texts that reached the agent."""
    last = [each for each in deliveries if each.kind in LAST]
    first_of: dict[str, Delivery] = {}
    for each in last:
        first_of.setdefault(each.request, each)
    taken = Counter(text for text in turns)
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for each in last:
        keys[each.request].append(each.key)
    return Verdict(
        lost=tuple(each.id for each in requests if each.id not in first_of),
        out_of_order=tuple(_out_of_order(requests, first_of)),
        turns_twice=tuple(text for text, count in taken.items() if count > 1),
        too_often=tuple(each.id for each in requests if not _at_most_once_more(keys[each.id])),
        repeats=len(last) - len(first_of),
        kinds=Counter(each.kind for each in first_of.values()),
    )


def _at_most_once_more(keys: Sequence[str]) -> bool:
    return len(keys) <= 2 and len(set(keys)) <= 1


def _out_of_order(requests: Sequence[Request], first_of: dict[str, Delivery]) -> Iterable[str]:
    newest: dict[str, float] = {}
    for each in requests:
        found = first_of.get(each.id)
        if found is None:
            continue
        if found.at < newest.get(each.chat, 0.0):
            yield each.id
        newest[each.chat] = max(found.at, newest.get(each.chat, 0.0))
