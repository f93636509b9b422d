"""Plans one turn: what a request in words changes in a project, and what is said about it. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from studio.agent import asking
from studio.agent.asking import Question
from studio.agent.events import Commit, Say, Script, ToolCall, ToolResult, Unfulfilled
from studio.agent.questions import WANT_AN_ANSWER
from studio.agent.selection import material_of, meant
from studio.agent.tool_calls import calls_of
from studio.agent.wording import language_of, offered, question, say, what_was_done
from studio.records import History, Session, SourceFile
from studio.separation.methods import Method
from studio.timeline.draft import BadDraft, read_draft, write_draft
from studio.timeline.editing import apply
from studio.timeline.material import CannotApply, Step, begin
from studio.timeline.model import Timeline
from studio.understanding import (
    About,
    Ask,
    Dropped,
    Memory,
    Offer,
    Redo,
    Request,
    Understood,
    Undo,
    from_json,
    respond,
    to_json,
)

_TOOL = "edit_multitrack"
# Reasons against an edit that an answer overcomes, and what is asked then.
_OVERCOME = {
    "no_picture": About.PICTURE,
    "trim_reversed": About.PART,
    "trim_outside": About.PART,
    "trim_empty": About.PART,
}


@dataclass(frozen=True, slots=True)
class Back:
    """Undoes the last `count` edits."""

    count: int


@dataclass(frozen=True, slots=True)
class Again:
    """Redoes the edit that was undone last."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Takes the place of the last edit."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`draft` is the new timeline as JSON, "" if nothing changes. `step` is set for all but a new edit. `question` is
    open after it, and `memory` is what it leaves to go on from.
    """

    script: Script
    draft: str = ""
    step: Back | Again | Instead | None = None
    question: Question | None = None
    memory: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a turn works on, and how it speaks. `separates` is the method that will keep a voice."""

    session: Session
    files: Sequence[SourceFile]
    history: History
    language: str
    separates: Method


def take_turn(
    session: Session,
    files: Sequence[SourceFile],
    text: str,
    history: History | None = None,
    separates: Method = Method.NET,
    answers: str | None = None,
) -> Turn:
    """Plans the whole turn; nothing changes before the `Commit` in its script.

    `separates` is the method that will keep a voice; the wording depends on it. `answers` names the open question that
    the words are said to; of somebody else they leave it open, unless there is another one or what was offered has
    changed.
    """
    work = Work(session, files, history or History(), language_of(session.language, text), separates)
    opened, memory = asking.read(session.question), from_json(session.memory)
    kinds = frozenset(file.kind for file in files)
    if opened is None or answers in (None, opened.id):
        return _planned(work, memory, *respond(text, kinds, memory))
    others = replace(memory, open=None)
    turn = _planned(work, others, *respond(text, kinds, others))
    if turn.question is not None or not (opened.survives_others or not turn.draft):
        return turn
    return replace(turn, question=opened, memory=to_json(replace(from_json(turn.memory), open=memory.open)))


def _planned(work: Work, before: Memory, request: Request, after: Memory) -> Turn:
    match request:
        case Undo(count):
            turn = _taken_back(work, count)
        case Redo():
            turn = _brought_again(work)
        case Dropped(had):
            turn = _dropped(work, had=had)
        case Ask():
            turn = _asked(work, request)
        case Offer(reading=Understood() as reading):
            return _edited(work, before, reading, after, is_offer=True)
        case Offer():
            turn = _dropped(work, had=False)
        case Understood():
            return _edited(work, before, request, after)
        case _:
            assert_never(request)
    return replace(turn, memory=to_json(after))


