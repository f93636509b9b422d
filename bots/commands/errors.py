"""What a command says if it cannot do its work and the operator can fix that."""

from __future__ import annotations

from core.media import FfmpegMissing
from core.settings import SettingsError
from core.store import StorageTrouble, StoreTooNew, Trouble
from storage.opening import ExtraMissing
from studio import DataInUse

_TROUBLES = {
    Trouble.LOCKED: "The database {where} is locked by another program. Close that, then start again.",
    Trouble.FULL: "There is no space left for the database {where}. Free some, then start again; nothing was lost.",
    Trouble.READ_ONLY: "The database {where} cannot be written to. Set DATA_DIR to a folder that can be.",
    Trouble.DAMAGED: "The database {where} is damaged. Restore a backup, or move it away to start with an empty one.",
    Trouble.UNREACHABLE: "The database server at {where} cannot be reached. Check DATABASE_URL, and that it runs.",
    Trouble.REFUSED: "The database server at {where} refuses the login. Check the user and password in DATABASE_URL.",
    Trouble.OTHER: "The database {where} does not work. See the log for details.",
}


def complaint(error: Exception) -> str:
    """What is wrong and how to fix it; "" for an error of ours."""
    match error:
        case SettingsError():
            return "These settings are not valid:\n  " + "\n  ".join(error.problems)
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
