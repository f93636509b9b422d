"""Labelled prompts, and how what was understood of one is judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from core.intents import Credits, Export, Status, Upload, intent_of
from studio.agent.tool_calls import calls_of
from studio.understanding import Ask, Dropped, Offer, Redo, Request, Understood, Undo, understand

Json = dict[str, Any]
HERE = Path(__file__).parent
_ROUTES = {Export: "export", Credits: "credits", Status: "status", Upload: "upload"}
_SAYS_NOTHING = ("query", "style")  # what is only repeated, and what changes no picture
CLARIFY: Json = {"op": "clarify"}


class Verdict(Enum):
    RIGHT = "right at once"
    TAP = "right with one tap"
    ASKED = "asked"
    WRONG_OFFER = "wrong offer"
    WRONG = "wrong"


@dataclass(frozen=True)
class Prompt:
    """`expect` are tool calls as `agent.tool_calls` writes them; `{"op": "clarify"}` where nothing may be done."""

    text: str
    media: str
    expect: tuple[Json, ...]
    batch: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.media.split("+")) - {"any", ""}


def prompts_of(path: Path) -> Iterator[Prompt]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield Prompt(row["text"], row.get("media", "video"), tuple(row["expect"]), row.get("batch", ""))


def understood(prompt: Prompt) -> tuple[list[Json], bool]:
    """What the project makes of it, a route of the core or else an edit of the studio; and whether that is offered."""
    for kind, name in _ROUTES.items():
        if isinstance(intent_of(prompt.text, has_files=prompt.media != "any"), kind):
            return [{"op": name}], False
    request = understand(prompt.text, prompt.kinds)
    return calls(request.reading if isinstance(request, Offer) else request), isinstance(request, Offer)


def calls(request: Request) -> list[Json]:
    match request:
        case Undo(count):
            return [{"op": "undo", "count": count} if count > 1 else {"op": "undo"}]
        case Redo():
            return [{"op": "redo"}]
        case Understood(operations):
            return [call for operation in operations for call in calls_of(operation)]
        case Ask() | Dropped() | Offer():
            return [CLARIFY]


def judge(prompt: Prompt) -> Verdict:
    """A question is right only where one was expected, whatever it is about; so is an offer that can be declined."""
    made, offered = understood(prompt)
    expected = list(prompt.expect)
    if expected == [CLARIFY] or expected[0]["op"] == "clarify":
        return Verdict.RIGHT if made == [CLARIFY] else Verdict.WRONG_OFFER if offered else Verdict.WRONG
    if made == [CLARIFY]:
        return Verdict.ASKED
    if _plain(made) == _plain(expected):
        return Verdict.TAP if offered else Verdict.RIGHT
    return Verdict.WRONG_OFFER if offered else Verdict.WRONG


def _plain(made: list[Json]) -> list[str]:
    """In no order, and with what is kept for what is cut at an end."""
    rows = [{k: float(v) if type(v) is int else v for k, v in call.items() if k not in _SAYS_NOTHING} for call in made]
    return sorted(json.dumps(row, sort_keys=True) for row in _kept(rows))


def _kept(rows: list[Json]) -> list[Json]:
    """Cuts at the very start and the very end as the part that they leave."""
    cuts = [row for row in rows if row["op"] == "cut"]
    heads = [row for row in cuts if row["start"] == 0 and isinstance(row["end"], float)]
    tails = [row for row in cuts if row["end"] is None and isinstance(row["start"], float) and row["start"] > 0]
    if not cuts or len(heads) > 1 or len(tails) > 1 or len(cuts) > len(heads) + len(tails):
        return rows
    start, end = (heads[0]["end"] if heads else 0.0), (tails[0]["start"] if tails else None)
    return [*(row for row in rows if row["op"] != "cut"), {"op": "trim", "start": start, "end": end}]


@cache
def prompts() -> tuple[Prompt, ...]:
    """The corpus: read when a test asks for it, not when tests are collected."""
    return tuple(prompts_of(HERE / "prompts.jsonl"))
