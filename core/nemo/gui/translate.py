"""The backend talks as if the user saw its editor: "click Export", "打开时间线". Here that becomes actions.

Content stays, instructions go: whole sentences, or single clauses of them with the clauses that mean nothing
without them. A text without any instruction comes back unchanged to the character. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from core.nemo.gui import chinese as gui_chinese
from core.nemo.gui import english as gui_english
from core.nemo.gui.actions import Action, EditInstead, Found, Offer, RunExport, SendFile, ShowCredits, ShowTimeline
from core.nemo.gui.clauses import (
    Clause,
    balanced,
    clauses,
    continued,
    invites,
    is_next_step,
    is_optional,
    leaves_it_open,
    sentences,
    widened,
    without,
)
from core.nemo.gui.content import Content
from core.nemo.gui.options import is_option, is_question, is_vague, offered

__all__ = [
    "Action",
    "EditInstead",
    "Offer",
    "RunExport",
    "SendFile",
    "ShowCredits",
    "ShowTimeline",
    "Translated",
    "translate",
]

_ITEM = re.compile(
    r"\s*(?:(?P<number>\d{1,2})(?P<dot>[.)、]\s*)|[-*•·▪–]\s+|[①-⑳]\s*|(?:step|步骤)\s*\d+\s*[:.：]\s*|第[一二三四五]步[:：,，]?\s*)",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(?:(?<=\s)|(?<=[：:。；]))(?=[2-9](?:[.](?!\d)|[)、])\s*\S)|(?<=[：:]\s)(?=1[.)、]\s*\S)|(?<=：)(?=1[.)、]\s*\S)"
)
_LONGEST = 2000  # characters of a sentence or line that is looked into; people do not write longer ones
_ASIDE = re.compile(r" ?[(（]([^()（）]*)[)）]")


@dataclass(frozen=True, slots=True)
class Translated:
    """`text` for the user, "" if nothing but instructions was said; `actions` in order, none twice."""

    text: str
    actions: tuple[Action, ...] = ()


def translate(text: str) -> Translated:
    content = Content(text)
    translation = _Translation()
    lines = [_Line.of(line) for whole in content.visible.split("\n") for line in _spread(whole)]
    for line in lines:
        line.kept = translation.line(line.body, is_item=bool(line.mark))
    if not translation.found:
        return Translated(text)
    joined = "\n".join(_assembled(lines))
    tidy = re.sub(r"\n{3,}", "\n\n", joined).strip()
    actions = (_restored(action, content) for action in translation.actions)
    return Translated(content.restored(tidy), tuple(dict.fromkeys(actions)))


def _restored(action: Action, content: Content) -> Action:
    match action:
        case EditInstead(words) | Offer(words):
            return replace(action, words=content.restored(words))
        case _:
            return action


def _find(clause: str) -> Found | None:
    return gui_english.find(clause) or gui_chinese.find(clause)


def _whole_request(action: Action | None, parts: list[Clause], place: int) -> tuple[Action | None, set[int]]:
    """A request with the clause that goes on with it, and the places taken: "drag it down, then trim it"."""
    if not isinstance(action, EditInstead | Offer) or not continued(parts, place):
        return action, set()
    after = parts[place + 1]
    if _begins(after.text):
        return action, set()
    return replace(action, words=f"{action.words}{after.before}{after.text}"), {place + 1}


def _begins(text: str) -> bool:
    """Whether an instruction begins here."""
    found = _find(text)
    return found is not None and found.start == 0


def _spread(line: str) -> list[str]:
    """ "1. Click Export 2. Choose MP4" as two lines, if there is an instruction in it."""
    if len(line) > _LONGEST:
        return [line]
    pieces = [piece for piece in _INLINE.split(line) if piece]
    return pieces if any(_find(piece[(m.end() if (m := _ITEM.match(piece)) else 0) :]) for piece in pieces) else [line]


@dataclass(slots=True)
class _Line:
    """`mark` is a list item's number or bullet."""

    mark: str
    body: str
    number: int | None
    kept: str = ""

    @classmethod
    def of(cls, line: str) -> _Line:
        item = _ITEM.match(line)
        mark = item[0] if item else ""
        number = int(item["number"]) if item and item["number"] else None
        return cls(mark, line[len(mark) :], number)

    @property
    def gone(self) -> bool:
        return bool(self.body.strip()) and not self.kept.strip()

    @property
    def heads(self) -> bool:
        return self.kept.rstrip(" *").endswith((":", "："))


