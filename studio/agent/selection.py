"""Selects the files of a session that a request means, and the timeline that it starts from. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studio.files.folders import clean_name
from studio.records import Session, SourceFile
from studio.timeline.draft import read_draft
from studio.timeline.material import CannotApply, Material, begin
from studio.timeline.model import Timeline, TrackKind
from studio.timeline.operations import AddMusic, ExtractAudio, Join, Merge, Visualize
from studio.understanding import Understood


def material_of(session: Session, files: Sequence[SourceFile], request: Understood) -> Material:
    """Selects the files that are named, else those sent since the last edit, else the project as it is.

    Raises `CannotApply`.
    """
    if not files:
        raise CannotApply("no_files")
    pool = _named(files, request.files) if request.files else [file for file in files if file.fresh]
    sounds = _of(pool, "audio") or _of(files, "audio")
    pictures = _of(pool, "image") or _of(files, "image") or _animations(files)
    joins = any(isinstance(operation, Join) for operation in request.operations)
    base, following = _row(session, files, pool) if joins else (_base(session, files, request, pool), [])
    untouched = begin(meant(pool if _plays(pool) else files)) if _plays(files) else None
    return Material(base, tuple(sounds), tuple(pictures), tuple(files), untouched, tuple(following))


def _base(session: Session, files: Sequence[SourceFile], request: Understood, pool: list[SourceFile]) -> Timeline:
    wanted = {type(operation) for operation in request.operations}
    if Visualize in wanted:
        return _sound_base(session, files, pool)
    if wanted & {Merge, AddMusic}:
        videos = _of(pool, "video")
        return begin(videos[-1]) if videos else _picture_base(session, files, merges=Merge in wanted)
    if ExtractAudio not in wanted and _of(pool, "audio") and not _of(pool, "video") and session.draft:
        # A sound that came after the edits is there to be used in them, unless it is the only thing.
        current = _current(session, files)
        if current.of_kind(TrackKind.VIDEO) and request.speaks_of_picture:
            return current
    return begin(meant(pool)) if _plays(pool) or not _plays(files) else _current(session, files)


def _row(
    session: Session, files: Sequence[SourceFile], pool: list[SourceFile]
) -> tuple[Timeline, Sequence[SourceFile]]:
    """Returns where a join begins and the files that follow: the new clips, or the project and one new clip."""
    kind = "video" if _of(files, "video") else "audio"
    fresh = _of(pool, kind)
    if len(fresh) > 1 or not session.draft:
        row = fresh if len(fresh) > 1 else _of(files, kind)
        if len(row) < 2:
            raise CannotApply("join_needs_more")
        return begin(row[0]), row[1:]
    current = _current(session, files)
    shown = {clip.source for clip in current.clips}
    return current, [file for file in _of(files, kind) if file.id not in shown]


def _sound_base(session: Session, files: Sequence[SourceFile], pool: list[SourceFile]) -> Timeline:
    """Draws from a new sound, else from the project if it is a sound, else from the last sound that was sent."""
    if sounds := _of(pool, "audio"):
        return begin(sounds[-1])
    if session.draft and not _of(pool, "video"):
        current = _current(session, files)
        if not current.of_kind(TrackKind.VIDEO):
            return current
    sent = _of(files, "audio") or _of(pool, "video") or _of(files, "video")
    return begin(sent[-1] if sent else meant(files))


def _picture_base(session: Session, files: Sequence[SourceFile], *, merges: bool) -> Timeline:
    """Returns the project if it has a picture, else the last video that was sent."""
    current = _current(session, files)
    if current.of_kind(TrackKind.VIDEO) or (current.visual and not merges):
        return current
    sent = _of(files, "video")
    return begin(sent[-1]) if sent else current


def _named(files: Sequence[SourceFile], names: Sequence[str]) -> list[SourceFile]:
    """Returns the newest file of each name."""
    newest = {file.name: file for file in files}
    for name in names:
        if clean_name(name) not in newest:
            raise CannotApply("no_such_file", name=name)
    return [newest[clean_name(name)] for name in names]


def _of(files: Sequence[SourceFile], kind: str) -> list[SourceFile]:
    return [file for file in files if file.kind == kind]


def _animations(files: Sequence[SourceFile]) -> list[SourceFile]:
    """GIFs and animated WebPs: if a picture is needed, their first frame will do."""
    return [file for file in _of(files, "video") if file.extension in ("gif", "webp")]


def _plays(files: Sequence[SourceFile]) -> bool:
    return any(file.kind != "image" for file in files)


def meant(files: Sequence[SourceFile]) -> SourceFile:
    """Selects among several new files: a video before a sound before a picture, then the newest."""
    return max(enumerate(files), key=lambda each: (("image", "audio", "video").index(each[1].kind), each[0]))[1]


def _current(session: Session, files: Sequence[SourceFile]) -> Timeline:
    if not session.draft:
        return begin(meant(files))
    return read_draft(json.loads(session.draft))
