"""What a result is called: after the first film that is heard or seen in it, else after its longest sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from core.files import kind_of, safe_name
from core.job import Job, Project, ProjectFile
from core.nemo.draft.timeline import Kind, Segment, Timeline, read_timeline

UNNAMED = "cutroom"


def result_name(job: Job, project: Project, draft: object) -> str:
    """Without its file type. What is on the timeline counts, where its segments can be told to be files."""
    if job.about:
        return stem_of(job.about)
    played = files_played(read_timeline(draft), project.files)
    return name_after(played or _of_job(job, project)) or job.named or stem_of(project.source) or UNNAMED


def name_after(files: Sequence[ProjectFile]) -> str:
    """ "" for no files. A film without sound and a picture only where there is nothing else."""
    heard = [file for file in files if file.kind == "video" and not file.silent]
    sounds = sorted((file for file in files if file.kind == "audio"), key=lambda file: -(file.seconds or 0))
    films = [file for file in files if file.kind == "video"]
    return next((stem_of(file.name) for file in (*heard, *sounds, *films, *files)), "")


def stem_of(name: str) -> str:
    """The name may be the backend's, and goes into headers."""
    return PurePath(safe_name(name)).stem if name else ""


def files_played(timeline: Timeline, files: Sequence[ProjectFile]) -> list[ProjectFile]:
    """The files that lie on the timeline, in the order in which they begin; none where a film on it cannot be told."""
    known = {PurePath(file.name).stem.casefold(): file for file in files}
    found = [(kind, known.get(segment.name.casefold())) for kind, segment in _segments(timeline)]
    strange = any(kind is Kind.VIDEO and file is None for kind, file in found)
    return [] if strange else list(dict.fromkeys(file for _, file in found if file))


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
