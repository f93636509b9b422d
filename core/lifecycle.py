"""A job's life as one table: what comes next, from its row and from what the present run has found out.

The runner asks it after every step, so a start, a crash, a lost session and a refused render go through the same rules.
"Try again" asks it where a failed job goes on. It only decides: `core.jobs` takes the steps. It stands beside
`core.job`, because those who make jobs and those who work them off both ask it and do not know each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.errors import (
    AgentFailed,
    EditLost,
    EditTooSlow,
    NoCredits,
    NothingChanged,
    PlanBlocked,
    RenderFailed,
    ResultUnreadable,
)
from core.job import Ending, Form, Job, JobError, Stage, Task


class Step(StrEnum):
    """What is done next."""

    UPLOAD = "upload"  # open the session, and bring the job's files into it
    SAY_UPLOADED = "say uploaded"
    TAKE_TURN = "take turn"  # the paid one
    RESUME_TURN = "resume turn"  # that a failed job took, which this one goes on for
    RESUME_RENDER = "resume render"  # likewise
    RECOVER_TURN = "recover turn"  # find out by the project's state what became of it
    REREAD_TURN = "reread turn"  # its conclusion stands in the row
    ANSWER = "answer"
    ANSWER_UNFULFILLED = "answer unfulfilled"  # words, although a file or an edit was to be made
    SAY_NOTHING_CHANGED = "say nothing changed"
    RENDER = "render"  # under a new id
    POLL_RENDER = "poll render"
    SAY_RENDER_FAILED = "say render failed"
    PUT_ASIDE = "put aside"  # until the other files of its message are rendered
    DELIVER_BATCH = "deliver batch"  # with what has been put aside
    DELIVER = "deliver"
    SAY_NO_SOUND = "say no sound"
    START_AFRESH = "start afresh"  # in a new session
    SAY_PROJECT_GONE = "say project gone"
    FINISH = "finish"
    FINISH_UNFULFILLED = "finish unfulfilled"
    FINISH_AS_TOLD = "finish as told"  # an earlier run said how it ended
    NOTHING = "nothing"


# The stage that is saved before the step. A step that is not here leaves the stage as it is.
STAGE_BEFORE: Mapping[Step, Stage] = MappingProxyType(
    {
        Step.UPLOAD: Stage.UPLOADING,
        Step.TAKE_TURN: Stage.EDITING,
        Step.RESUME_TURN: Stage.EDITING,
        Step.RESUME_RENDER: Stage.RENDERING,
        Step.RENDER: Stage.RENDERING,
        Step.PUT_ASIDE: Stage.READY,
        Step.DELIVER_BATCH: Stage.DELIVERING,
        Step.DELIVER: Stage.DELIVERING,
        Step.START_AFRESH: Stage.ACCEPTED,
        Step.FINISH: Stage.DONE,
        Step.FINISH_UNFULFILLED: Stage.FAILED,
    }
)

# Steps that no run goes on after.
LAST_STEPS = frozenset({Step.FINISH, Step.FINISH_UNFULFILLED, Step.FINISH_AS_TOLD, Step.NOTHING})


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of the agent's turn. `exportable` says that a file can be made of it, `material` that the project has
    something in it."""

    words: bool = False
    changed: bool = False
    exportable: bool = False
    material: bool = False


class Render(StrEnum):
    """How the render is that the row names, as far as this run knows."""

    UNKNOWN = "unknown"
    FINISHED = "finished"
    REFUSED = "refused"  # the backend did not take it, or did not finish it


@dataclass(frozen=True, slots=True)
class Facts:
    """What the present run knows beside the row. A new run knows nothing but what the request's words say: so a crash
    needs no rules of its own."""

    question: bool = False  # words are all that was asked for
    uploaded: bool = False  # the session is open, and the job's files are in it
    turn: Turn | None = None
    render: Render = Render.UNKNOWN
    refusals: int = 0  # renders that were refused
    company: bool = False  # others of its message are open, and results can be shown together
    put_aside: bool = False
    soundless: bool = False  # the result has no sound, and sound was wanted
    told: Ending | None = None  # it was said how the job ends
    session_gone: bool = False
    had_material: bool = False  # the project that is gone had something in it that this job did not bring
    awaited: bool = False  # and that waited for this very request
    again: bool = False  # its person pressed "Try again"
    same_session: bool = False  # the job's session is the project's still


