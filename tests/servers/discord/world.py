"""Who and what there is on the loopback Discord: people, guilds, channels, messages. Ids are snowflakes."""

from __future__ import annotations

import hashlib
import itertools
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]

EPOCH_MS = 1_420_070_400_000
_SEQUENCE = itertools.count(1)

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_GUILD = 1 << 5
ATTACH_FILES = 1 << 15
READ_HISTORY = 1 << 16
USE_COMMANDS = 1 << 31
CREATE_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
ALL = (1 << 53) - 1
# What a member of a guild usually has: neither administration nor management of anything.
USUAL = ALL & ~(1 << 3) & ~MANAGE_GUILD & ~(1 << 4)

TEXT, DM, GROUP_DM, THREAD = 0, 1, 3, 11
MESSAGE_CONTENT = 1 << 15


def snowflake(at: float | None = None) -> int:
    """A new id made at `at`, in seconds since the epoch; now where it is None."""
    ms = int((time.time() if at is None else at) * 1000) - EPOCH_MS
    return (ms << 22) | (next(_SEQUENCE) & 0x3FFFFF)


@dataclass(frozen=True, slots=True)
class File:
    """What somebody attaches. `content` may lie on disk: it is streamed from there. `content_type` "" is None on the
    wire, as Discord has it for some files. `seconds` is what voice messages and videos carry."""

    name: str
    content: bytes | Path
    content_type: str = ""
    seconds: float | None = None
    voice: bool = False

    @property
    def size(self) -> int:
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size

    def read(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.read()).hexdigest()


@dataclass(slots=True)
class Person:
    name: str
    locale: str = "en-US"
    bot: bool = False
    id: int = field(default_factory=snowflake)
    blocks_the_bot: bool = False


@dataclass(slots=True)
class Guild:
    """`installed` is whether the bot is a member; `managers` have Manage Server. `upload_limit` in bytes."""

    name: str
    owner: Person
    members: list[Person]
    installed: bool = True
    managers: set[int] = field(default_factory=set)
    locale: str = "en-US"
    tier: int = 0
    id: int = field(default_factory=snowflake)


@dataclass(slots=True)
class Channel:
    """`denied` are permission bits that the bot lacks here; `denied_to_people` those that everybody else lacks."""

    kind: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipients: list[Person] = field(default_factory=list)
    denied: int = 0
    denied_to_people: int = 0
    archived: bool = False
    deleted: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    nonces: dict[str, int] = field(default_factory=dict)
    id: int = field(default_factory=snowflake)


@dataclass(slots=True)
class Attached:
    file: File
    id: int = field(default_factory=snowflake)
    ephemeral: bool = False


@dataclass(slots=True)
class Message:
    """`body` is what the author sent besides; `history` every content it ever had, the first one first."""

    channel: Channel
    author: Person
    content: str
    files: list[Attached] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    flags: int = 0
    reply_to: Message | None = None
    forwarded: Message | None = None
    nonce: str = ""
    pinged: frozenset[int] = frozenset()
    pinged_everyone: bool = False
    reactions: dict[str, set[int]] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    edited: float | None = None
    ephemeral_to: Person | None = None
    loading: bool = False
    webhook: bool = False
    id: int = field(default_factory=snowflake)

    @property
    def buttons(self) -> dict[str, str]:
        """The labels of the buttons and their custom ids."""
        rows = [row.get("components", []) for row in self.components]
        return {each.get("label", ""): each["custom_id"] for row in rows for each in row if "custom_id" in each}


@dataclass(slots=True)
class Interaction:
    """One interaction and what became of it. Times in seconds since the epoch.

    `kind`: 2 command, 3 component, 4 autocomplete, 5 modal. `callback` is the type of the first answer, None while
    there is none. `foreign` where the bot is no member: a user install.
    """

    kind: int
    person: Person
    channel: Channel
    token: str
    data: Json
    created: float
    foreign: bool = False
    message: Message | None = None
    acked: float | None = None
    callback: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    expired: bool = False
    id: int = field(default_factory=snowflake)

    @property
    def answers(self) -> list[Message]:
        return [*([self.original] if self.original else []), *self.followups]
