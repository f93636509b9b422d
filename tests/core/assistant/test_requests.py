"""What jobs a message becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.assistant.asked import Asked
from core.assistant.requests import JobFactory
from core.job import ITS_OWN, Job, Project, Stage, Task
from core.messages import Attachment
from core.skills import BUILT_IN, load_skills
from tests.jobs import HERE, a_job, a_message

NOW = 1_000_000.0
EMPTY = Project(HERE)


def _files(*names: str, caption: str = "") -> tuple[Attachment, ...]:
    return tuple(Attachment(handle=f"h-{name}", name=name, caption=caption) for name in names)


@pytest.fixture(scope="module")
def job_factory() -> JobFactory:
    return JobFactory(load_skills(BUILT_IN), "")


def _edits(
    job_factory: JobFactory, text: str, *files: Attachment, project: Project = EMPTY, output: str = ""
) -> list[Job]:
    return job_factory.edits(Asked.of(a_message(text=text, attachments=files), project), NOW, text, output)


def test_a_request_without_a_file_is_one_edit_of_the_project(job_factory: JobFactory) -> None:
    (job,) = _edits(job_factory, "make it louder")
    assert (job.task, job.request, job.attachments, job.about, job.output) == (Task.EDIT, "make it louder", (), "", "")
    assert (job.place, job.sender, job.created, job.stage) == (HERE, "somebody", NOW, Stage.ACCEPTED)


def test_a_file_with_a_request_is_one_edit_that_brings_it(job_factory: JobFactory) -> None:
    files = _files("a.mp4")
    (job,) = _edits(job_factory, "extract the audio as mp3", *files)
    assert (job.task, job.attachments, job.output, job.about) == (Task.EDIT, files, "mp3", "")


def test_files_under_one_instruction_are_a_job_each(job_factory: JobFactory) -> None:
    files = _files("a.mp4", "b.mp4", "c.mp4")
    jobs = _edits(job_factory, "extract the audio as mp3", *files)
    assert [job.attachments for job in jobs] == [(file,) for file in files]
    assert {(job.task, job.request, job.output, job.about) for job in jobs} == {
        (Task.EDIT, "extract the audio as mp3", "mp3", ITS_OWN)
    }
    assert len({job.id for job in jobs}) == 3


@pytest.mark.parametrize("text", ["merge these videos", "put the first clip after the second one", "把这两个视频合并"])
def test_files_that_are_used_together_are_one_job(job_factory: JobFactory, text: str) -> None:
    files = _files("a.mp4", "b.mp4")
    (job,) = _edits(job_factory, text, *files)
    assert job.attachments == files
    assert job.about == ""


@pytest.mark.parametrize("text", ["add this under it", "louder please", "make a video of it"])
def test_files_of_different_kinds_are_one_job(job_factory: JobFactory, text: str) -> None:
    files = _files("a.mp4", "b.mp3")
    (job,) = _edits(job_factory, text, *files)
    assert job.attachments == files


def test_a_type_decides_what_a_nameless_file_is(job_factory: JobFactory) -> None:
    files = (Attachment("h1", "", mime="video/mp4"), Attachment("h2", "", mime="audio/mpeg"))
    assert len(_edits(job_factory, "louder please", *files)) == 1


def test_each_file_gets_the_instruction_that_is_numbered_for_it(job_factory: JobFactory) -> None:
    jobs = _edits(job_factory, "1: mp3\n2: make it 9:16", *_files("a.mp4", "b.mp4"))
    assert [(job.request, job.output) for job in jobs] == [("mp3", "mp3"), ("make it 9:16", "")]


def test_a_file_that_no_instruction_speaks_of_is_only_uploaded(job_factory: JobFactory) -> None:
    jobs = _edits(job_factory, "1: mp3\n3: mute it", *_files("a.mp4", "b.mp4", "c.mp4"))
    assert [(job.task, job.request) for job in jobs] == [(Task.EDIT, "mp3"), (Task.UPLOAD, ""), (Task.EDIT, "mute it")]
    assert all(len(job.attachments) == 1 for job in jobs)


def test_a_files_own_caption_wins_over_the_words_for_all(job_factory: JobFactory) -> None:
    files = (*_files("a.mp4", caption="mute it"), *_files("b.mp4"))
    assert [job.request for job in _edits(job_factory, "make it 9:16", *files)] == ["mute it", "make it 9:16"]


def test_uploaded_files_that_wait_are_a_job_each(job_factory: JobFactory) -> None:
    project = Project(HERE, session="s", source="a.mp4", fresh=("a.mp4", "b.mp4"))
    jobs = _edits(job_factory, "extract the audio as mp3", project=project)
    assert [(job.about, job.attachments, job.output) for job in jobs] == [("a.mp4", (), "mp3"), ("b.mp4", (), "mp3")]


def test_a_waiting_file_that_no_instruction_speaks_of_goes_on_waiting(job_factory: JobFactory) -> None:
    project = Project(HERE, session="s", fresh=("a.mp4", "b.mp4", "c.mp4"))
    jobs = _edits(job_factory, "1: mp3\n3: mute it", project=project)
    assert [(job.about, job.request) for job in jobs] == [("a.mp4", "mp3"), ("c.mp4", "mute it")]


def test_waiting_files_that_are_used_together_are_one_job(job_factory: JobFactory) -> None:
    project = Project(HERE, session="s", fresh=("a.mp4", "b.mp3"))
    (job,) = _edits(job_factory, "put the song under the video", project=project)
    assert job.about == ""


def test_an_output_that_was_asked_for_stands(job_factory: JobFactory) -> None:
    (job,) = _edits(job_factory, "make it louder", *_files("a.mp3"), output="wav")
    assert job.output == "wav"


def test_the_chosen_skill_and_language_stand_in_the_row(job_factory: JobFactory) -> None:
    chosen = job_factory.skills.skills[-1].name
    (job,) = _edits(job_factory, "extract the audio as mp3", project=Project(HERE, skill=chosen, language="zh"))
    assert (job.skill, job.language) == (chosen, "zh")


def test_a_language_that_nobody_chose_is_the_one_that_is_spoken() -> None:
    assert Asked.of(a_message(text="提取音频", language="en"), EMPTY).language == "zh-CN"
    assert Asked.of(a_message(text="提取音频"), Project(HERE, language="en")).language == "en"


def test_an_upload_keeps_its_files_together(job_factory: JobFactory) -> None:
    files = _files("a.mp4", "b.mp4")
    job = job_factory.upload(Asked.of(a_message(attachments=files, reply_to="m1"), EMPTY), NOW)
    assert (job.task, job.attachments, job.request, job.reply_to) == (Task.UPLOAD, files, "", "m1")


def test_an_export_ends_in_what_the_last_edit_was_to_end_in(job_factory: JobFactory) -> None:
    used = job_factory.skills.skills[0].name
    job = job_factory.export(Asked.of(a_message(text="export"), Project(HERE, session="s", used=used)), NOW, "")
    assert (job.task, job.skill, job.output) == (Task.EXPORT, used, "")
    chosen = job_factory.skills.skills[-1].name
    job = job_factory.export(
        Asked.of(a_message(text="export"), Project(HERE, session="s", used=used, skill=chosen)), NOW, "mp3"
    )
    assert (job.skill, job.output) == (chosen, "mp3")


FAILED = a_job(
    id="failed",
    attachments=_files("a.mp4"),
    stage=Stage.FAILED,
    session="s",
    uploaded=("a.mp4",),
    before="{}",
    answer="so far",
    status_message="9",
    error="edit-lost",
    export=True,
    about="a.mp4",
    output="mp3",
    skill="x",
)


def _again(job_factory: JobFactory, job: Job, session: str = "s") -> Job:
    again = job_factory.again(job, Asked.of(a_message(reply_to="m2"), Project(HERE, session=session)), NOW + 5)
    assert again is not None
    return again


TURN = ("before", "edited", "followed", "concluded", "exportable", "answer", "offers")


def test_a_job_is_tried_again_as_a_new_one_that_asks_for_the_same(job_factory: JobFactory) -> None:
    again = _again(job_factory, FAILED)
    assert again.id != FAILED.id
    assert (again.stage, again.status_message, again.error) == (Stage.ACCEPTED, "", "")
    assert (again.begun, again.said, again.created, again.reply_to) == ((), (), NOW + 5, "m2")
    for name in ("place", "language", "task", "request", "attachments", "skill", "output", "export", "about"):
        assert getattr(again, name) == getattr(FAILED, name), name


@pytest.mark.parametrize("task", [Task.EDIT, Task.EXPORT])
def test_what_is_in_the_session_is_not_brought_there_again(job_factory: JobFactory, task: Task) -> None:
    again = _again(job_factory, replace(FAILED, task=task, error="backend-down", edited=False))
    assert (again.session, again.uploaded) == ("s", FAILED.uploaded)
    assert all(getattr(again, name) == getattr(a_job(), name) for name in TURN), "no turn was taken"


@pytest.mark.parametrize("error", ["edit-unseen", "rate-limited", "internal", "job-too-slow", "render-failed"])
def test_a_turn_that_was_taken_goes_along(job_factory: JobFactory, error: str) -> None:
    failed = replace(FAILED, edited=True, followed=True, answer="Done.", error=error, render="r1")
    again = _again(job_factory, failed)
    assert all(getattr(again, name) == getattr(failed, name) for name in TURN)
    assert again.render == ("" if error == "render-failed" else "r1"), "a refused render is not asked for again"


@pytest.mark.parametrize("error", ["edit-lost", "edit-too-slow", "agent-failed", "nothing-changed"])
@pytest.mark.parametrize(("last", "before"), [(FAILED.id, "{}"), ("another", "")])
def test_a_turn_that_came_to_nothing_is_taken_again_unless_it_came_late(
    job_factory: JobFactory, error: str, last: str, before: str
) -> None:
    failed = replace(FAILED, edited=True, answer="I'll do it.", error=error)
    again = job_factory.again(failed, Asked.of(a_message(), Project(HERE, session="s", turn=last)), NOW)
    assert again is not None
    assert (again.edited, again.answer, again.before) == (False, "", before)
    assert again.uploaded == FAILED.uploaded


@pytest.mark.parametrize("session", ["", "another"])
def test_nothing_of_a_session_that_is_gone_goes_along(job_factory: JobFactory, session: str) -> None:
    failed = replace(FAILED, edited=True, answer="Done.", concluded=True, render="r1", error="render-too-slow")
    again = _again(job_factory, failed, session)
    assert (again.session, again.uploaded, again.edited, again.answer, again.render) == ("", (), False, "", "")
    assert again.attachments == FAILED.attachments


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in (Stage.FAILED, Stage.CANCELLED)])
def test_only_a_job_that_failed_or_was_cancelled_is_tried_again(job_factory: JobFactory, stage: Stage) -> None:
    asked = Asked.of(a_message(), Project(HERE, session="s"))
    assert job_factory.again(replace(FAILED, stage=stage), asked, NOW) is None
