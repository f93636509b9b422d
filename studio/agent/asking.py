"""The question that a turn leaves open, its choices, and words that answer it. Pure.

It is kept with the session, so that it outlives the studio, and told to the client in a key of our own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

_LONGEST = 1000  # characters of a question that a client need take

# Of each question: what it is, and its choices as label and words. A question that is not here has none.
_OFFERS = frozenset({"no_picture"})
_CHOICES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "ask_keep_or_cut": {
        "en": (("Keep it", "keep"), ("Cut it out", "cut out")),
        "zh": (("保留", "保留"), ("剪掉", "剪掉")),
    },
    "ask_target_format": {
        "en": (("MP3", "to mp3"), ("WAV", "to wav"), ("M4A", "to m4a")),
        "zh": (("MP3", "转成mp3"), ("WAV", "转成wav"), ("M4A", "转成m4a")),
    },
    "no_picture": {
        "en": (("Do it", "make a waveform video of it"), ("No", "no")),
        "zh": (("好", "做成波形视频"), ("不用", "不用")),
    },
}
_WANT_A_FILE = frozenset(
    ("no_files", "needs_picture", "music_needs_file", "file_without_sound", "merge_needs_video", "merge_needs_audio")
)
_NO = frozenset({"no", "nope", "no thanks", "不", "不用", "不要", "不用了", "不了"})


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    """`about` names its sentence, `request` are the words that it asks back about."""

    id: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    about: str
    request: str

    @property
    def told(self) -> dict[str, Any]:
        """What a client is told of it."""
        choices = [asdict(choice) for choice in self.choices]
        wants = {"wants": "file"} if self.about in _WANT_A_FILE else {}
        return {"id": self.id, "kind": self.kind, "text": self.text[:_LONGEST], "choices": choices, **wants}

    @property
    def survives_others(self) -> bool:
        """An offer is about the timeline as it stood."""
        return self.kind == "ask"


def asked(about: str, text: str, request: str, language: str) -> Question:
    """A new question, unlike every other."""
    choices = tuple(Choice(label, say) for label, say in _CHOICES.get(about, {}).get(language, ()))
    kind = "offer" if about in _OFFERS else "ask"
    return Question(uuid.uuid4().hex, kind, text, choices, about, request)


def written(question: Question | None) -> str:
    return json.dumps(asdict(question), ensure_ascii=False) if question else ""


def read(row: str) -> Question | None:
    """What `written` wrote."""
    if not row:
        return None
    kept = json.loads(row)
    return Question(**{**kept, "choices": tuple(Choice(**each) for each in kept["choices"])})


def is_declined(question: Question, words: str) -> bool:
    return question.kind == "offer" and words.strip(" .!。！").casefold() in _NO


def readings(question: Question, words: str) -> Iterator[str]:
    """The request with its answer put in, as one person might have said both at once."""
    request, answer = question.request.rstrip(" .!?。！？"), words.strip()
    match question.about:
        case "ask_text":
            title = answer.strip('“”"')
            yield f"{request} “{title}”"
        case "ask_keep_or_cut":
            yield f"{answer} {request}"
        case _:
            yield f"{request} {answer}"
