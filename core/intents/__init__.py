"""From a message's words to what it asks for: pure functions and a closed union of dataclasses."""

from core.intents.batches import joins_files, per_file_requests
from core.intents.links import media_urls, without_urls
from core.intents.model import (
    Cancel,
    ChooseLanguage,
    ChooseSkill,
    Credits,
    Edit,
    Export,
    Help,
    Intent,
    NewProject,
    Status,
    Upload,
)
from core.intents.outputs import output_of
from core.intents.questions import asks_back, asks_for_words, asks_only
from core.intents.routing import intent_of
from core.intents.types_alone import is_done_by_its_type

__all__ = [
    "Cancel",
    "ChooseLanguage",
    "ChooseSkill",
    "Credits",
    "Edit",
    "Export",
    "Help",
    "Intent",
    "NewProject",
    "Status",
    "Upload",
    "asks_back",
    "asks_for_words",
    "asks_only",
    "intent_of",
    "is_done_by_its_type",
    "joins_files",
    "media_urls",
    "output_of",
    "per_file_requests",
    "without_urls",
]
