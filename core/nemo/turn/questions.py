"""The studio's key about its open question, read as what a stranger sent: what is not as agreed counts as not said.

The key stands in `actions.stateDelta` of a turn's words:

    "cutroom:question": null | {"id", "kind": "ask" | "offer", "text", "choices": [{"label", "say"}, …]}

With `"wants": "file"` in it, a file alone is an answer.
"""

from __future__ import annotations

import re

from core.nemo.events import Asking
from core.question import Choice, Question, QuestionKind

KEY = "cutroom:question"
NOT_ANSWERED = "none"  # in place of a question's id: no question may have it
LONGEST_TEXT, LONGEST_LABEL, LONGEST_SAY = 1000, 40, 200  # characters
MOST_CHOICES = 5
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_asking(delta: object) -> Asking | None:
    """What the change of a state says about the open question; None where it says nothing, or nothing sound."""
    if not isinstance(delta, dict) or KEY not in delta:
        return None
    said = delta[KEY]
    if said is None:
        return Asking(None)
    question = _question(said) if isinstance(said, dict) else None
    return Asking(question) if question else None


def _question(said: dict[str, object]) -> Question | None:
    name, kind, text, choices = (said.get(key) for key in ("id", "kind", "text", "choices"))
    if not isinstance(name, str) or not _ID.fullmatch(name) or name == NOT_ANSWERED:
        return None
    if not isinstance(kind, str) or kind not in set(QuestionKind) or not isinstance(choices, list):
        return None
    read = [_choice(each) for each in choices[: MOST_CHOICES + 1]]
    if not isinstance(text, str) or not 0 < len(text.strip()) <= len(text) <= LONGEST_TEXT:
        return None
    if len(read) > MOST_CHOICES or None in read:
        return None
    wants_file = said.get("wants") == "file"
    return Question(name, QuestionKind(kind), text.strip(), tuple(choice for choice in read if choice), wants_file)


def _choice(said: object) -> Choice | None:
    if not isinstance(said, dict):
        return None
    label, say = said.get("label"), said.get("say")
    if not _is_line(label, LONGEST_LABEL) or not _is_line(say, LONGEST_SAY):
        return None
    return Choice(str(label).strip(), str(say).strip())


def _is_line(text: object, longest: int) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= len(text) <= longest and text.isprintable()
