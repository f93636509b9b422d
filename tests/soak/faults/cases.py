"""Every case of the course: a story, the call that goes wrong in it, how, and how often."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.servers.cloud import FakeCloud
from tests.servers.faults import Breakage, Cut, Fault, Reset, Says, Silent, Slow
from tests.servers.script import Reply
from tests.soak.faults.faulty_studio import FaultyStudio
from tests.soak.faults.stories import STORIES, Story

# Codes as a gateway or a server says them, and as they stand in the body of a 200.
HTTP = (400, 401, 402, 403, 404, 408, 409, 413, 415, 422, 429, 500, 502, 503, 504, 507)
IN_BODY = (429, 500, 1001, 1002, 2001, 4001, 4002, 5555)
# A place, a file or a session that is not there any more is not there for the next call either.
OF_A_SESSION = frozenset({"upload", "run", "state"})
ALWAYS = 1_000_000
SLOW_SECONDS = 0.4  # more than a minute on the course's clock


@dataclass(frozen=True)
class Kind:
    """How a call goes wrong. `code` is what the backend says, 0 where it says nothing that can be understood.

    `done`: it did what it was asked for all the same. `loses`: the sessions are gone from there on.
    """

    name: str
    breakage: Breakage
    code: int = 0
    done: bool = False
    loses: bool = False
    revokes: bool = False

    @property
    def is_unclear(self) -> bool:
        """Whether nobody can tell from the answer what the backend did, or whether it is there at all."""
        return self.code in (0, 408, 500, 502, 503, 504)


def _moved(code: int, where: str) -> Reply:
    """Nothing was done, and it is to be asked for elsewhere."""
    return Reply(code, b"", {"Location": where}, content_type="text/plain")


def _kinds() -> tuple[Kind, ...]:
    page = Reply(body=b"<html><body>Welcome to the network</body></html>", content_type="text/html")
    gateway = Reply(502, b"<html>Bad Gateway</html>", content_type="text/html")
    return (
        *(Kind(f"http {code}", Says(Reply.coded(code, http=True)), code) for code in HTTP),
        *(Kind(f"body {code}", Says(Reply.coded(code, http=False)), code) for code in IN_BODY),
        Kind("502 after", Says(gateway), 502, done=True),
        Kind("504 after", Says(Reply(504, b"", content_type="text/plain")), 504, done=True),
        Kind("reset", Reset()),
        Kind("reset after", Reset(), done=True),
        Kind("cut", Cut(), done=True),
        Kind("page", Says(page)),
        Kind("page after", Says(page), done=True),
        Kind("half json", Says(Reply(body=b'{"code":0,"data":{"se'))),
        Kind("null", Says(Reply(body=None))),
        Kind("list", Says(Reply(body=[]))),
        Kind("empty", Says(Reply(body=b""))),
        Kind("bytes", Says(Reply(body=bytes(range(256)), content_type="application/octet-stream"))),
        Kind("moved", Says(_moved(307, "?again")), 307),
        Kind("moved for good", Says(_moved(308, "?again")), 308),
        Kind("moved away", Says(_moved(307, "http://127.0.0.1:1/away")), 307),
        Kind("slow", Slow(SLOW_SECONDS), done=True),
        Kind("no answer", Silent()),
        Kind("no answer after", Silent(), done=True),
        Kind("forgotten", Says(Reply.coded(1002, http=False)), 1002, loses=True),
        Kind("revoked", Says(Reply.coded(1001, http=False)), 1001, loses=True, revokes=True),
    )


KINDS = _kinds()


@dataclass(frozen=True)
class Case:
    story: Story
    endpoint: str
    nth: int
    kind: Kind
    times: int = 1

    def __str__(self) -> str:
        often = {1: "once", 2: "twice", ALWAYS: "always"}[self.times]
        return f"{self.story.name}: {self.endpoint} {self.nth}, {self.kind.name}, {often}"

    def fault(self, cloud: FakeCloud | FaultyStudio) -> Fault:
        kind = self.kind
        then = _lose(cloud, revokes=kind.revokes) if kind.loses else None
        return Fault(self.endpoint, kind.breakage, self.nth, self.times, kind.done, then)


def _lose(cloud: FakeCloud | FaultyStudio, *, revokes: bool) -> Callable[[], None]:
    def then() -> None:
        cloud.sessions.clear()
        if revokes and isinstance(cloud, FakeCloud):  # whoever comes with a new token is somebody else
            cloud.expired.add(cloud.token)
            cloud.token, cloud.user_id = f"{cloud.token}_again", f"{cloud.user_id}_again"

    return then


def all_cases(stories: Sequence[Story] = STORIES) -> list[Case]:
    """Each call of each story with each kind of fault that fits it, once, twice and for good."""
    return [
        Case(story, endpoint, nth, kind, times)
        for story in stories
        for endpoint, calls in story.calls.items()
        for nth in range(1, calls + 1)
        for kind in KINDS
        for times in (1, 2, ALWAYS)
        if not kind.loses or (endpoint in OF_A_SESSION and times == 1)
    ]


def draw(count: int, seed: int, stories: Sequence[Story] = STORIES) -> list[Case]:
    """Every kind of fault at every endpoint first, then whatever comes; mostly faults that strike once."""
    chance = random.Random(seed)
    cases = [case for case in all_cases(stories) if not (case.kind.revokes and stories is not STORIES)]
    order = sorted(cases, key=lambda case: chance.random() * _weight(case))
    of_each: dict[tuple[str, str], Case] = {}
    for case in order:
        of_each.setdefault((case.endpoint, case.kind.name), case)
    first = [str(case) for case in of_each.values()]
    return [*of_each.values(), *(case for case in order if str(case) not in first)][:count]


def _weight(case: Case) -> float:
    return {1: 1.0, 2: 3.0, ALWAYS: 2.0}[case.times]


def named(names: Sequence[str], stories: Sequence[Story] = STORIES) -> list[Case]:
    """The cases of these names. Raises `KeyError` for one that there is not."""
    by_name = {str(case): case for case in all_cases(stories)}
    return [by_name[name] for name in names]
