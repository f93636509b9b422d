"""What a result is called: after the first film that is heard or seen in it, else after its longest sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from core.files import Kind as FileKind
from core.files import kind_of, safe_name
from core.job import Job, Project, ProjectFile
from core.nemo.draft.timeline import Kind, Segment, Timeline, read_timeline

UNNAMED = "cutroom"
# After which of its files a result is called, and whether that is a film that is not heard in it.
ORDER: tuple[tuple[FileKind, bool], ...] = (
    ("video", False),
    ("audio", False),
    ("video", True),
    ("image", False),
    ("other", False),
)


def result_name(job: Job, project: Project, draft: object) -> str:
    """Without its file type. What is on the timeline counts, where its segments can be told to be files."""
    if job.about:
        return stem_of(job.about)
    played = files_played(read_timeline(draft), project.files)
    return name_after(played or _of_job(job, project)) or job.named or stem_of(project.source) or UNNAMED


def name_after(files: Sequence[ProjectFile]) -> str:
    """The first of those that come first in `ORDER`, of sounds the longest. "" for no files."""
    return stem_of(min(files, key=_rank).name) if files else ""


def _rank(file: ProjectFile) -> tuple[int, float]:
    length = file.seconds or 0 if file.kind == "audio" else 0
    return ORDER.index((file.kind, file.silent and file.kind == "video")), -length


def stem_of(name: str) -> str:
    """The name may be the backend's, and goes into headers."""
    return PurePath(safe_name(name)).stem if name else ""


def files_played(timeline: Timeline, files: Sequence[ProjectFile]) -> list[ProjectFile]:
    """The files that lie on the timeline, in the order in which they begin; none where a film on it cannot be told."""
    known = {PurePath(file.name).stem.casefold(): file for file in files}
    found = [(kind, segment, known.get(segment.name.casefold())) for kind, segment in _segments(timeline)]
    if any(kind is Kind.VIDEO and file is None for kind, _, file in found):
        return []
    heard = {file for _, segment, file in found if file and segment.volume != 0}
    played = dict.fromkeys(file for _, _, file in found if file)
    return [file if file in heard else replace(file, silent=True) for file in played]


def _segments(timeline: Timeline) -> list[tuple[Kind, Segment]]:
    played = [track for track in timeline.filled if track.kind in (Kind.VIDEO, Kind.AUDIO)]
    every = [(track.kind, each) for track in played for each in track.segments]
    return sorted(every, key=lambda each: each[1].start_ms or 0)


def _of_job(job: Job, project: Project) -> list[ProjectFile]:
    """Those that it was for, else all that the project has. The place may have begun a new one meanwhile."""
    names = job.files or job.uploaded
    known = {file.name: file for file in project.files}
    if names:
        return [known.get(name) or ProjectFile("", name, kind_of(name)) for name in names]
    return list(project.files)
