"""One turn of the agent as a list of steps. Pure data; whoever plays it does the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Say:
    """Words to the user. A partial one is repeated whole by a later one."""

    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ToolCall:
    id: str
    name: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolResult:
    id: str
    name: str
    response: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """An error within the stream, ready to be written: `data` is what follows "data: "."""

    data: str


@dataclass(frozen=True, slots=True)
class Commit:
    """From here on the edit shows in the state."""


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Close:
    """The stream ends here; `broken` without the end that HTTP owes. What follows is done all the same."""

    broken: bool = False


Event = Say | ToolCall | ToolResult | Report
Step = Event | Commit | Pause | Close
Script = list[Step]
