"""Jobs and messages for tests that need one and do not care which."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from core.job import Job, Task
from core.messages import Incoming, Place

HERE = Place("test", "here")
THERE = Place("test", "there")
_NUMBERS = itertools.count(1)


def a_job(place: Place = HERE, **values: Any) -> Job:
    facts: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "sender": "somebody",
        "language": "en",
        "task": Task.EDIT,
        "created": 1_000_000.0,
        "request": "extract the audio",
    }
    return Job(place=place, **{**facts, **values})


def a_message(place: Place = HERE, **values: Any) -> Incoming:
    facts: dict[str, Any] = {"id": f"m{next(_NUMBERS)}", "sender": "somebody"}
    return Incoming(place=place, **{**facts, **values})