@dataclass(frozen=True, slots=True)
class Rule:
    """In these stages, and where `holds`, this is the next step. `when` says the same in words, "" always."""

    stages: frozenset[Stage]
    when: str
    holds: Callable[[Job, Facts], bool]
    step: Step


OPEN = frozenset(stage for stage in Stage if not stage.over)
OVER = frozenset(Stage) - OPEN
STOPPED = frozenset({Stage.FAILED, Stage.CANCELLED})
NEW = frozenset({Stage.ACCEPTED, Stage.UPLOADING})
EDITED = frozenset({Stage.EDITING})
RENDERED = frozenset({Stage.RENDERING, Stage.DELIVERING})
DELIVERED = frozenset({Stage.DELIVERING})
MOST_RENDERS = 2


def next_step(job: Job, facts: Facts = Facts()) -> Step:
    """The first rule that holds says it."""
    for rule in RULES:
        if job.stage in rule.stages and rule.holds(job, facts):
            return rule.step
    raise AssertionError(f"no rule for {job.stage} with {facts}")


def _always(_job: Job, _facts: Facts) -> bool:
    return True


# With one of these a turn has come to nothing: whoever tries again wants it taken once more.
_NOTHING_CAME = frozenset({NothingChanged.key, AgentFailed.key, EditLost.key, EditTooSlow.key, JobError.UNFULFILLED})
# With one of these the render has no file to give.
_NO_FILE = frozenset({RenderFailed.key, ResultUnreadable.key})
# With one of these, too, as long as it is not concluded: later they are about the export.
_REFUSED = frozenset({NoCredits.key, PlanBlocked.key})


def _goes_on(job: Job, facts: Facts) -> bool:
    return facts.again and facts.same_session


def _render_is_kept(job: Job, facts: Facts) -> bool:
    return _goes_on(job, facts) and bool(job.render) and job.error not in _NO_FILE


def _turn_is_kept(job: Job, facts: Facts) -> bool:
    refused = job.error in _REFUSED and not job.concluded
    return _goes_on(job, facts) and job.edited and not refused and job.error not in _NOTHING_CAME


def _turn_is_due(job: Job, facts: Facts) -> bool:
    return _goes_on(job, facts) and job.task is Task.EDIT and len(job.uploaded) == len(job.attachments)


def _cannot_start_afresh(job: Job, facts: Facts) -> bool:
    """The turn is not taken twice, and what came from elsewhere cannot be had again."""
    return facts.session_gone and (job.edited or facts.awaited or (facts.had_material and not job.attachments))


def _is_another_form(job: Job, _facts: Facts) -> bool:
    return job.form is not Form.WHOLE and bool(job.render)


def _makes_file(job: Job, facts: Facts) -> bool:
    return job.export and facts.turn is not None and facts.turn.exportable


def _came_to_nothing(_job: Job, facts: Facts) -> bool:
    return facts.turn is not None and not facts.turn.words and not facts.turn.changed


def _is_unfulfilled(job: Job, facts: Facts) -> bool:
    """Whatever it was about: a file that cannot be made, an edit that was not, a question that was refused."""
    answered = facts.question and job.error != JobError.UNFULFILLED
    return facts.turn is not None and not answered and (job.export or not facts.turn.changed)


def _has_words_instead(job: Job, facts: Facts) -> bool:
    return facts.soundless and job.concluded and bool(job.answer)


def _was_parted(job: Job) -> bool:
    """Its batch went without it. It is not rendered anew: by now the project may be another one."""
    return job.stage is Stage.DELIVERING and bool(job.about)


def _may_render_again(job: Job, facts: Facts) -> bool:
    return facts.render is Render.REFUSED and facts.refusals < MOST_RENDERS and not _was_parted(job)


