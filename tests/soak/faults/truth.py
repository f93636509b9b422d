"""What the backend knows when a request ends, beside what its person was told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.servers.cloud import FakeCloud
from tests.servers.script import Taken
from tests.soak.faults.cases import OF_A_SESSION, Case
from tests.soak.faults.faulty_studio import FaultyStudio
from tests.soak.faults.stories import Wants


@dataclass(frozen=True)
class Told:
    """All that was said of one request: its last words, the last text of its status message, the sign on it, the
    finished files that came with it, and what its "Try again" carries ("" where there is none)."""

    texts: tuple[str, ...]
    tones: tuple[str, ...]
    status: str
    sign: str
    files: int
    retry: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True)
class Truth:
    """`hits` is how often the fault has struck. `turns` are those taken since the story's request, `heard` those whose
    answer arrived whole. `changed`: the project is not as it was before; `complete`: every turn did its part.
    `has_material`: there is something to export. `lost`: the session that the place had is gone. `older`: the project
    held something before the request. `rendered`: the file that was fetched last shows the project as it stands, with
    every file of the request in it."""

    case: Case
    hits: int
    turns: tuple[Taken, ...]
    heard: tuple[Taken, ...]
    changed: bool
    complete: bool
    has_material: bool
    lost: bool
    older: bool
    rendered: bool
    doubled: tuple[str, ...]

    @property
    def codes(self) -> frozenset[int]:
        """What the backend has said."""
        return frozenset({self.case.kind.code} if self.hits else ())

    @property
    def unclear(self) -> bool:
        """Whether the backend has failed in a way that leaves open what it did."""
        return bool(self.hits) and self.case.kind.is_unclear

    @property
    def refused(self) -> bool:
        """Whether it has clearly said no."""
        return bool(self.hits and self.case.kind.code) and not self.case.kind.is_unclear

    def struck(self, *endpoints: str) -> bool:
        return bool(self.hits) and self.case.endpoint in endpoints

    def fulfils(self, told: Told, said: str) -> bool:
        """Whether the request is fulfilled by what was told; `said` is everything that was said since it came."""
        story = self.case.story
        match story.wants:
            case Wants.FILE:
                return bool(told.files) and self.rendered and (self.complete or not story.turns)
            case Wants.SOUND:
                return bool(told.files) and self.rendered
            case Wants.EDIT:
                return self.changed and bool(told.texts) and "error" not in told.tones
            case Wants.WORDS:
                return all(words in said for words in story.words)


@dataclass
class Witness:
    """Looks at the backend from when the story's request comes. `hits` is asked of the fault."""

    cloud: FakeCloud | FaultyStudio
    case: Case

    def __post_init__(self) -> None:
        self._turns = len(self.cloud.taken)
        self._older = any(session.videos for session in self.cloud.sessions.values())
        self.fault = self.case.fault(self.cloud)
        self.cloud.faults.append(self.fault)

    def be_well(self) -> None:
        """The backend is as it should be from here on."""
        self.cloud.faults.clear()

    @property
    def turns(self) -> tuple[Taken, ...]:
        return tuple(self.cloud.taken[self._turns :])

    def truth(self) -> Truth:
        standing = list(self.cloud.sessions.values())
        newest = standing[-1] if standing else None
        alive = [turn for turn in self.turns if any(turn.session is session for session in standing)]
        made = [turn for turn in alive if turn.turn.draft is not None]
        return Truth(
            case=self.case,
            hits=self.fault.hits,
            turns=self.turns,
            heard=self._heard(),
            changed=bool(made),
            complete=len(made) >= max(1, sum(turn.draft is not None for turn in self.case.story.turns)),
            has_material=bool(newest and newest.draft != "{}"),
            lost=self._lost(),
            older=self._older,
            rendered=newest is not None and self._shown() == newest.draft and self._has_all_files(),
            doubled=tuple(name for name, count in Counter(newest.names if newest else ()).items() if count > 1),
        )

    def _heard(self) -> tuple[Taken, ...]:
        """A fault at the turn itself leaves open what arrived of it."""
        return () if self.fault.hits and self.case.endpoint == "run" and self.case.kind.name != "slow" else self.turns

    def _lost(self) -> bool:
        """Whether it has said that a session is not there, true or not."""
        code, endpoint = self.case.kind.code, self.case.endpoint
        gone = self.case.kind.loses or code == 1002 or (code == 404 and endpoint in OF_A_SESSION)
        return gone and bool(self.fault.hits)

    def _shown(self) -> str:
        """The timeline of the render that was fetched last."""
        fetched = [request for request in self.cloud.requests if request.endpoint in ("media", "download")]
        if not fetched:
            return ""
        made = {str(request.json["id"]): request for request in self.cloud.asked("render")}
        last = next((made[name] for name in reversed(list(made)) if name in fetched[-1].path), None)
        return json.dumps(last.json["draft"], separators=(",", ":"), ensure_ascii=False) if last else ""

    def _has_all_files(self) -> bool:
        """The last turn worked on everything that its request brought."""
        turns: Sequence[Taken] = self.turns
        return not turns or set(self.case.story.ask.files) <= set(turns[-1].files)
