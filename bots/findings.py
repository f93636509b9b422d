"""What `cutroom doctor` finds, one line each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is what to do about it; "" where all is well or nothing need be done."""

    subject: str
    fact: str
    remedy: str = ""
