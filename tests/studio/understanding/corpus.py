"""Labelled prompts, and how what was understood of one is judged: right, asked back, or wrong."""

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
from studio.understanding import Ask, Redo, Undo, understand

Json = dict[str, Any]
HERE = Path(__file__).parent
_ROUTES = {Export: "export", Credits: "credits", Status: "status", Upload: "upload"}


class Verdict(Enum):
    RIGHT = "right"
    ASKED = "asked"
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


def understood(prompt: Prompt) -> list[Json]:
    """What the project makes of it: a route of the core, else an edit of the studio."""
    for kind, name in _ROUTES.items():
        if isinstance(intent_of(prompt.text, has_files=prompt.media != "any"), kind):
            return [{"op": name}]
    match understand(prompt.text, prompt.kinds):
        case Undo(count):
            return [{"op": "undo", "count": count} if count > 1 else {"op": "undo"}]
        case Redo():
            return [{"op": "redo"}]
        case Ask(about):
            return [{"op": "clarify", "about": about.value}]
        case request:
            return [call for operation in request.operations for call in calls_of(operation)]


def judge(prompt: Prompt) -> Verdict:
    """A question is right only where one was expected, whatever it is about."""
    made = understood(prompt)
    asks = made[0]["op"] == "clarify"
    if prompt.expect[0]["op"] == "clarify":
        return Verdict.RIGHT if asks else Verdict.WRONG
    if asks:
        return Verdict.ASKED
    return (
        Verdict.RIGHT if [_plain(call) for call in made] == [_plain(call) for call in prompt.expect] else Verdict.WRONG
    )


def _plain(call: Json) -> Json:
    return {key: float(value) if isinstance(value, int) else value for key, value in call.items()}


@cache
def prompts() -> tuple[Prompt, ...]:
    """The corpus: read when a test asks for it, not when tests are collected."""
    return tuple(prompts_of(HERE / "prompts.jsonl"))
