"""What the sentences and signs of an end claim, and whether it is so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.soak.faults.truth import Told, Truth


@dataclass(frozen=True)
class Claim:
    """Whoever reads `words` takes `name` for true."""

    name: str
    words: re.Pattern[str]
    holds: Callable[[Truth], bool]


def _claim(name: str, words: str, holds: Callable[[Truth], bool]) -> Claim:
    return Claim(name, re.compile(words, re.IGNORECASE), holds)


def _is_too_large(truth: Truth) -> bool:
    return bool(truth.codes & {413, 4002}) and truth.struck("upload")


def _project_is_too_large(truth: Truth) -> bool:
    return 4002 in truth.codes and truth.struck("run", "render")


CLAIMS = (
    _claim("nothing was started", r"nothing was started|did not begin|was not started", lambda truth: not truth.turns),
    _claim(
        "nothing has changed",
        r"(changed|changes) nothing|nothing (has|in the project) changed|nothing changed|has not shown up",
        lambda truth: not truth.changed,
    ),
    _claim("the edit is made", r"(?<!while the )edit (was|is|has been) made|edit stands", lambda truth: truth.changed),
    _claim("not reached", r"cannot be reached|could not be reached", lambda truth: truth.unclear),
    _claim("did not answer", r"did not answer|connection broke", lambda truth: truth.unclear),
    _claim("refused", r"refused (this|the next step)", lambda truth: truth.refused),
    _claim("the edit was sent", r"edit was sent", lambda truth: bool(truth.turns)),
    _claim("the export was begun", r"export was begun", lambda truth: truth.struck("poll")),
    _claim("no credits", r"credits are used up", lambda truth: 2001 in truth.codes),
    _claim("not in the plan", r"plan does not include", lambda truth: 402 in truth.codes),
    _claim("no access", r"did not let me in|no longer lets this bot in", lambda truth: bool(truth.codes & {401, 1001})),
    _claim("too many requests", r"too many requests|no more free access", lambda truth: 429 in truth.codes),
    _claim("not introduced", r"turned me away", lambda truth: 400 in truth.codes and truth.struck("token")),
    _claim(
        "the earlier project expired",
        r"earlier project ha[sd] expired|had the earlier project",
        lambda truth: truth.lost and truth.older,
    ),
    _claim("the project is gone", r"project is gone|no longer ha[sd] the", lambda truth: truth.lost),
    _claim(
        "not that type",
        r"can't work with|is not a video|could not use|please send one of these",
        lambda truth: bool(truth.codes & {415, 4001}) and truth.struck("upload"),
    ),
    _claim(
        "too large",
        r"the limit is \d|is too large|compress it",
        lambda truth: _is_too_large(truth) or _project_is_too_large(truth),
    ),
    _claim("what was sent is too large", r"the limit is \d|\) is too large|larger than the limit", _is_too_large),
    _claim(
        "the project's files are of a wrong type",
        r"cannot work with the type of a file in this project",
        lambda truth: 4001 in truth.codes and truth.struck("run", "render"),
    ),
    _claim(
        "the project's files are too large",
        r"what is in this project is too large",
        _project_is_too_large,
    ),
    _claim("no room", r"is full at the moment", lambda truth: 507 in truth.codes),
    _claim("nothing to export", r"nothing to export", lambda truth: not truth.has_material),
    _claim("not rendered", r"could not be made", lambda truth: truth.struck("render", "poll")),
    _claim("not fetched", r"could not be fetched", lambda truth: truth.struck("media", "download")),
    _claim("not readable", r"file can't be read", lambda truth: truth.struck("media", "download")),
    _claim("not finished", r"longer than I can wait", lambda truth: truth.struck("render", "poll")),
    _claim("a mistake of ours", r"went wrong on my side", lambda truth: False),
)
_CODE = re.compile(r"\(code (\d+)\)")


def untruths(told: Told, truth: Truth, said: str) -> Iterator[str]:
    """What was claimed and is not so. `said` is everything that was said since the request came."""
    for claim in CLAIMS:
        if claim.words.search(told.text) and not claim.holds(truth):
            yield claim.name
    if (code := _CODE.search(told.text)) and int(code[1]) not in truth.codes:
        yield "another code"
    yield from _signs(told, truth, said)


def _signs(told: Told, truth: Truth, said: str) -> Iterator[str]:
    fulfilled = truth.fulfils(told, said)
    if not fulfilled and ("✅" in told.status or told.sign == "done"):
        yield "done"
    if fulfilled and ("❌" in told.status or told.sign == "failed"):
        yield "failed"


def is_known(text: str) -> bool:
    """Whether an error's sentence is one that is judged here."""
    return bool(_CODE.search(text)) or any(claim.words.search(text) for claim in CLAIMS)
