"""What comes next from every row that a job can leave behind."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any

import pytest

from core.job import Ending, Form, Job, JobError, MessageKind, MessageName, Stage, Task
from core.lifecycle import LAST_STEPS, OPEN, RULES, STAGE_BEFORE, Facts, Render, Step, Turn, next_step
from tests.core.lifecycle_drawing import PAGE, drawing, drawn
from tests.core.lifecycles import FILE as FILE_OF_ITS_OWN
from tests.core.lifecycles import State, lives
from tests.jobs import a_job

SAYS_LAST_WORDS = {Step.SAY_UPLOADED, Step.ANSWER, Step.ANSWER_UNFULFILLED, Step.DELIVER, Step.DELIVER_BATCH}
REPLACES_SESSION = {Step.START_AFRESH, Step.SAY_PROJECT_GONE}


def _states() -> list[State]:
    return list(lives())


def _step(state: State) -> Step:
    return next_step(state.job, state.facts)


# --- one example a rule, in the words of a reader

EDIT = {"task": Task.EDIT, "before": "{}", "edited": True}
TOLD = {**EDIT, "concluded": True, "answer": "Done."}
BRINGS = {"attachments": (FILE_OF_ITS_OWN,)}
KEPT = {"again": True, "same_session": True}
WORDS, FILE = Turn(words=True), Turn(words=True, changed=True, exportable=True)
SAID = {"said": ("j-result",)}


@pytest.mark.parametrize(
    ("stage", "row", "facts", "step"),
    [
        ("accepted", {}, {}, Step.UPLOAD),
        ("uploading", {"uploaded": ("a.mp4",)}, {}, Step.UPLOAD),
        ("uploading", {"task": Task.UPLOAD}, {"uploaded": True}, Step.SAY_UPLOADED),
        ("uploading", {"task": Task.EXPORT}, {"uploaded": True}, Step.RENDER),
        ("accepted", {"task": Task.EDIT}, {"uploaded": True}, Step.TAKE_TURN),
        ("editing", {"task": Task.EDIT, "before": "{}"}, {}, Step.RECOVER_TURN),
        ("editing", EDIT, {}, Step.RECOVER_TURN),
        ("editing", {**EDIT, "concluded": True}, {}, Step.REREAD_TURN),
        ("editing", {**EDIT, "export": True}, {"turn": FILE}, Step.RENDER),
        ("editing", EDIT, {"turn": FILE}, Step.ANSWER),
        ("editing", EDIT, {"turn": Turn(changed=True)}, Step.ANSWER),
        ("editing", EDIT, {"turn": Turn()}, Step.SAY_NOTHING_CHANGED),
        ("editing", {**EDIT, "export": True}, {"turn": WORDS}, Step.ANSWER_UNFULFILLED),
        ("editing", EDIT, {"turn": WORDS}, Step.ANSWER_UNFULFILLED),
        ("editing", EDIT, {"turn": WORDS, "question": True}, Step.ANSWER),
        ("editing", {**EDIT, "error": "unfulfilled"}, {"turn": WORDS, "question": True}, Step.ANSWER_UNFULFILLED),
        ("editing", {**EDIT, "export": True}, {"turn": WORDS, "question": True}, Step.ANSWER),
        ("rendering", EDIT, {}, Step.POLL_RENDER),
        ("rendering", EDIT, {"render": Render.REFUSED, "refusals": 1}, Step.RENDER),
        ("rendering", EDIT, {"render": Render.UNKNOWN, "refusals": 1}, Step.POLL_RENDER),
        ("rendering", EDIT, {"render": Render.REFUSED, "refusals": 2}, Step.SAY_RENDER_FAILED),
        ("rendering", EDIT, {"render": Render.FINISHED}, Step.DELIVER),
        ("rendering", EDIT, {"render": Render.FINISHED, "company": True}, Step.PUT_ASIDE),
        ("ready", EDIT, {"put_aside": True}, Step.NOTHING),
        ("ready", EDIT, {}, Step.DELIVER_BATCH),
        ("delivering", {**EDIT, "carries": ("other",)}, {}, Step.DELIVER_BATCH),
        ("delivering", EDIT, {}, Step.POLL_RENDER),
        ("delivering", EDIT, {"render": Render.REFUSED, "refusals": 1}, Step.RENDER),
        ("delivering", {**EDIT, "about": "a"}, {"render": Render.REFUSED, "refusals": 1}, Step.SAY_RENDER_FAILED),
        ("delivering", EDIT, {"soundless": True}, Step.SAY_NO_SOUND),
        ("delivering", {**TOLD, "export": True}, {"soundless": True}, Step.ANSWER_UNFULFILLED),
        ("rendering", TOLD, {"soundless": True}, Step.ANSWER_UNFULFILLED),
        ("delivering", {**TOLD, "answer": ""}, {"soundless": True}, Step.SAY_NO_SOUND),
        ("rendering", {"task": Task.EXPORT}, {"soundless": True}, Step.SAY_NO_SOUND),
        ("delivering", {**EDIT, **SAID}, {}, Step.FINISH_AS_TOLD),
        ("delivering", {**EDIT, "said": ("j-result-piece-1", "j-album-1")}, {}, Step.POLL_RENDER),
        ("delivering", {**EDIT, **SAID}, {"told": Ending.DONE}, Step.FINISH),
        ("editing", {**EDIT, "said": ("j-answer",)}, {"told": Ending.UNFULFILLED}, Step.FINISH_UNFULFILLED),
        ("accepted", {"said": ("j-error",), "error": "too-large"}, {}, Step.FINISH_AS_TOLD),
        ("uploading", {}, {"session_gone": True}, Step.START_AFRESH),
        ("uploading", {}, {"session_gone": True, "had_material": True}, Step.SAY_PROJECT_GONE),
        ("editing", EDIT, {"session_gone": True}, Step.SAY_PROJECT_GONE),
        ("editing", {"before": "{}"}, {"session_gone": True}, Step.START_AFRESH),
        ("uploading", BRINGS, {"session_gone": True, "had_material": True}, Step.START_AFRESH),
        ("uploading", BRINGS, {"session_gone": True, "awaited": True}, Step.SAY_PROJECT_GONE),
        ("accepted", TOLD, {"uploaded": True}, Step.RESUME_TURN),
        ("accepted", {**TOLD, "render": "r"}, {"uploaded": True}, Step.RESUME_RENDER),
        ("accepted", {"task": Task.EXPORT, "render": "r"}, {"uploaded": True}, Step.RESUME_RENDER),
        ("accepted", {"before": "{}"}, {"uploaded": True}, Step.TAKE_TURN),
        ("accepted", {"task": Task.EXPORT, "render": "r", "form": Form.PARTS}, {}, Step.RESUME_RENDER),
        ("accepted", {"task": Task.EXPORT, "form": Form.PARTS}, {}, Step.UPLOAD),
        ("done", {}, {}, Step.NOTHING),
        ("failed", {}, {}, Step.NOTHING),
        ("cancelled", {}, {}, Step.NOTHING),
        ("failed", {**TOLD, "render": "r", "error": "render-too-slow"}, KEPT, Step.RESUME_RENDER),
        ("failed", {**TOLD, "render": "r", "error": "render-failed"}, KEPT, Step.RESUME_TURN),
        ("failed", {**TOLD, "error": "rate-limited"}, KEPT, Step.RESUME_TURN),
        ("failed", {**EDIT, "error": "edit-unseen"}, KEPT, Step.RESUME_TURN),
        ("failed", {**EDIT, "error": "job-too-slow"}, KEPT, Step.RESUME_TURN),
        ("failed", {**EDIT, "error": "internal"}, KEPT, Step.RESUME_TURN),
        ("cancelled", EDIT, KEPT, Step.RESUME_TURN),
        *(
            ("failed", {**EDIT, "error": error}, KEPT, Step.TAKE_TURN)
            for error in ("nothing-changed", "agent-failed", "edit-lost", "edit-too-slow", "unfulfilled", "no-credits")
        ),
        ("failed", {**TOLD, "render": "r", "error": "plan-blocked"}, KEPT, Step.RESUME_RENDER),
        ("failed", {**TOLD, "error": "no-credits"}, KEPT, Step.RESUME_TURN),
        ("failed", {"error": "backend-down"}, KEPT, Step.TAKE_TURN),
        ("failed", {**BRINGS, "error": "backend-down"}, KEPT, Step.UPLOAD),
        ("failed", {**BRINGS, "uploaded": ("a.mp4",), "error": "backend-down"}, KEPT, Step.TAKE_TURN),
        ("failed", {"task": Task.EXPORT, "error": "backend-down"}, KEPT, Step.UPLOAD),
        ("failed", {**TOLD, "render": "r"}, {"again": True}, Step.UPLOAD),
        ("editing", EDIT, KEPT, Step.NOTHING),
        ("done", {**EDIT, "render": "r"}, KEPT, Step.NOTHING),
    ],
)
def test_the_next_step(stage: str, row: dict[str, Any], facts: dict[str, Any], step: Step) -> None:
    job = a_job(id="j", **{"task": Task.EDIT, **row, "stage": Stage(stage)})
    assert next_step(job, Facts(**facts)) is step


# --- every row that can be reached


def _by_the_book(job: Job, facts: Facts) -> Step:
    """The same decisions once more, a stage at a time, for rows that are not over."""
    if facts.session_gone:
        lost = job.edited or facts.awaited or (facts.had_material and not job.attachments)
        return Step.SAY_PROJECT_GONE if lost else Step.START_AFRESH
    if facts.told:
        return Step.FINISH_UNFULFILLED if facts.told is Ending.UNFULFILLED else Step.FINISH
    if job.has_closed:
        return Step.FINISH_AS_TOLD
    match job.stage:
        case Stage.ACCEPTED | Stage.UPLOADING:
            if job.form and job.render:
                return Step.RESUME_RENDER
            return _begin(job) if facts.uploaded else Step.UPLOAD
        case Stage.EDITING:
            return _say_or_render(job, facts)
        case Stage.READY:
            return Step.NOTHING if facts.put_aside else Step.DELIVER_BATCH
        case _:
            return Step.DELIVER_BATCH if job.carries else _deliver(job, facts)


def _begin(job: Job) -> Step:
    if job.task is not Task.UPLOAD and (job.render or job.edited):
        return Step.RESUME_RENDER if job.render else Step.RESUME_TURN
    return {Task.UPLOAD: Step.SAY_UPLOADED, Task.EXPORT: Step.RENDER, Task.EDIT: Step.TAKE_TURN}[job.task]


def _say_or_render(job: Job, facts: Facts) -> Step:
    turn = facts.turn
    if turn is None:
        return Step.REREAD_TURN if job.concluded else Step.RECOVER_TURN
    if job.export and turn.exportable:
        return Step.RENDER
    if not turn.words and not turn.changed:
        return Step.SAY_NOTHING_CHANGED
    answered = facts.question and job.error != JobError.UNFULFILLED
    return Step.ANSWER_UNFULFILLED if not answered and (job.export or not turn.changed) else Step.ANSWER


def _deliver(job: Job, facts: Facts) -> Step:
    if facts.soundless:
        return Step.ANSWER_UNFULFILLED if job.concluded and job.answer else Step.SAY_NO_SOUND
    if facts.render is Render.UNKNOWN:
        return Step.POLL_RENDER
    if facts.render is Render.REFUSED:
        final = facts.refusals == 2 or (job.stage is Stage.DELIVERING and job.about)
        return Step.SAY_RENDER_FAILED if final else Step.RENDER
    return Step.PUT_ASIDE if facts.company and job.stage is Stage.RENDERING else Step.DELIVER


def test_every_reachable_row_goes_on_as_it_should() -> None:
    assert len(_states()) > 1000
    for state in _states():
        expected = Step.NOTHING if state.job.stage.over else _by_the_book(state.job, state.facts)
        assert _step(state) is expected, state


def test_every_rule_decides_something() -> None:
    decided = set()
    for state in _states():
        for facts in (state.facts, Facts(again=True), Facts(again=True, same_session=True)):
            decided.add(next(n for n, rule in enumerate(RULES) if _holds(n, state.job, facts)))
    assert decided == set(range(len(RULES)))


def _holds(number: int, job: Job, facts: Facts) -> bool:
    return job.stage in RULES[number].stages and RULES[number].holds(job, facts)


def test_every_step_is_taken_somewhere() -> None:
    assert {_step(state) for state in _states()} == set(Step)


def test_no_open_row_is_left_alone() -> None:
    """But for the one that this very run has put aside: nobody has it, and the store hands it out."""
    left = [state for state in _states() if state.job.stage in OPEN and _step(state) is Step.NOTHING]
    assert left
    assert all(state.job.stage is Stage.READY and state.facts.put_aside for state in left)


def test_a_turn_that_may_have_been_sent_is_not_sent_again() -> None:
    assert not [state for state in _states() if state.sent and _step(state) is Step.TAKE_TURN]


def test_a_lost_session_does_not_bring_back_a_turn_that_was_taken() -> None:
    gone = [state for state in _states() if state.facts.session_gone and state.job.edited]
    assert gone
    assert {_step(state) for state in gone if not state.job.stage.over} == {Step.SAY_PROJECT_GONE}


def test_files_are_brought_in_once_a_run_and_never_after_the_turn() -> None:
    uploads = [state for state in _states() if _step(state) is Step.UPLOAD]
    assert not [state for state in uploads if state.facts.uploaded]
    # What goes on for a job whose turn was taken only opens the session: all its files are in it.
    assert not [state for state in uploads if state.sent and len(state.job.uploaded) < len(state.job.attachments)]
    assert {state.job.stage for state in uploads} == {Stage.ACCEPTED, Stage.UPLOADING}


def test_a_saved_render_is_polled_before_another_is_begun() -> None:
    begun = {Stage.RENDERING, Stage.DELIVERING}
    again = [state for state in _states() if _step(state) is Step.RENDER and state.job.stage in begun]
    assert again
    assert all(state.facts.render is Render.REFUSED and state.facts.refusals == 1 for state in again)


def test_what_was_put_aside_is_not_rendered_again() -> None:
    parted = [state for state in _states() if state.job.stage is Stage.DELIVERING and state.job.about]
    assert parted
    assert Step.RENDER not in {_step(state) for state in parted}


def test_nothing_is_said_after_the_last_words() -> None:
    closed = [state for state in _states() if state.job.has_closed and not state.job.stage.over]
    assert closed
    assert {_step(state) for state in closed} <= {*LAST_STEPS, *REPLACES_SESSION} - {Step.NOTHING}
    assert not [state for state in _states() if state.facts.told and _step(state) in SAYS_LAST_WORDS]


def test_a_run_comes_to_an_end_without_passing_the_same_point_twice() -> None:
    list(TopologicalSorter(dict(enumerate(lives().values()))).static_order())  # raises `CycleError`
    ends = [state for state, then in lives().items() if not then]
    assert all(_step(state) is Step.NOTHING for state in ends)


def test_a_step_that_cannot_be_repeated_saves_its_stage_first() -> None:
    assert STAGE_BEFORE[Step.TAKE_TURN] is Stage.EDITING
    assert STAGE_BEFORE[Step.RENDER] is Stage.RENDERING
    assert STAGE_BEFORE[Step.DELIVER] is STAGE_BEFORE[Step.DELIVER_BATCH] is Stage.DELIVERING


# --- "Try again"


def test_trying_again_asks_for_no_more_than_is_missing() -> None:
    for job in {state.job for state in _states()}:
        step = next_step(job, Facts(again=True, same_session=True))
        if job.stage not in (Stage.FAILED, Stage.CANCELLED):
            assert step is Step.NOTHING
            continue
        unpaid = not job.edited or job.error == JobError.UNFULFILLED
        assert unpaid or step in (Step.RESUME_TURN, Step.RESUME_RENDER), "its turn was taken"
        assert step is not Step.UPLOAD or job.task is not Task.EDIT or len(job.uploaded) < len(job.attachments)
        assert next_step(job, Facts(again=True)) is Step.UPLOAD


# --- the names of messages: they stand in rows that were written before


@pytest.mark.parametrize(
    ("name", "text", "closes"),
    [
        (MessageName(MessageKind.UPLOADED), "uploaded", True),
        (MessageName(MessageKind.ANSWER), "answer", True),
        (MessageName(MessageKind.RESULT), "result", True),
        (MessageName(MessageKind.RESULT, in_words=True), "result-words", True),
        (MessageName(MessageKind.ERROR), "error", True),
        (MessageName(MessageKind.ALBUM, page=2), "album-2", False),
        (MessageName(MessageKind.RESULT, piece=1), "result-piece-1", False),
        (MessageName(MessageKind.ALBUM, page=1, piece=2, in_words=True), "album-1-piece-2-words", False),
    ],
)
def test_a_message_is_known_by_the_name_it_always_had(name: MessageName, text: str, closes: bool) -> None:
    assert (str(name), name.key("j")) == (text, f"j-{text}")
    assert a_job(id="j", said=(f"j-{text}",)).has_closed is closes


@pytest.mark.parametrize(
    ("error", "ending", "stage"),
    [
        ("", Ending.DONE, Stage.DONE),
        ("unfulfilled", Ending.UNFULFILLED, Stage.FAILED),
        ("render-failed", Ending.STOPPED, Stage.FAILED),
    ],
)
def test_how_a_job_ended_follows_from_its_error(error: str, ending: Ending, stage: Stage) -> None:
    assert a_job(error=error).ending is ending
    assert ending.stage is stage


@pytest.mark.parametrize("noted", ["render-failed", "internal", "unfulfilled"])
def test_what_was_noted_and_not_said_does_not_count_once_the_result_was(noted: str) -> None:
    assert a_job(id="j", error=noted, said=("j-result",)).ending is Ending.DONE
    assert a_job(id="j", error=noted, said=("j-error",)).ending is not Ending.DONE


# --- the drawing


def test_the_architecture_page_shows_the_table_as_it_is() -> None:
    shown = drawn(PAGE.read_text(encoding="utf-8"))
    assert shown == drawing(lives()), "draw it anew: python -m tests.core.lifecycle_drawing"


def test_every_rule_says_in_words_when_it_holds() -> None:
    said = [(rule.stages, rule.when, rule.step) for rule in RULES]
    assert len(set(said)) == len(said)
    assert {rule.step for rule in RULES if not rule.when} == {Step.NOTHING}
