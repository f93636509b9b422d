"""What a person asks for while one call goes wrong, and what has to be true before it may be called done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tests.servers.script import Poll, Turn


class Wants(StrEnum):
    """What fulfils a request."""

    FILE = "the finished file of the project as it stands"
    SOUND = "the sound of the project as it stands"
    EDIT = "the edit, and an answer that tells of it"
    WORDS = "the words"


@dataclass(frozen=True)
class Ask:
    """A message: its words, and the names of the files with it."""

    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """`before` is asked while all is well. `turns` are the agent's when `ask` comes, `words` what must reach the person
    of what it says. `calls` is how often `ask` calls each endpoint where nothing goes wrong."""

    name: str
    ask: Ask
    wants: Wants
    calls: Mapping[str, int]
    turns: tuple[Turn, ...] = ()
    words: tuple[str, ...] = ()
    before: tuple[Ask, ...] = field(default=())
    poll_shape: Poll = Poll.FLAT


BRIGHTER = "The picture is brighter now."
DARKER = "The picture is darker now."
FIRST = Ask("make it brighter", ("talk.mp4",))


def draft(title: str) -> str:
    """A timeline like no other."""
    clip = '{"tt":0,"sg":[{"n":"talk","s":0,"d":1000}]}'
    return f'{{"t":[{clip},{{"tt":7,"sg":[{{"tx":"{title}","s":0,"d":1000}}]}}],"d":1000,"m":{{"title":"Project"}}}}'


_NEW = {"token": 1, "session": 1}
_EDITED = {"run": 1, "state": 3}
_EXPORTED = {"render": 1, "poll": 2, "media": 1}

STORIES = (
    Story(
        "first",
        FIRST,
        Wants.FILE,
        {**_NEW, "upload": 1, **_EDITED, **_EXPORTED},
        (Turn(BRIGHTER, draft("bright")),),
        (BRIGHTER,),
    ),
    Story(
        "silent",
        FIRST,
        Wants.FILE,
        {**_NEW, "upload": 1, **_EDITED, **_EXPORTED},
        (Turn("", draft("bright")),),
    ),
    Story(
        "joined",
        Ask("join these clips", ("talk.mp4", "walk.mp4")),
        Wants.FILE,
        {**_NEW, "upload": 2, **_EDITED, **_EXPORTED},
        (Turn("The clips are joined now.", draft("joined")),),
        ("The clips are joined now.",),
    ),
    Story(
        "account",
        FIRST,
        Wants.FILE,
        {**_NEW, "upload": 1, **_EDITED, "credits": 1, **_EXPORTED},
        (Turn(f"{BRIGHTER} Check your account page for what is left.", draft("bright")),),
        (BRIGHTER,),
    ),
    Story(
        "dragged",
        Ask("add a title and move it to the end", ("talk.mp4",)),
        Wants.FILE,
        {**_NEW, "upload": 1, "run": 2, "state": 5, **_EXPORTED},
        (
            Turn(f"{BRIGHTER} Now drag the title to the end of the timeline.", draft("bright")),
            Turn("The title is at the end now.", draft("bright, title at the end")),
        ),
        (BRIGHTER,),
    ),
    Story(
        "question",
        Ask("what is in this video?", ("talk.mp4",)),
        Wants.WORDS,
        {**_NEW, "upload": 1, "run": 1, "state": 2},
        (Turn("It shows a test picture.", None, tools=False),),
        ("It shows a test picture.",),
    ),
    Story(
        "later",
        Ask("make it darker"),
        Wants.EDIT,
        {"run": 1, "state": 2},
        (Turn(DARKER, draft("dark")),),
        (DARKER,),
        before=(FIRST,),
    ),
    Story(
        "later file",
        Ask("make it darker", ("walk.mp4",)),
        Wants.FILE,
        {"upload": 1, **_EDITED, **_EXPORTED},
        (Turn(DARKER, draft("dark")),),
        (DARKER,),
        before=(FIRST,),
    ),
    Story(
        "by id",
        FIRST,
        Wants.FILE,
        {**_NEW, "upload": 1, **_EDITED, "render": 1, "poll": 5, "download": 1},
        (Turn(BRIGHTER, draft("bright")),),
        (BRIGHTER,),
        poll_shape=Poll.BARE,
    ),
    Story("export", Ask("export"), Wants.FILE, {"state": 1, **_EXPORTED}, before=(FIRST,)),
    Story("balance", Ask("credits"), Wants.WORDS, {"credits": 1}, words=("100",), before=(FIRST,)),
)

# What the studio itself makes of words: how often it is called is counted when nothing goes wrong.
_SOMETHING = (Turn("", None),)
FASTER = Ask("make it twice as fast", ("talk.mp4",))

STUDIO_STORIES = (
    Story("studio first", FASTER, Wants.FILE, {}, _SOMETHING),
    Story("studio joined", Ask("join these clips", ("talk.mp4", "walk.mp4")), Wants.FILE, {}, _SOMETHING),
    Story("studio sound", Ask("extract the audio as mp3", ("talk.mp4",)), Wants.SOUND, {}),
    Story("studio later", Ask("mute it"), Wants.EDIT, {}, _SOMETHING, before=(FASTER,)),
    Story("studio export", Ask("export"), Wants.FILE, {}, before=(FASTER,)),
    Story("studio balance", Ask("credits"), Wants.WORDS, {}, words=("credits",), before=(FASTER,)),
)
