"""A render as an answer, in the three shapes that have been published for it. Pure."""

from __future__ import annotations

from typing import Any, assert_never

from studio.records import Render
from studio.switches import Shape

Json = dict[str, Any]


def submit_answer(render: Render) -> Json:
    return {"success": True, "data": {"id": render.id, "status": render.status, "progress": 0}}


def poll_answer(render: Render, progress: float, link: str, shape: Shape, before: int = 0) -> Json:
    """`link` "" for a render without one (yet). `progress` from 0 to 100. `before`: renders that come first."""
    match shape:
        case Shape.FLAT:
            return {"taskId": render.id, **_common(render, progress, before), **_output(render, link)}
        case Shape.WRAPPED:
            return {
                "success": True,
                "data": {"id": render.id, **_common(render, progress, before), **_url(render, link)},
            }
        case Shape.CODED:
            return {"code": 0, "data": {"id": render.id, **_common(render, progress, before), **_url(render, link)}}
        case _:
            assert_never(shape)


def _common(render: Render, progress: float, before: int) -> Json:
    """`queue_position` and `notices` are ours: the published shapes have none, and clients pass over what they do not
    know."""
    error = {"error": render.error} if render.error else {}
    queue = {"queue_position": before} if before else {}
    notices = {"notices": render.notices.split()} if render.notices else {}
    return {"status": render.status, "progress": progress, **queue, **notices, **error}


def _output(render: Render, link: str) -> Json:
    if not link:
        return {}
    seconds = None if render.duration is None else render.duration / 1000
    return {"output": {"url": link, "duration": seconds, "size": render.size}}


def _url(render: Render, link: str) -> Json:
    times: Json = {"createdAt": round(render.created * 1000)}
    if render.completed is not None:
        times["completedAt"] = round(render.completed * 1000)
    return {**({"outputUrl": link} if link else {}), **times}
