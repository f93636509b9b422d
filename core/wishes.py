"""Words that come before the file they are about: kept with the project until their person sends it."""

from __future__ import annotations

from dataclasses import replace

from core.job import Project
from core.messages import Incoming

# Words wait that long for the file that they are about.
WISH_SECONDS = 600.0


def with_wish(incoming: Incoming, project: Project, now: float) -> Incoming:
    """A file without words gets those that its person said of it, if that was not long ago."""
    if not _is_theirs(incoming, project) or now - float(project.wished or 0) > WISH_SECONDS:
        return incoming
    return replace(incoming, text=project.wish)


def fulfilled(incoming: Incoming, project: Project) -> dict[str, str]:
    """What changes of the project's wish by a request. Somebody else's file leaves it waiting."""
    return {"wish": "", "wisher": "", "wished": ""} if incoming.attachments and _is_theirs(incoming, project) else {}


def _is_theirs(incoming: Incoming, project: Project) -> bool:
    return bool(project.wish) and project.wisher == incoming.sender
