"""What goes into the backend client and what comes out: frozen data. No repr shows a token."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SkillHeaders:
    """Attribution: which skill asks. Without it the backend answers an export with 402."""

    source: str
    version: str
    platform: str = "unknown"


@dataclass(frozen=True, slots=True)
class Credentials:
    token: str = field(repr=False)
    skill: SkillHeaders


@dataclass(frozen=True, slots=True)
class AnonymousToken:
    """`expires_at` in seconds since the epoch; it and `credits` are None, `user_id` is "", where unsaid."""

    token: str = field(repr=False)
    user_id: str = ""
    expires_at: float | None = None
    credits: float | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """`user_id` is what a registration link binds; "" where the backend does not say."""

    session_id: str
    task_id: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """`duration` in seconds. `in_session` is false when the state does not show the file yet."""

    name: str
    kind: str = ""
    url: str = ""
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    in_session: bool = True


@dataclass(frozen=True, slots=True)
class Credits:
    """`frozen` is held for running work; total = available + frozen."""

    available: float
    frozen: float
    total: float


@dataclass(frozen=True, slots=True)
class SessionState:
    """`raw_draft` is the draft's JSON text exactly as the backend wrote it, None where there is none.

    A render gets that text back unchanged; `draft` is the same thing parsed, for reading only. `canvas_config` is the
    frame: its size or aspect.
    """

    raw_draft: str | None
    draft: object
    video_infos: object
    generated_media: object
    user_id: str = ""
    canvas_config: object = None

    @property
    def files(self) -> int | None:
        """How many files the session holds, whatever is said of each; None where that cannot be told."""
        if self.video_infos is None:
            return 0
        return len(self.video_infos) if isinstance(self.video_infos, list | dict) else None


class Notice(StrEnum):
    """What a finished render may have to say."""

    LITTLE_VOICE = "little-voice"  # hardly anything was left when the music was taken away
    FELL_BACK = "fell-back"  # the better separation failed, so the plain one did it
    SILENCE = "silence"  # there was no sound at all of which a voice could be kept
    FULL_SCALE = "full-scale"  # it was as loud as a file can be before it was to be louder
    HELD_BACK = "held-back"  # its peaks would have been louder than a file can be
    FULL_HD = "full-hd"  # it was larger
    SIXTY_FRAMES = "sixty-frames"  # it had more of them a second


class Breakage(StrEnum):
    """Why a render failed, where that is known; only the studio says so."""

    NO_SOUND = "no-sound"  # a sound was to be made, and there is none
    DISK_FULL = "disk-full"


@dataclass(frozen=True, slots=True)
class Rendering:
    """Still at work. `progress` is a share from 0 to 1, `retry_after` in seconds; None where unsaid.

    `before` is how many renders come first; 0 where that is unsaid too.
    """

    progress: float | None = None
    retry_after: float | None = None
    before: int = 0


@dataclass(frozen=True, slots=True)
class Rendered:
    """`notices` are what is to be told of the result, as names of ours; only the studio has any."""

    url: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedWithoutUrl:
    """Finished, but without an address we may use: ask again, then download by the render's id."""


@dataclass(frozen=True, slots=True)
class RenderBroken:
    """The backend gave up. `reason` is its own text: for the log only. `known` is one that a person is told."""

    reason: str = ""
    known: Breakage | None = None


@dataclass(frozen=True, slots=True)
class RenderUnknown:
    """404: not there, or not there yet if it was submitted a moment ago."""


RenderState = Rendering | Rendered | RenderedWithoutUrl | RenderBroken | RenderUnknown
