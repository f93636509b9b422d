"""Reads what a message asks for from its words: pure functions and a closed union of dataclasses."""

from core.intents.batches import joins_files, per_file_requests, told_apart
from core.intents.conversions import converts_openly, kinds_said
from core.intents.courtesies import is_courtesy, is_no, is_thanks
from core.intents.links import Links, Obstacle, Unfetched, links_in
from core.intents.model import (
    Both,
    Cancel,
    ChooseLanguage,
    ChooseSkill,
    Credits,
    Edit,
    Export,
    Help,
    Intent,
    NeverMind,
    NewProject,
    Status,
    Upload,
)
from core.intents.outputs import output_of
from core.intents.questions import asks, asks_back, asks_for_words, asks_only
from core.intents.routing import intent_of, is_greeting
from core.intents.types_alone import is_done_by_its_type

__all__ = [
    "Both",
    "Cancel",
    "ChooseLanguage",
    "ChooseSkill",
    "Credits",
    "Edit",
    "Export",
    "Help",
    "Intent",
    "Links",
    "NeverMind",
    "NewProject",
    "Obstacle",
    "Status",
    "Unfetched",
    "Upload",
    "asks",
    "asks_back",
    "asks_for_words",
    "asks_only",
    "converts_openly",
    "intent_of",
    "is_courtesy",
    "is_done_by_its_type",
    "is_greeting",
    "is_no",
    "is_thanks",
    "joins_files",
    "kinds_said",
    "links_in",
    "output_of",
    "per_file_requests",
    "told_apart",
]
