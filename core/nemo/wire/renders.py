"""What the render endpoints are sent and what they answer. Pure.

Three shapes of a poll are published and contradict one another, so all are taken: flat with `output.url`,
wrapped in `data` with `outputUrl`, and either of them under `{code, data}` or `{success, data}`.
"""

from __future__ import annotations

import json

from core.nemo.models import (
    Breakage,
    Notice,
    RenderBroken,
    Rendered,
    RenderedWithoutUrl,
    Rendering,
    RenderState,
)
from core.nemo.wire.values import error_text, find_text, number

_DONE = frozenset({"completed", "complete", "succeeded", "success", "done", "finished"})
_BROKEN = frozenset({"failed", "failure", "error", "cancelled", "canceled"})
_STATUS = ("status", "state")
_URLS = ("outputUrl", "output_url", "url", "downloadUrl", "download_url")
# More than this is no position in a queue, whatever it is.
_LONGEST_QUEUE = 100_000
_IDS = ("id", "render_id", "renderId", "taskId", "task_id")


def submission(render_id: str, session_id: str, raw_draft: str, output_format: str, quality: str, name: str) -> bytes:
    """The request's body, with the draft's text inside it unchanged to the character."""
    output = json.dumps({"format": output_format, "quality": quality, **({"name": name} if name else {})})
    ids = f'"id":{json.dumps(render_id)},"sessionId":{json.dumps(session_id)}'
    return f'{{{ids},"draft":{raw_draft},"output":{output}}}'.encode("utf-8", errors="replace")


def submitted_id(body: object, sent: str) -> str:
    """The id to poll: the one that was sent, unless the answer names another."""
    data = body.get("data") if isinstance(body, dict) else None
    for holder in (data, body):
        plain = {key: holder[key] for key in _IDS if key in holder} if isinstance(holder, dict) else {}
        if found := find_text(plain, _IDS):
            return found
    return sent


def read_render(body: object, retry_after: float | None = None) -> RenderState:
    """A poll's body -> how far the render is."""
    job = _job(body)
    status = next((s.strip().lower() for key in _STATUS if isinstance(s := job.get(key), str)), "")
    if status in _BROKEN:
        return RenderBroken(error_text(job) or error_text(body) or status, _breakage(job.get("reason")))
    url = output_url(job)
    if status in _DONE or (not status and url):
        return Rendered(url, _notices(job.get("notices"))) if url else RenderedWithoutUrl()
    if not status and isinstance(body, dict) and body.get("success") is False:
        return RenderBroken(error_text(body))
    return Rendering(_progress(job.get("progress")), retry_after, _before(job.get("queue_position")))


def _breakage(name: object) -> Breakage | None:
    return Breakage(name) if isinstance(name, str) and name in set(Breakage) else None


def _notices(names: object) -> tuple[Notice, ...]:
    """Those that we know; what else stands there is for somebody else."""
    known = {str(notice): notice for notice in Notice}
    said = names if isinstance(names, list) else []
    return tuple(known[name] for name in said if isinstance(name, str) and name in known)


def _before(position: object) -> int:
    place = number(position)
    return int(place) if place is not None and 0 < place < _LONGEST_QUEUE else 0


def has_status(body: object) -> bool:
    return any(isinstance(_job(body).get(key), str) for key in _STATUS)


def output_url(job: object) -> str:
    """An address of the finished file that may be fetched; "" for none. A local path is never one."""
    if not isinstance(job, dict):
        return ""
    output = job.get("output")
    inside = [output.get(key) for key in _URLS] if isinstance(output, dict) else [output]
    for url in [*inside, *(job.get(key) for key in _URLS)]:
        if isinstance(url, str) and is_web(url.strip()):
            return url.strip()
    data = job.get("data")
    return output_url(data) if isinstance(data, dict) else ""


def is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _job(body: object) -> dict[str, object]:
    """The object that holds the status: the body, or what `data` wraps, at most a few times."""
    job = body if isinstance(body, dict) else {}
    for _ in range(3):
        inner = job.get("data")
        if not isinstance(inner, dict) or any(isinstance(job.get(key), str) for key in _STATUS):
            break
        job = inner
    return job


def _progress(value: object) -> float | None:
    """A share from 0 to 1. The scale is 0..100; a broken number up to 1 is taken for a share already."""
    if isinstance(value, str):
        try:
            value = float(value.strip().removesuffix("%")) if len(value) < 20 else None
        except ValueError:
            return None
    amount = number(value)
    if amount is None:
        return None
    share = amount if isinstance(value, float) and 0 <= amount <= 1 else amount / 100
    return min(1.0, max(0.0, share))
