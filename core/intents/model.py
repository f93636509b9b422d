"""What a message can ask for: a closed union, consumed by `match`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Export:
    """Render the project as it stands. `output` is "mp3", "mp4", "wav", "m4a" or "" (what the skill declares)."""

    output: str = ""


@dataclass(frozen=True, slots=True)
class Credits:
    """Say what is left on the account."""


@dataclass(frozen=True, slots=True)
class Status:
    """Say what lies on the timeline and what is being worked on."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Bring the files that came along into the project; ask for one where none did."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop what is being worked on."""


@dataclass(frozen=True, slots=True)
class NeverMind:
    """Let it be: what is being worked on, else what was asked."""


@dataclass(frozen=True, slots=True)
class NewProject:
    """Leave the project and begin an empty one."""


@dataclass(frozen=True, slots=True)
class Help:
    """Say what can be done here."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak `language` (a tag as `core.language.detection` has them) from now on; "" asks for the choice."""

    language: str = ""


@dataclass(frozen=True, slots=True)
class ChooseSkill:
    """Work with the skill `name` from now on, lower case; "" asks for the choice."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Everything else: the agent's work. `output` is the file type the words ask for as the result, or "". `export`
    says that the result is to be sent, though it is a further edit of the project."""

    text: str
    output: str = ""
    export: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """Two things in one message: something to be told, and an export."""

    told: Credits | Status
    export: Export


Intent = (
    Export
    | Credits
    | Status
    | Upload
    | Cancel
    | NeverMind
    | NewProject
    | Help
    | ChooseLanguage
    | ChooseSkill
    | Edit
    | Both
)

# What is not taken back by saying more: it is done only where it was surely meant.
Act = Export | Cancel | NeverMind | NewProject