RULES = (
    # "Try again" makes a new job of one that failed, and this is where it begins; an operator may have it of one that
    # was cancelled.
    Rule(
        STOPPED,
        "Try again: same session, render begun, not refused and no broken file",
        _render_is_kept,
        Step.RESUME_RENDER,
    ),
    Rule(STOPPED, "Try again: same session, turn taken and not for nothing", _turn_is_kept, Step.RESUME_TURN),
    Rule(STOPPED, "Try again: same session, files in it, task: edit", _turn_is_due, Step.TAKE_TURN),
    Rule(STOPPED, "Try again", lambda _, facts: facts.again, Step.UPLOAD),
    Rule(frozenset(Stage), "Try again, did not fail", lambda _, facts: facts.again, Step.NOTHING),
    Rule(OVER, "", _always, Step.NOTHING),
    # The backend does not know the session any more (1002).
    Rule(
        OPEN,
        "session gone: turn taken, or other material was in it and is awaited, or is all there was",
        _cannot_start_afresh,
        Step.SAY_PROJECT_GONE,
    ),
    Rule(OPEN, "session gone", lambda _, facts: facts.session_gone, Step.START_AFRESH),
    # It was said how the job ends: by this run, or by an earlier one.
    Rule(
        OPEN,
        "this run answered, but not with all that was wanted",
        lambda _, facts: facts.told in (Ending.PARTLY, Ending.UNFULFILLED),
        Step.FINISH_UNFULFILLED,
    ),
    Rule(OPEN, "this run said the last words", lambda _, facts: facts.told is not None, Step.FINISH),
    Rule(OPEN, "an earlier run said the last words", lambda job, _: job.has_closed, Step.FINISH_AS_TOLD),
    # A render that is finished needs no session.
    Rule(NEW, "another form of a finished render", _is_another_form, Step.RESUME_RENDER),
    # From a new row to the turn, or to the render.
    Rule(NEW, "session not opened by this run", lambda _, facts: not facts.uploaded, Step.UPLOAD),
    Rule(NEW, "task: upload", lambda job, _: job.task is Task.UPLOAD, Step.SAY_UPLOADED),
    Rule(NEW, "goes on for a failed job, render begun", lambda job, _: bool(job.render), Step.RESUME_RENDER),
    Rule(NEW, "goes on for a failed job, turn taken", lambda job, _: job.edited, Step.RESUME_TURN),
    Rule(NEW, "task: export", lambda job, _: job.task is Task.EXPORT, Step.RENDER),
    Rule(NEW, "task: edit", lambda job, _: job.task is Task.EDIT, Step.TAKE_TURN),
    # The turn may have been sent: it is not sent again.
    Rule(EDITED, "crash, turn concluded", lambda job, facts: not facts.turn and job.concluded, Step.REREAD_TURN),
    Rule(EDITED, "crash", lambda _, facts: not facts.turn, Step.RECOVER_TURN),
    Rule(EDITED, "a file is wanted and can be made", _makes_file, Step.RENDER),
    Rule(EDITED, "no words, no change", _came_to_nothing, Step.SAY_NOTHING_CHANGED),
    # Results of one message go out together.
    Rule(
        frozenset({Stage.READY}),
        "put aside by this run: its claim is gone",
        lambda _, facts: facts.put_aside,
        Step.NOTHING,
    ),
    Rule(frozenset({Stage.READY}), "handed out again by the store", _always, Step.DELIVER_BATCH),
    Rule(DELIVERED, "carries others", lambda job, _: bool(job.carries), Step.DELIVER_BATCH),
    # Words are said where no file can be made.
    Rule(EDITED, "a file was wanted, or an edit that was not made", _is_unfulfilled, Step.ANSWER_UNFULFILLED),
    Rule(EDITED, "the edit was made, or words were wanted", _always, Step.ANSWER),
    Rule(RENDERED, "no sound in it, the agent said something", _has_words_instead, Step.ANSWER_UNFULFILLED),
    Rule(RENDERED, "no sound in it", lambda _, facts: facts.soundless, Step.SAY_NO_SOUND),
    # A saved render is polled before another one is begun.
    Rule(RENDERED, "not polled yet", lambda _, facts: facts.render is Render.UNKNOWN, Step.POLL_RENDER),
    Rule(RENDERED, "refused once, not parted from its batch", _may_render_again, Step.RENDER),
    Rule(RENDERED, "refused", lambda _, facts: facts.render is Render.REFUSED, Step.SAY_RENDER_FAILED),
    Rule(
        frozenset({Stage.RENDERING}),
        "finished, others of its message are open",
        lambda _, facts: facts.company,
        Step.PUT_ASIDE,
    ),
    Rule(RENDERED, "finished", _always, Step.DELIVER),
)
