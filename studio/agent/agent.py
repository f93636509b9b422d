"""Plans one turn: what a request in words changes in a project, and what is said about it. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.agent import asking
from studio.agent.asking import Question
from studio.agent.events import Commit, Say, Script, ToolCall, ToolResult, Unfulfilled
from studio.agent.questions import WANT_AN_ANSWER
from studio.agent.selection import material_of, meant
from studio.agent.tool_calls import calls_of
from studio.agent.wording import language_of, question, say, what_was_done
from studio.records import History, Session, SourceFile
from studio.separation.methods import Method
from studio.timeline.draft import BadDraft, read_draft, write_draft
from studio.timeline.editing import apply
from studio.timeline.material import CannotApply, Step, begin
from studio.timeline.model import Timeline
from studio.timeline.operations import Trim
from studio.understanding import Ask, Redo, Request, Understood, Undo, understand

_TOOL = "edit_multitrack"


@dataclass(frozen=True, slots=True)
class Back:
    """Undoes the last `count` edits."""

    count: int


@dataclass(frozen=True, slots=True)
class Again:
    """Redoes the edit that was undone last."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`draft` is the new timeline as JSON, "" if nothing changes. `step` is set for an undo or a redo. `question` is
    open after it."""

    script: Script
    draft: str = ""
    step: Back | Again | None = None
    question: Question | None = None


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
    opened, language = asking.read(session.question), language_of(session.language, text)
    if opened is None or answers in (None, opened.id):
        return _planned(session, files, text, opened, history or History(), separates, language)
    turn = _planned(session, files, text, None, history or History(), separates, language)
    stays = turn.question is None and (opened.survives_others or not turn.draft)
    return replace(turn, question=opened) if stays else turn


def _planned(
    session: Session,
    files: Sequence[SourceFile],
    text: str,
    opened: Question | None,
    history: History,
    separates: Method,
    language: str,
) -> Turn:
    if opened and asking.is_declined(opened, text):
        return Turn([Say(say("declined", language))])
    request, text = _read(text, opened, frozenset(file.kind for file in files))
    if isinstance(request, Undo):
        return _taken_back(files, history, request.count, language)
    if isinstance(request, Redo):
        return _brought_again(files, history, language)
    if isinstance(request, Ask):
        return _unfulfilled(f"ask_{request.about.value}", question(request, language), text, language)
    try:
        steps = apply(request.operations, material_of(session, files, request))
        draft = _draft(steps[-1].after)
    except CannotApply as reason:
        return _unfulfilled(reason.key, say(reason.key, language, **reason.values), text, language)
    return Turn(_script(steps, language, separates), draft)


def _read(text: str, opened: Question | None, kinds: frozenset[str]) -> tuple[Request, str]:
    """What the words ask for, by themselves or as the answer to what was asked, and the words that say so."""
    request = understand(text, kinds)
    if opened is None or not _may_be_half(request):
        return request, text
    for whole in asking.readings(opened, text):
        if not isinstance(again := understand(whole, kinds), Ask):
            return again, whole
    return request, text


def _may_be_half(request: Request) -> bool:
    """A span alone is taken for what is to be kept, which an answer need not mean."""
    return isinstance(request, Ask) or (
        isinstance(request, Understood) and all(isinstance(each, Trim) for each in request.operations)
    )


def _unfulfilled(key: str, text: str, request: str = "", language: str = "en") -> Turn:
    """`key` names the sentence `text`, which asks back about the words `request` or refuses them."""
    if key in WANT_AN_ANSWER:
        return Turn([Say(text, Unfulfilled.ASKED)], question=asking.asked(key, text, request, language))
    return Turn([Say(text, Unfulfilled.REFUSED)])


def _taken_back(files: Sequence[SourceFile], history: History, wanted: int, language: str) -> Turn:
    """Undoes as many of the wanted edits as there are."""
    if not history.before or not files:
        return _unfulfilled("nothing_to_undo", say("nothing_to_undo", language))
    count = min(wanted, len(history.before))
    draft = history.before[count - 1] or _draft(begin(meant(files)))
    key = "undone" if count == 1 == wanted else "undone_several" if count == wanted else "undone_all"
    said = Say(say(key, language, count=str(count)))
    return Turn(_one_call({"op": "undo"} | ({"count": count} if count > 1 else {}), said), draft, Back(count))


def _brought_again(files: Sequence[SourceFile], history: History, language: str) -> Turn:
    if not history.taken_back or not files:
        return _unfulfilled("nothing_to_redo", say("nothing_to_redo", language))
    said = Say(say("redone", language))
    return Turn(_one_call({"op": "redo"}, said), history.taken_back[0], Again())


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


def _script(steps: Sequence[Step], language: str, separates: Method) -> Script:
    wanted = [call for step in steps for call in calls_of(step.operation)]
    calls = [ToolCall(f"call_{number}", _TOOL, args) for number, args in enumerate(wanted, 1)]
    results = [ToolResult(call.id, _TOOL, {"status": "ok"}) for call in calls]
    return [*calls, Commit(), *results, Say(what_was_done(steps, language, separates))]
