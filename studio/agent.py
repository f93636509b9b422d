"""One request in words against a project: what is to be said, and what is to change. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from studio.draft import BadDraft, read_draft, write_draft
from studio.editing import CannotApply, Material, Step, apply, begin
from studio.names import clean_name
from studio.operations import ExtractAudio, Merge, Mute, Trim
from studio.records import Session, SourceFile
from studio.script import Commit, Say, Script, ToolCall, ToolResult
from studio.timeline import Timeline, TrackKind
from studio.understanding import NotUnderstood, Understood, Undo, understand
from studio.wording import language_of, say, what_was_done

_TOOL = "edit_multitrack"
_ACTIONS = {ExtractAudio: "extract_audio", Trim: "trim", Merge: "merge_audio", Mute: "mute"}


@dataclass(frozen=True, slots=True)
class Turn:
    """`draft` is the new timeline as JSON, "" where nothing changes; with `undo` it takes the last edit's place.
    `language` is what it is said in."""

    script: Script
    language: str
    draft: str = ""
    undo: bool = False


def take_turn(session: Session, files: Sequence[SourceFile], text: str, before: str | None = None) -> Turn:
    """The whole turn. Nothing changes before its script's `Commit`.

    `before` is the draft as it was before the last edit, "" for the untouched one, None if there was no edit.
    """
    language = language_of(session.language, text)
    request = understand(text)
    if isinstance(request, Undo):
        return _taken_back(files, before, language)
    if isinstance(request, NotUnderstood):
        key = "not_yet" if request.about else "not_understood"
        return Turn([Say(say(key, language, about=request.about))], language)
    try:
        steps = apply(request.operations, _material(session, files, request))
        draft = _draft(steps[-1].after)
    except CannotApply as reason:
        return Turn([Say(say(reason.key, language, **reason.values))], language)
    return Turn(_script(steps, language), language, draft)


def _taken_back(files: Sequence[SourceFile], before: str | None, language: str) -> Turn:
    if before is None or not files:
        return Turn([Say(say("nothing_to_undo", language))], language)
    draft = before or _draft(begin(_meant(files)))
    call, result = ToolCall("call_1", _TOOL, {"action": "undo"}), ToolResult("call_1", _TOOL, {"status": "ok"})
    return Turn([call, Commit(), result, Say(say("undone", language))], language, draft, undo=True)


def _draft(timeline: Timeline) -> str:
    """As JSON, and only what can be read again: a header may claim a length of centuries."""
    draft = write_draft(timeline)
    try:
        read_draft(draft)
    except BadDraft as error:
        raise CannotApply("too_much") from error
    return json.dumps(draft, ensure_ascii=False)


def _script(steps: Sequence[Step], language: str) -> Script:
    calls: Script = []
    for number, step in enumerate(steps, 1):
        args = {"action": _ACTIONS[type(step.operation)], **asdict(step.operation)}
        calls.append(ToolCall(f"call_{number}", _TOOL, args))
    results = [ToolResult(call.id, _TOOL, {"status": "ok"}) for call in calls if isinstance(call, ToolCall)]
    return [*calls, Commit(), *results, Say(what_was_done(steps, language))]


def _material(session: Session, files: Sequence[SourceFile], request: Understood) -> Material:
    """The files that are named, else those sent since the last edit, else the project as it stands."""
    if not files:
        raise CannotApply("no_files")
    pool = _named(files, request.files) if request.files else [file for file in files if file.fresh]
    sounds = [file for file in pool if file.kind == "audio"] or [file for file in files if file.kind == "audio"]
    if request.merges:
        pictures = [file for file in pool if file.kind == "video"]
        return Material(_merge_base(session, files, pictures), tuple(sounds))
    return Material(begin(_meant(pool)) if pool else _current(session, files), tuple(sounds))


def _named(files: Sequence[SourceFile], names: Sequence[str]) -> list[SourceFile]:
    """The newest of each name."""
    newest = {file.name: file for file in files}
    for name in names:
        if clean_name(name) not in newest:
            raise CannotApply("no_such_file", name=name)
    return [newest[clean_name(name)] for name in names]


def _merge_base(session: Session, files: Sequence[SourceFile], pictures: Sequence[SourceFile]) -> Timeline:
    """A merge wants a picture: a new one, else the project's, else the last that was sent."""
    if pictures:
        return begin(pictures[-1])
    current = _current(session, files)
    if current.of_kind(TrackKind.VIDEO):
        return current
    sent = [file for file in files if file.kind == "video"]
    return begin(sent[-1]) if sent else current


def _meant(files: Sequence[SourceFile]) -> SourceFile:
    """Of several new files the newest, and a moving picture before a sound before a still."""
    return max(enumerate(files), key=lambda each: (("image", "audio", "video").index(each[1].kind), each[0]))[1]


def _current(session: Session, files: Sequence[SourceFile]) -> Timeline:
    if not session.draft:
        return begin(_meant(files))
    return read_draft(json.loads(session.draft))
