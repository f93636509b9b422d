"""A question about the credits, whatever is told beside it: harmless to answer, so no whole form is asked for."""

from __future__ import annotations

import re

from core.intents.plain import QUOTED

_LONGEST = 100  # letters
_CREDITS = re.compile(
    r"\b(?:my|our|any|many|much|more|enough) (?:\w+ ){0,2}(?:credits?|balance)\b|"
    r"\bcredits? (?:left|remaining|balance|do i|have i|i have)\b|\bin credits\b|积分|余额|点数"
)
_ASKS = re.compile(
    r"\b(?:how many|how much|what|what's|left|remaining|have|check|show|see|tell|enough|balance)\b|"
    r"多少|几|剩|还|够|查|看"
)
# "Credits" roll at the end of a film as well.
_OF_FILM = re.compile(
    r"\b(?:add|put|roll\w*|write|scroll\w*|title|caption|text|outro|intro)\b|\b(?:end|closing|opening|final) credits\b|"
    r"字幕|标题|加|写"
)


def asks_for_credits(said: str) -> bool:
    """`said` as `plain` has it."""
    if len(said) > _LONGEST or QUOTED in said:
        return False
    return bool(_CREDITS.search(said) and _ASKS.search(said)) and not _OF_FILM.search(said)
