"""What a message, or a part of one, is about, by the concepts of its words: it has to consist of them, and they have to
fit together.

A word that no rule expects makes it a request for the agent: "stop the music" has one, "stop it" has none.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.intents.model import Act, Cancel, Credits, Export, Help, Intent, NeverMind, NewProject, Status, Upload
from core.intents.plain import QUOTED
from core.intents.reading import Word, read

Condition = Callable[[Sequence[Word]], bool]


@functools.lru_cache(maxsize=512)  # of one message, many parts are looked at, and some of them often
def decide(said: str, *, asked: bool = False) -> Intent | None:
    """`said` in plain words and simplified characters; `asked` says that it ended with a question mark."""
    words = read(said)
    return next((rule.intent for rule in _rules() if rule.fits(words, asked=asked)), None)


@dataclass(frozen=True, slots=True)
class Rule:
    """Fits where each of `needs` has a word, and every word is one of `needs`, of `may` or says nothing. As many as
    `slack` others may be anything that does not speak of the film."""

    intent: Intent
    needs: tuple[frozenset[str], ...]
    may: frozenset[str]
    also: Condition
    question: bool
    slack: int

    def fits(self, words: Sequence[Word], *, asked: bool) -> bool:
        return (
            (asked or not self.question)
            and self._expects(words)
            and all(any(word.concepts & need for word in words) for need in self.needs)
            and self.also(words)
        )

    def _expects(self, words: Sequence[Word]) -> bool:
        strange = [word for word in words if not word.concepts & self.may]
        return len(strange) <= self.slack and all(_is_harmless(word) for word in strange)


def _is_harmless(word: Word) -> bool:
    return word.concepts.isdisjoint(("edit", "sound", "not", "stop", "new_project", "restart")) and word.text != QUOTED


def _has(words: Sequence[Word], concepts: str) -> bool:
    return any(not word.concepts.isdisjoint(concepts.split()) for word in words)


def _said(words: Sequence[Word], *texts: str) -> bool:
    return any(word.text in texts for word in words)


def _always(words: Sequence[Word]) -> bool:
    return True


def _begins_to_stop(words: Sequence[Word]) -> bool:
    """ "Stop the export", but not "export, stop": that is two wishes."""
    return "stop" in next(word for word in words if word.concepts & {"stop", "export"}).concepts


def _asks_whether_stopped(words: Sequence[Word]) -> bool:
    """ "Did you stop it?", but not "is it still going? Stop it"."""
    heavy = [
        word.concepts for word in words if not word.concepts & {"filler", "it"} or word.concepts & {"asks", "stop"}
    ]
    return any("asks" in one and "stop" in next_one for one, next_one in pairwise(heavy))


def _exports_nothing(words: Sequence[Word]) -> bool:
    """ "Export it, start over" is two wishes."""
    return not _has(words, "export")


def _is_definite(words: Sequence[Word]) -> bool:
    """Whether the project's own file is meant: "the video", 成品, but not "a video" and not "videos"."""
    return not _has(words, "some") and (_has(words, "final") or _said(words, "the", "my", "our", "that", "this"))


def _is_not_any(words: Sequence[Word]) -> bool:
    """ "Give me a video" is no export; "give me an MP4" and "give me a link" are."""
    return not _has(words, "some") or _has(words, "format final link")


def _is_no_order(words: Sequence[Word]) -> bool:
    """ "Balance left and right" is one."""
    return words[0].text != "balance"


def _asks_how(words: Sequence[Word]) -> bool:
    return any(word.text.startswith(_QUESTIONS) for word in words)


def _ends_done(words: Sequence[Word]) -> bool:
    return "done" in words[-1].concepts


def _is_bare(words: Sequence[Word]) -> bool:
    """ "How long?", but not "how long is it?", which is about the video."""
    return not _said(words, "is", "it", "this", "that", "it's", "这个", "这")


def _is_of_account(words: Sequence[Word]) -> bool:
    """ "Balance it" and "cut the credits" are about the film."""
    return _has(words, "what how_many left cost buy show asks can where not how_to") or not _has(
        words, "it result work"
    )


def _runs_low(words: Sequence[Word]) -> bool:
    return _said(words, "enough", "够", "够不够", "不够", "够用") or any(
        " out" in w.text or "low" in w.text for w in words
    )


_QUESTIONS = ("what", "how", "where", "any", "are", "is", "did", "have", "still", "怎", "哪", "什么", "啥", "到", "几")
_PROJECT = "it result final work"
_OF_NEW = "fine it want can stop let_be some work act again"
_OF_HELP = "it want can show give some how_to fine have what new_project"
_HOW = "give export have stop new_project restart link"
_UNDER_WAY = "takes done done_yet export exported work yet give have can"
_OF_CREDITS = (
    "it what how_many left cost buy show give have asks can export work result final some yet want takes not how_to"
    " where where_to done done_yet credit format act"
)
_OF_STATUS = (
    f"{_PROJECT} export exported asks done done_yet yet what left show give have some takes timeline can how_long where"
    " want act how_to"
)
_OF_EXPORT = f"{_PROJECT} fine sound format as have give link can want some again yet show where_to export"