def _assembled(lines: list[_Line]) -> list[str]:
    """The lines that are left: lists numbered anew, headings of emptied lists gone."""
    out: list[str] = []
    number = 0
    for place, line in enumerate(lines):
        number = 0 if not line.mark else number
        if line.heads and _emptied(lines[place + 1 :]):
            line.kept = "".join(sentences(line.kept)[:-1]).rstrip()
        if line.gone:
            continue
        if line.number is None:
            out.append(line.mark + line.kept)
        else:
            number = number + 1 if number else min(line.number, _first(lines, place))
            out.append(line.mark.replace(str(line.number), str(number), 1) + line.kept)
    return out


def _first(lines: list[_Line], place: int) -> int:
    """The number with which the list around a line begins."""
    while place and lines[place - 1].mark:
        place -= 1
    return lines[place].number or 1


def _emptied(rest: list[_Line]) -> bool:
    items = []
    for line in rest:
        if not line.mark and line.body.strip():
            break
        items += [line] if line.mark else []
    return bool(items) and all(line.gone for line in items)


@dataclass(slots=True)
class _Translation:
    """Goes through a text once. `stepping`: an instruction was left out and its next steps may follow. `before` is the
    sentence before; `options`: the heading of the list that is gone through leaves its items to the user."""

    actions: list[Action] = field(default_factory=list)
    found: bool = False
    stepping: bool = False
    before: str = ""
    options: bool = False

    def line(self, line: str, *, is_item: bool) -> str:
        if line.strip() and not is_item:
            self.options = line.rstrip(" *_").endswith((":", "：")) and is_option(line)
        out: list[str] = []
        for sentence in sentences(line):
            kept = self._sentence(_ASIDE.sub(self._aside, sentence))
            if not kept.strip() and sentence.strip() and out and invites(out[-1]):
                out.pop()
            out.append(kept)
            self.before = sentence if sentence.strip() else self.before
        text = "".join(out)
        return text if text == line else balanced(text)

    def _aside(self, aside: re.Match[str]) -> str:
        return "" if not self._sentence(aside[1]).strip() and aside[1].strip() else aside[0]

    def _sentence(self, sentence: str) -> str:
        if len(sentence) > _LONGEST:
            return sentence
        parts, mark = clauses(sentence, _begins)
        dropped: set[int] = set()
        touched = False
        optional = self.options or is_question(self.before) or is_option(sentence)
        for place, clause in enumerate(parts):
            found = _find(clause.text) if place not in dropped else None
            if found is None:
                continue
            touched = True
            action, taken = _whole_request(found.action, parts, place)
            dropped |= taken | ({place + 1} if leaves_it_open(parts, place) else set())
            self._note(action, optional=optional or is_optional(parts, place))
            rest = clause.text[: found.start].rstrip()
            parts[place] = Clause(clause.before, rest)
            dropped |= set() if rest else {place}
        if not touched:
            return self._plain(sentence)
        self.found = self.stepping = True
        kept = without(parts, widened(parts, dropped))
        return kept + (mark or " ") if kept else ""

    def _plain(self, sentence: str) -> str:
        if self.stepping and is_next_step(sentence):
            return ""
        self.stepping = self.stepping and not sentence.strip()
        return sentence

    def _note(self, action: Action | None, optional: bool) -> None:
        match action:
            case None:
                return
            case SendFile() if optional:
                return
            case EditInstead(words) if optional or is_vague(words):
                self.actions += offered(words, self.before)
            case _:
                self.actions.append(action)
