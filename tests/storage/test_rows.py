from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.job import Job, PendingRequest, Project
from core.messages import Attachment, Place
from core.question import Choice, OpenRequest, Question
from storage.rows import job_from_row, job_to_row, project_from_row, project_to_row
from tests.jobs import HERE, a_job

# Names of files may hold half a surrogate pair: that is how Python reads what is no UTF-8.
TEXTS = st.text(st.characters(exclude_categories=()))
KEYS = st.text(min_size=1)
PLACES = st.builds(Place, platform=KEYS, key=KEYS)
ATTACHMENTS = st.builds(Attachment, handle=TEXTS, name=TEXTS, size=st.none() | st.integers(0), mime=TEXTS, url=TEXTS)
CHOICES = st.builds(Choice, label=TEXTS, say=TEXTS)
QUESTIONS = st.builds(
    Question, id=KEYS, text=TEXTS, choices=st.lists(CHOICES, max_size=5).map(tuple), wants_file=st.booleans()
)
JOBS = st.builds(
    Job,
    id=KEYS,
    place=PLACES,
    sender=TEXTS,
    request=TEXTS,
    before=TEXTS,
    created=st.floats(0, 1e12),
    attachments=st.lists(ATTACHMENTS).map(tuple),
    offers=st.lists(TEXTS).map(tuple),
    question=st.none() | QUESTIONS,
)
PENDING = st.builds(PendingRequest, text=st.text(min_size=1), sender=TEXTS, asked=st.floats(0, 1e12))
PROJECTS = st.builds(
    Project,
    place=PLACES,
    session=TEXTS,
    source=TEXTS,
    pending=st.none() | PENDING,
    fresh=st.lists(TEXTS).map(tuple),
    open_request=st.none() | st.builds(OpenRequest, sender=TEXTS, question=st.none() | QUESTIONS),
)


@given(JOBS)
def test_a_job_is_the_same_after_its_row(job: Job) -> None:
    row = job_to_row(job)
    assert job_from_row(row) == job
    assert row["open"] == (not job.stage.over)
    row["body"].encode()  # text that the database takes


@given(PROJECTS)
def test_a_project_is_the_same_after_its_row(project: Project) -> None:
    row = project_to_row(project)
    assert project_from_row(project.place, row) == project
    row["body"].encode()


def _changed_body(row: dict[str, Any], **changes: Any) -> dict[str, Any]:
    body = {**json.loads(row["body"]), **changes}
    return {**row, "body": json.dumps({name: value for name, value in body.items() if value is not ...})}


OPTIONAL = [field.name for field in fields(Job) if field.default is not MISSING and field.name != "stage"]


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_job_that_lacks_a_newer_field_is_read(name: str) -> None:
    job = a_job(attachments=(Attachment("h", "n"),), offers=("one",))
    default = Job.__dataclass_fields__[name].default
    assert getattr(job_from_row(_changed_body(job_to_row(job), **{name: ...})), name) == default


def test_a_job_with_fields_of_another_release_is_read() -> None:
    job = a_job(attachments=(Attachment("h", "n"),))
    attachments = [{"handle": "h", "name": "n", "colour": "red"}]
    assert job_from_row(_changed_body(job_to_row(job), colour="red", attachments=attachments)) == job


def test_a_project_of_another_release_is_read() -> None:
    row = _changed_body(project_to_row(Project(HERE, session="s", fresh=("a",))), colour="red", fresh=..., used=...)
    assert project_from_row(HERE, row) == Project(HERE, session="s")


def test_a_pending_request_that_an_older_release_wrote_is_read() -> None:
    row = _changed_body(project_to_row(Project(HERE)), wish="make it louder", wisher="u1", wished="12.5")
    assert project_from_row(HERE, row).pending == PendingRequest("make it louder", "u1", 12.5)


def test_a_pending_request_is_written_as_an_older_release_reads_it() -> None:
    pending = PendingRequest("make it louder", "u1", 12.5)
    body = json.loads(project_to_row(Project(HERE, pending=pending))["body"])
    assert (body["wish"], body["wisher"], body["wished"]) == ("make it louder", "u1", "12.5")
    assert json.loads(project_to_row(Project(HERE))["body"])["wish"] == ""


def test_no_row_is_an_empty_project() -> None:
    assert project_from_row(HERE, None) == Project(HERE)