@functools.cache
def _rules() -> tuple[Rule, ...]:
    """The first that fits decides."""
    return (*_of_beginning_and_end(), *_of_account(), *_of_progress(), *_of_result())


def _of_beginning_and_end() -> tuple[Rule, ...]:
    return (
        _rule(Cancel(), "stop", may="fine it work let_be can", also=_begins_to_stop),
        _rule(NeverMind(), "let_be", may="it fine work"),
        _rule(NewProject(), "new_project restart", may=_OF_NEW, also=_exports_nothing),
        _rule(Help(), "help", may="it want can show give some how_to fine have what"),
        _rule(
            Help(), "help", may="it want can show give some how_to fine have what new_project", also=_asks_how, slack=1
        ),
        _rule(Upload(), "how_to where_to", "upload", may=f"{_PROJECT} some sound can want link format act"),
        _rule(Help(), "can", "upload", may=f"{_PROJECT} some sound link format"),
        _rule(Help(), "how_to", _HOW, may=f"{_PROJECT} some sound can want format as again act fine condition done"),
        _rule(Help(), "can", "stop export new_project restart", "condition", may=f"{_PROJECT} done fine"),
    )


def _of_account() -> tuple[Rule, ...]:
    return (
        _rule(Credits(), "credit", may=_OF_CREDITS, also=_is_of_account),
        _rule(Credits(), "credit", "what how_many left cost asks", may=_OF_CREDITS, also=_is_no_order, slack=2),
        _rule(Credits(), "cost", may=_OF_CREDITS, slack=1),
        _rule(Credits(), "buy", may="credit how_to can want some left where_to"),
        _rule(Credits(), "how_many", "left", may="export work asks yet what have show act"),
        _rule(Credits(), "left", may="asks export work yet have some", also=_runs_low),
    )


def _of_progress() -> tuple[Rule, ...]:
    return (
        _rule(Status(), "state", may=_OF_STATUS),
        _rule(Status(), "state", may=_OF_STATUS, also=_asks_how, slack=1),
        _rule(Status(), "timeline", may="show what result work it left give asks yet some how_many"),
        _rule(Status(), "how_long", _UNDER_WAY, may=f"{_PROJECT} left want asks state some act how_to", slack=1),
        _rule(Status(), "how_long", may="yet", also=_is_bare),
        _rule(Status(), "when", "done export exported have give work can takes", may=f"{_PROJECT} yet act"),
        _rule(Export(), "can", "export", may=f"{_PROJECT} fine done_yet sound format as have link want again yet"),
        _rule(Export(), "can", "give", "final link format", may=f"{_PROJECT} fine done_yet have again yet"),
        _rule(Status(), "done_yet", may=f"{_PROJECT} done export yet asks upload have give can how_to act"),
        _rule(
            Status(),
            "asks",
            "done exported export work have give",
            may=f"{_PROJECT} yet done_yet state as act fine",
            slack=1,
        ),
        _rule(Status(), "asks", "stop", may=f"{_PROJECT} yet done_yet done state fine", also=_asks_whether_stopped),
        _rule(Status(), "yet", "done exported", may=f"{_PROJECT} export asks"),
        _rule(Status(), "done", may=f"{_PROJECT} export asks yet", also=_ends_done, question=True),
        _rule(Status(), "where", "result export work", may="it final yet done exported"),
    )


def _of_result() -> tuple[Rule, ...]:
    return (
        _rule(Export(), "export", may=_OF_EXPORT),
        _rule(Export(), "give", "result final sound format link it", may=_OF_EXPORT, also=_is_not_any),
        _rule(Export(), "give", "fine"),
        _rule(Export(), "have want", "result final", may=_OF_EXPORT, also=_is_definite),
        _rule(Export(), "show", "final", may="it result work fine can want link again", also=_is_definite),
        _rule(Export(), "link", may=f"{_PROJECT} fine give have want can where show some export"),
    )


def _rule(
    intent: Intent, *needs: str, may: str = "", also: Condition = _always, question: bool = False, slack: int = 0
) -> Rule:
    """Concepts are parted by spaces. A reason may be told with any question, and one may ask in doubt."""
    needed = tuple(frozenset(need.split()) for need in needs)
    aside = () if isinstance(intent, Act) else ("doubt", "reason", "waited", "size")
    return Rule(intent, needed, frozenset({"filler", *aside, *may.split()}).union(*needed), also, question, slack)
