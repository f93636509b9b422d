"""One request in words against a project: what is to be said, and what is to change. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from studio.calls import calls_of
from studio.choosing import material_of, meant
from studio.draft import BadDraft, read_draft, write_draft
from studio.editing import apply
from studio.material import CannotApply, Step, begin
from studio.records import Session, SourceFile
from studio.script import Commit, Say, Script, ToolCall, ToolResult
from studio.separation.methods import Method
from studio.timeline import Timeline
from studio.understanding import Ask, Undo, understand
from studio.wording import language_of, question, say, what_was_done

_TOOL = "edit_multitrack"


@dataclass(frozen=True, slots=True)
class Turn:
    """`draft` is the new timeline as JSON, "" where nothing changes; with `undo` it takes the last edit's place.
    `language` is what it is said in."""

    script: Script
    language: str
    draft: str = ""
    undo: bool = False


def take_turn(
    session: Session,
    files: Sequence[SourceFile],
    text: str,
    before: str | None = None,
    separates: Method = Method.NET,
) -> Turn:
    """The whole turn. Nothing changes before its script's `Commit`. `separates` is what will keep a voice.

    `before` is the draft as it was before the last edit, "" for the untouched one, None if there was no edit.
    """
    language = language_of(session.language, text)
    request = understand(text, frozenset(file.kind for file in files))
    if isinstance(request, Undo):
        return _taken_back(files, before, language)
    if isinstance(request, Ask):
        return Turn([Say(question(request, language))], language)
    try:
        steps = apply(request.operations, material_of(session, files, request))
        draft = _draft(steps[-1].after)
    except CannotApply as reason:
        return Turn([Say(say(reason.key, language, **reason.values))], language)
    return Turn(_script(steps, language, separates), language, draft)


def _taken_back(files: Sequence[SourceFile], before: str | None, language: str) -> Turn:
    if before is None or not files:
        return Turn([Say(say("nothing_to_undo", language))], language)
    draft = before or _draft(begin(meant(files)))
    call, result = ToolCall("call_1", _TOOL, {"op": "undo"}), ToolResult("call_1", _TOOL, {"status": "ok"})
    return Turn([call, Commit(), result, Say(say("undone", language))], language, draft, undo=True)


def _draft(timeline: Timeline) -> str:
    """As JSON, and only what can be read again: a header may claim a length of centuries."""
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
