"""What goes wrong on purpose: slow answers, lost answers, broken connections, pages of a proxy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """`LOSE` takes the call and drops its answer: the caller cannot know. `RESET` drops the call untaken."""

    DELAY = "delay"
    LOSE = "lose"
    RESET = "reset"
    STATUS = "status"  # a JSON error of the server
    PAGE = "page"  # HTML of a proxy before it


@dataclass
class Fault:
    """Strikes the next `times` calls of `method` ("" for any) in `chat` (None for any). `delay` in seconds of the
    server's clock comes before whatever the kind does."""

    kind: Kind
    method: str = ""
    times: int = 1
    delay: float = 0.0
    status: int = 502
    chat: int | None = None


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.struck: list[tuple[str, Kind]] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, chat: str) -> Fault | None:
        """The fault that strikes this call, counted off."""
        for fault in self._waiting:
            if fault.method.lower() in ("", method) and fault.chat in (None, _number(chat)):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                self.struck.append((method, fault.kind))
                return fault
        return None


def _number(chat: str) -> int | None:
    try:
        return int(chat)
    except ValueError:
        return None
