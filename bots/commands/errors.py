"""What a command says where it cannot do its work and the operator can mend it."""

from __future__ import annotations

from core.media import FfmpegMissing
from core.settings import SettingsError
from core.store import StorageTrouble, StoreTooNew, Trouble
from storage.opening import ExtraMissing
from studio import DataInUse

_TROUBLES = {
    Trouble.LOCKED: "Another program holds the database {where}. Close it, then start again.",
    Trouble.FULL: "There is no space left for the database {where}. Free some, then start again; nothing was lost.",
    Trouble.READ_ONLY: "The database {where} cannot be written. Set DATA_DIR to a folder that can.",
    Trouble.DAMAGED: "The database {where} is damaged. Put a backup in its place, or move it away to begin afresh.",
    Trouble.UNREACHABLE: "The database server at {where} cannot be reached. See DATABASE_URL, and that it runs.",
    Trouble.REFUSED: "The database server at {where} does not let us in. See the name and password in DATABASE_URL.",
    Trouble.OTHER: "The database {where} does not work. The log says more.",
}


def complaint(error: Exception) -> str:
    """What is wrong and how to mend it; "" for an error that is our own."""
    match error:
        case SettingsError():
            return "The settings are not right:\n  " + "\n  ".join(error.problems)
        case ExtraMissing():
            return "A database server needs more packages: pip install 'cutroom[postgres]'"
        case StorageTrouble():
            return _TROUBLES[error.kind].format(where=error.where)
        case StoreTooNew():
            return "The database was written by a newer Cutroom. Update Cutroom, or set DATA_DIR to another folder."
        case DataInUse():
            return f"Another studio is running on {error.data}. Stop it, or choose another folder with --data."
        case FfmpegMissing():
            return "There is no FFmpeg. Point STUDIO_FFMPEG at one."
        case OSError():
            return f"{error.strerror or 'The system refused'}: {error.filename or 'see DATA_DIR'}"
        case _:
            return ""
