"""The question that a turn leaves open and its choices, as a client is told of them. Pure.

It is kept with the session, so that it outlives the studio, and told in a key of our own.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from typing import Any

_LONGEST = 1000  # characters of a question that a client need take
_MOST, _LONGEST_LABEL = 5, 40  # choices, and characters of one

_YES_OR_NO: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("Do it", "yes"), ("No", "no")),
    "zh": (("好", "好"), ("不用", "不用")),
}
# The choices of each question as label and words. A question that is not here has none.
_CHOICES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "offer": _YES_OR_NO,
    "ask_keep_or_cut": {
        "en": (("Keep it", "keep"), ("Cut it out", "cut out")),
        "zh": (("保留", "保留"), ("剪掉", "剪掉")),
    },
    "ask_target_format": {
        "en": (("MP3", "to mp3"), ("WAV", "to wav"), ("M4A", "to m4a")),
        "zh": (("MP3", "转成mp3"), ("WAV", "转成wav"), ("M4A", "转成m4a")),
    },
    "ask_format": {
        "en": (("MP3", "mp3"), ("WAV", "wav"), ("M4A", "m4a")),
        "zh": (("MP3", "mp3"), ("WAV", "wav"), ("M4A", "m4a")),
    },
    "ask_speed": {
        "en": (("1.5×", "1.5x"), ("2×", "2x"), ("0.5×", "0.5x")),
        "zh": (("1.5 倍", "1.5倍"), ("2 倍", "2倍"), ("0.5 倍", "0.5倍")),
    },
    "ask_level": {
        "en": (("Louder", "louder"), ("Quieter", "quieter"), ("50 %", "50%"), ("Twice", "2x")),
        "zh": (("大声点", "大声点"), ("小声点", "小声点"), ("50 %", "50%"), ("两倍", "2倍")),
    },
    "ask_angle": {
        "en": (
            ("90° right", "90 degrees clockwise"),
            ("90° left", "90 degrees anticlockwise"),
            ("180°", "180 degrees"),
        ),
        "zh": (("右转 90°", "顺时针90度"), ("左转 90°", "逆时针90度"), ("180°", "180度")),
    },
    "ask_speed_of_part": {"en": (("All of it", "yes"), ("No", "no")), "zh": (("整体变速", "好"), ("不用", "不用"))},
    "ask_picture": _YES_OR_NO,
    "no_picture": _YES_OR_NO,
    "no_edit": {"en": (("Undo", "undo"),), "zh": (("撤销", "撤销"),)},
}
_OFFERS = frozenset({"offer", "no_picture", "ask_picture"})
_WANT_A_FILE = frozenset(
    ("no_files", "needs_picture", "music_needs_file", "file_without_sound", "merge_needs_video", "merge_needs_audio")
)


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    """`wants` is "file" where a file alone answers it."""

    id: str
    kind: str
    text: str
    choices: tuple[Choice, ...]
    wants: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """What a client is told of it."""
        choices = [asdict(choice) for choice in self.choices]
        wants = {"wants": self.wants} if self.wants else {}
        return {"id": self.id, "kind": self.kind, "text": self.text[:_LONGEST], "choices": choices, **wants}

    @property
    def survives_others(self) -> bool:
        """An offer is about the timeline as it stood."""
        return self.kind == "ask"


def asked(about: str, text: str, language: str, values: tuple[str, ...] = ()) -> Question:
    """A new question, unlike every other. `about` names its sentence, `values` are choices that were said."""
    said = tuple((value, value) for value in values) or _CHOICES.get(about, {}).get(language, ())
    choices = tuple(Choice(label[:_LONGEST_LABEL], words) for label, words in said[:_MOST])
    kind, wants = "offer" if about in _OFFERS else "ask", "file" if about in _WANT_A_FILE else ""
    return Question(uuid.uuid4().hex, kind, text, choices, wants)


def written(question: Question | None) -> str:
    return json.dumps(asdict(question), ensure_ascii=False) if question else ""


def read(row: str) -> Question | None:
    """What `written` wrote; one of an older studio is forgotten."""
    try:
        kept = json.loads(row) if row else None
        return Question(**{**kept, "choices": tuple(Choice(**each) for each in kept["choices"])}) if kept else None
    except (ValueError, TypeError, KeyError):
        return None
