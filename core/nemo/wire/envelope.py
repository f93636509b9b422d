"""An HTTP answer -> its JSON body, or the error it stands for. Every call's answer goes through here.

The body's `code` counts before the HTTP status, because the backend is free to put each code in either place.
`{"success": false}` is a refusal, and a 2xx that is no JSON is no answer at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from core.errors import Refused
from core.nemo.wire.faults import BackendSaid, Call, refusal, unclear
from core.nemo.wire.raw_json import BadJson, loads
from core.nemo.wire.values import code_of, error_text

REJECTED = "rejected"  # the `code` of a refusal that has no number


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer as it came: header names in lower case, `text` the decoded body."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def retry_after(self) -> float | None:
        return retry_after(self.headers.get("retry-after", ""), self.headers.get("date", ""))


def opened(answer: Answer, call: Call) -> object:
    """The body of a good answer. Raises the error of `core.errors` that a bad one stands for."""
    body = body_of(answer)
    code = code_of(body.get("code")) if isinstance(body, dict) else None
    said = BackendSaid(call.name, answer.status, code, error_text(body) or answer.text[:200])
    if code:
        raise refusal(code, call, answer.retry_after) from said
    if not answer.ok:
        raise refusal(answer.status, call, answer.retry_after) from said
    if body is None:
        raise unclear(call) from said
    if isinstance(body, dict) and body.get("success") is False:
        raise Refused(code=REJECTED) from said
    return body


def unreadable(answer: Answer, call: Call) -> Exception:
    """For a good answer without what it has to carry."""
    error = unclear(call)
    error.__cause__ = BackendSaid(call.name, answer.status, None, answer.text[:200])
    return error


def body_of(answer: Answer) -> dict[str, object] | list[object] | None:
    """The body as JSON; None if it is none, or only a bare value."""
    try:
        body = loads(answer.text)
    except BadJson:
        return None
    return body if isinstance(body, dict | list) else None


def retry_after(value: str, date: str = "") -> float | None:
    """Seconds to wait: from a number, or from an HTTP date as seen by the server's own clock."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", value):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        now = parsedate_to_datetime(date) if date else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None
