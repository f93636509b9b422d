"""What the course counts: turns paid twice and untruths, which have to be 0, and what went wrong beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.soak.faults.cases import Case
from tests.soak.faults.claims import is_known, untruths
from tests.soak.faults.truth import Told, Truth


@dataclass(frozen=True)
class End:
    """One request's end, or that of a "Try again" after it, and what was true then."""

    told: Told
    truth: Truth


@dataclass
class Outcome:
    """Of one case. `untrue` are the claims that were not so, `beside` is what should not be and is no untruth,
    `unknown` are errors' sentences that the course cannot judge. `reached`: the fault struck."""

    case: Case
    ends: Sequence[End] = ()
    repeated: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    reached: bool = True

    @property
    def is_good(self) -> bool:
        return not (self.repeated or self.untrue)


def judge(case: Case, ends: Sequence[End]) -> Outcome:
    said = ""
    untrue: list[str] = []
    unknown: list[str] = []
    for end in ends:
        said = f"{said}\n{end.told.text}"
        untrue += untruths(end.told, end.truth, said)
        errors = [text for text, tone in zip(end.told.texts, end.told.tones, strict=True) if tone == "error"]
        unknown += [text for text in errors if not is_known(text)]
    return Outcome(
        case,
        ends,
        repeated=tuple(_repeated(ends)),
        untrue=tuple(dict.fromkeys(untrue)),
        beside=tuple(dict.fromkeys(_beside(case, ends, said))),
        unknown=tuple(unknown),
        reached=any(end.truth.hits for end in ends),
    )


def _repeated(ends: Sequence[End]) -> Iterable[str]:
    """Words that were paid for twice: within one request, or by trying again although it was known what came of them.

    A turn whose fate nobody could know may be tried again by its person's choice.
    """
    before: Counter[str] = Counter()
    known = False
    for end in ends:
        taken = Counter(turn.words for turn in end.truth.turns)
        for words, count in taken.items():
            fresh = count - before[words]
            if fresh > 1 or (fresh and before[words] and known):
                yield words
        before, known = taken, bool(end.truth.heard or end.truth.changed)


def _beside(case: Case, ends: Sequence[End], said: str) -> Iterable[str]:
    last = ends[-1]
    if any(not end.told.texts for end in ends):
        yield "nothing was said"
    if last.truth.doubled:
        yield "a file stands twice in the project"
    if any(not set(case.story.ask.files) <= set(turn.files) for turn in last.truth.turns):
        yield "a turn without a file of its request"
    heard = [words for words in case.story.words if any(words in turn.turn.text for turn in last.truth.heard)]
    if case.story.turns and any(words not in said for words in heard):
        yield "the agent's words were lost"
    passes = case.kind.is_unclear and case.endpoint != "run"
    if passes and case.times == 1 and not ends[0].truth.fulfils(ends[0].told, ends[0].told.text):
        yield "one fault of a free call ended the request"
    if passes and len(ends) > 1 and not last.truth.fulfils(last.told, said):
        yield "trying again did not help"


@dataclass
class Count:
    """The whole course."""

    outcomes: list[Outcome] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # cases that came to no end
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return not self.broken and all(outcome.is_good for outcome in self.outcomes)

    def __str__(self) -> str:
        reached = sum(outcome.reached for outcome in self.outcomes)
        repeated = sum(bool(outcome.repeated) for outcome in self.outcomes)
        untrue = sum(bool(outcome.untrue) for outcome in self.outcomes)
        return (
            f"{len(self.outcomes)} cases, {reached} met their fault, {self.seconds:.0f} s: "
            f"{repeated} paid a turn twice, {untrue} ended with something untrue, {len(self.broken)} came to no end"
        )

    def kinds(self) -> list[tuple[str, int, str]]:
        """What was wrong, how often, and a case of it; the most frequent first."""
        found: Counter[str] = Counter()
        example: dict[str, str] = {}
        for outcome in self.outcomes:
            names = [
                *(["TWICE: a turn was paid twice"] if outcome.repeated else []),
                *(f"UNTRUE: {name}" for name in outcome.untrue),
                *(f"beside: {name}" for name in outcome.beside),
                *(f"not judged: {text}" for text in outcome.unknown),
            ]
            for name in names:
                found[f"{name} [{outcome.case.endpoint}]"] += 1
                example.setdefault(f"{name} [{outcome.case.endpoint}]", str(outcome.case))
        return [(name, count, example[name]) for name, count in found.most_common()]