def _edited(work: Work, before: Memory, request: Understood, after: Memory, *, is_offer: bool = False) -> Turn:
    instead = request.instead and bool(work.history.before)
    session = replace(work.session, draft=work.history.before[0]) if instead else work.session
    try:
        steps = apply(request.operations, material_of(session, work.files, request))
        draft = _draft(steps[-1].after)
    except CannotApply as reason:
        turn = _unfulfilled(reason.key, say(reason.key, work.language, **reason.values), work.language)
        return replace(turn, memory=to_json(_after_refusal(before, after, reason.key)))
    if is_offer:
        text = offered(steps, work.language, work.separates)
        turn = Turn([Say(text, Unfulfilled.ASKED)], question=asking.asked("offer", text, work.language))
    else:
        turn = Turn(_script(steps, work), draft, Instead() if instead else None)
    return replace(turn, memory=to_json(after))


def _after_refusal(before: Memory, after: Memory, key: str) -> Memory:
    """What an edit that cannot be made leaves to go on from: a question, where an answer would help."""
    tokens = after.open.tokens if isinstance(after.open, Offer) else tuple(t for each in after.last for t in each)
    about = _OVERCOME.get(key)
    return replace(before, open=Ask(about, tokens=tokens) if about else None)


def _asked(work: Work, ask: Ask) -> Turn:
    key, text = f"ask_{ask.about.value}", question(ask, work.language)
    if not ask.is_open:
        return Turn([Say(text, Unfulfilled.REFUSED)])
    return Turn([Say(text, Unfulfilled.ASKED)], question=asking.asked(key, text, work.language, ask.choices))


def _dropped(work: Work, *, had: bool) -> Turn:
    """A question that is not wanted any more; without one, the last edit might be meant."""
    if had:
        return Turn([Say(say("declined", work.language))])
    key = "no_edit" if work.history.before else "declined"
    text = say(key, work.language)
    return Turn([Say(text)], question=asking.asked(key, text, work.language) if work.history.before else None)


def _unfulfilled(key: str, text: str, language: str) -> Turn:
    """`key` names the sentence `text`, which asks back or refuses."""
    if key in WANT_AN_ANSWER:
        return Turn([Say(text, Unfulfilled.ASKED)], question=asking.asked(key, text, language))
    return Turn([Say(text, Unfulfilled.REFUSED)])


def _taken_back(work: Work, wanted: int) -> Turn:
    """Undoes as many of the wanted edits as there are."""
    history, language = work.history, work.language
    if not history.before or not work.files:
        return _unfulfilled("nothing_to_undo", say("nothing_to_undo", language), language)
    count = min(wanted, len(history.before))
    draft = history.before[count - 1] or _draft(begin(meant(work.files)))
    key = "undone" if count == 1 == wanted else "undone_several" if count == wanted else "undone_all"
    said = Say(say(key, language, count=str(count)))
    return Turn(_one_call({"op": "undo"} | ({"count": count} if count > 1 else {}), said), draft, Back(count))


def _brought_again(work: Work) -> Turn:
    if not work.history.taken_back or not work.files:
        return _unfulfilled("nothing_to_redo", say("nothing_to_redo", work.language), work.language)
    said = Say(say("redone", work.language))
    return Turn(_one_call({"op": "redo"}, said), work.history.taken_back[0], Again())


def _one_call(args: dict[str, Any], said: Say) -> Script:
    return [ToolCall("call_1", _TOOL, args), Commit(), ToolResult("call_1", _TOOL, {"status": "ok"}), said]


def _draft(timeline: Timeline) -> str:
    """Returns the timeline as JSON, checked to be readable again: a file's header may claim a length of centuries."""
    draft = write_draft(timeline)
    try:
        read_draft(draft)
    except BadDraft as error:
        raise CannotApply("too_much") from error
    return json.dumps(draft, ensure_ascii=False)


def _script(steps: Sequence[Step], work: Work) -> Script:
    wanted = [call for step in steps for call in calls_of(step.operation)]
    calls = [ToolCall(f"call_{number}", _TOOL, args) for number, args in enumerate(wanted, 1)]
    results = [ToolResult(call.id, _TOOL, {"status": "ok"}) for call in calls]
    return [*calls, Commit(), *results, Say(what_was_done(steps, work.language, work.separates))]
