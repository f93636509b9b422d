"""A studio that offers before it acts: one request is answered with what would be done, and one tap does it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

QUESTION = "cutroom:question"
ANSWERS = "X-Cutroom-Answers"


@dataclass(slots=True)
class Offers:
    """The request `asked` is answered with an offer that says `text`; taken up by the words `yes`, it does what the
    words `does` ask for. `raw` is the key's value where it is to be another one than a good one. `heard` are the words
    of each turn, with what its client said that they answer."""

    asked: str
    does: str
    text: str = "I would cut out 0:00–0:01."
    yes: str = "yes"
    no: str = "no"
    labels: tuple[str, str] = ("Do it", "No")
    raw: Any = None
    open: str = ""
    heard: list[tuple[str, str | None]] = field(default_factory=list)

    def take(self, body: Json, answers: str | None) -> bytes | Json:
        """The whole stream of a turn, or the request as the studio is to get it."""
        words = body["new_message"]["parts"][0]["text"]
        self.heard.append((words, answers))
        if words == self.asked:
            self.open = f"offer-{len(self.heard)}"
            return _saying(self.text, self.raw or self._question(), outcome="asked")
        if not self.open or answers not in (None, self.open):
            return body
        self.open = ""
        if words == self.no:
            return _saying("All right, I left it as it is.", None)
        said = self.does if words == self.yes else words
        return {**body, "new_message": {"parts": [{"text": said}]}}

    def _question(self) -> Json:
        choices = [{"label": label, "say": say} for label, say in zip(self.labels, (self.yes, self.no), strict=True)]
        return {"id": self.open, "kind": "offer", "text": self.text, "choices": choices}


def _saying(text: str, question: Any, outcome: str = "") -> bytes:
    delta = {QUESTION: question, **({"cutroom_outcome": outcome} if outcome else {})}
    content = {"parts": [{"text": text}], "role": "model"}
    event = {"content": content, "author": "nemo_agent", "actions": {"stateDelta": delta}}
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
