"""What we do instead where the agent tells the user to press a button or open a panel: a closed set of actions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunExport:
    """It told the user to press Export."""


@dataclass(frozen=True, slots=True)
class ShowTimeline:
    """It told the user to look at a panel, the timeline or a preview."""


@dataclass(frozen=True, slots=True)
class ShowCredits:
    """It told the user to look at their account or billing page."""


@dataclass(frozen=True, slots=True)
class SendFile:
    """It told the user to drop a file into a window: here files are sent to the chat."""


@dataclass(frozen=True, slots=True)
class EditInstead:
    """It told the user to drag something: the same as a request that the agent can carry out."""

    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """It named something the user might do. `words` as a request, for a button or to be said."""

    words: str


Action = RunExport | ShowTimeline | ShowCredits | SendFile | EditInstead | Offer


@dataclass(frozen=True, slots=True)
class Found:
    """A GUI instruction inside a clause, from character `start` to the clause's end; `action` None: only
    to be left out."""

    start: int = 0
    action: Action | None = None
