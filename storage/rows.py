"""Converts our dataclasses to rows and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Container, Mapping
from dataclasses import asdict, fields
from typing import Any

from core.job import Behind, Form, Job, PendingRequest, Project, ProjectFile, Stage, Task
from core.messages import Attachment, Button, MediaKind, Place, Tone
from core.question import Choice, OpenRequest, Question, QuestionKind
from core.records import Inquiry, KeptResult, OutboxEntry, PublishedResult

# Bodies are ASCII: a file's name may contain half a surrogate pair, which a database does not take as text.

# These have columns of their own, because queries use them; everything else of a job is in its body.
_COLUMNS = ("id", "place", "stage", "created")


def job_to_row(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "platform": job.place.platform,
        "place": job.place.key,
        "stage": job.stage.value,
        "open": int(not job.stage.over),
        "created": job.created,
        "body": _body(job, _COLUMNS),
        "sender": job.sender,
        "message": job.message,
    }


def job_from_row(row: Mapping[str, Any]) -> Job:
    body = _known(Job, json.loads(row["body"]))
    body["task"] = Task(body["task"])
    body["attachments"] = tuple(Attachment(**_known(Attachment, item)) for item in body.get("attachments", ()))
    body["instead"] = tuple(Attachment(**_known(Attachment, item)) for item in body.get("instead", ()))
    body["behind"] = Behind(body.get("behind", ""))
    body["form"] = Form(body.get("form", ""))
    body["question"] = _question_from_body(body.get("question"))
    for name in ("offers", "uploaded", "begun", "said", "carries", "files"):
        body[name] = tuple(body.get(name, ()))
    return Job(
        id=row["id"],
        place=Place(row["platform"], row["place"]),
        stage=Stage(row["stage"]),
        created=row["created"],
        **body,
    )


def project_to_row(project: Project) -> dict[str, Any]:
    return {
        "platform": project.place.platform,
        "place": project.place.key,
        "body": _body(project, ("place", "pending"), **_pending_to_body(project.pending)),
    }


def project_from_row(place: Place, row: Mapping[str, Any] | None) -> Project:
    stored = json.loads(row["body"]) if row else {}
    body = _known(Project, stored)
    for name in ("fresh", "rendered", "played"):
        body[name] = tuple(body.get(name, ()))
    body["files"] = tuple(ProjectFile(**_known(ProjectFile, item)) for item in body.get("files", ()))
    body["open_request"] = _open_request_from_body(body.get("open_request"))
    body["pending"] = _pending_from_body(stored)
    return Project(place=place, **body)


def _open_request_from_body(body: dict[str, Any] | None) -> OpenRequest | None:
    if not body:
        return None
    known = _known(OpenRequest, body)
    return OpenRequest(**{**known, "question": _question_from_body(known.get("question"))})


def _question_from_body(body: dict[str, Any] | None) -> Question | None:
    if not body:
        return None
    choices = tuple(Choice(**_known(Choice, each)) for each in body["choices"])
    return Question(body["id"], QuestionKind(body["kind"]), body["text"], choices, body.get("wants_file", False))


def _pending_to_body(pending: PendingRequest | None) -> dict[str, str]:
    """Under the names that every release reads."""
    if pending is None:
        return {"wish": "", "wisher": "", "wished": ""}
    return {"wish": pending.text, "wisher": pending.sender, "wished": str(pending.asked)}


def _pending_from_body(body: Mapping[str, Any]) -> PendingRequest | None:
    if not body.get("wish"):
        return None
    return PendingRequest(body["wish"], body.get("wisher", ""), float(body.get("wished") or 0))


_BODY_OF_RESULT = ("name", "kind", "file", "link", "link_until", "caption", "session", "render")


def result_to_row(result: KeptResult) -> dict[str, Any]:
    body = {name: getattr(result, name) for name in _BODY_OF_RESULT}
    return {
        "id": result.id,
        "platform": result.place.platform,
        "place": result.place.key,
        "sender": result.sender,
        "made": result.made,
        "message": result.message,
        "beside": f"|{'|'.join(result.beside)}|" if result.beside else "",
        "body": json.dumps(body),
    }


def result_from_row(row: Mapping[str, Any]) -> KeptResult:
    body = _known(KeptResult, json.loads(row["body"]))
    body["kind"] = MediaKind(body["kind"])
    place = Place(row["platform"], row["place"])
    body["message"] = row["message"]
    body["beside"] = tuple(filter(None, row["beside"].split("|")))
    return KeptResult(id=row["id"], place=place, sender=row["sender"], made=row["made"], **body)


_COLUMNS_OF_PUBLISHED = ("slug", "id", "place", "until", "poster")


def published_to_row(result: PublishedResult) -> dict[str, Any]:
    return {
        "slug": result.slug,
        "id": result.id,
        "platform": result.place.platform,
        "place": result.place.key,
        "until": result.until,
        "body": _body(result, _COLUMNS_OF_PUBLISHED),
        "poster": b64encode(result.poster).decode(),
    }


def published_from_row(row: Mapping[str, Any]) -> PublishedResult:
    body = _known(PublishedResult, json.loads(row["body"]))
    body["kind"] = MediaKind(body["kind"])
    place = Place(row["platform"], row["place"])
    return PublishedResult(
        slug=row["slug"], id=row["id"], place=place, until=row["until"], poster=b64decode(row["poster"]), **body
    )


def outbox_to_row(entry: OutboxEntry) -> dict[str, Any]:
    return {
        "platform": entry.place.platform,
        "id": entry.message,
        "place": entry.place.key,
        "body": _body(entry, ("message", "place")),
    }


def outbox_from_row(row: Mapping[str, Any]) -> OutboxEntry:
    body = _known(OutboxEntry, json.loads(row["body"]))
    body["tone"] = Tone(body["tone"])
    body["buttons"] = tuple(Button(**each) for each in body["buttons"])
    body["inquiry"] = Inquiry(body["inquiry"]) if body["inquiry"] else None
    return OutboxEntry(message=row["id"], place=Place(row["platform"], row["place"]), **body)


def _body(record: Job | Project | OutboxEntry | PublishedResult, without: Container[str], **more: str) -> str:
    """The fields as JSON. `asdict` would copy every value of every field first, which takes twice as long."""
    body = {field.name: getattr(record, field.name) for field in fields(record) if field.name not in without}
    return json.dumps({**body, **more}, default=_plain)


def _plain(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else asdict(value)


_Kept = Job | Project | ProjectFile | OpenRequest | Choice | Attachment | KeptResult | OutboxEntry | PublishedResult


def _known(kind: type[_Kept], body: dict[str, Any]) -> dict[str, Any]:
    """The fields of a body that this release knows: another one may have written more, or fewer."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in body.items() if name in names}
