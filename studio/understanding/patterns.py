"""How the lexicons match: an English word whole, a Chinese one anywhere. Pure."""

from __future__ import annotations

import re


def words(english: str, chinese: str = "") -> re.Pattern[str]:
    parts = [rf"\b(?:{english})\b"] + ([f"(?:{chinese})"] if chinese else [])
    return re.compile("|".join(parts))
