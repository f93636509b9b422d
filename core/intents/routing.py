"""Decides which intent a message has: the keyword table of the skills, matched against the whole message."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from itertools import islice

from core.intents.courtesies import is_courtesy
from core.intents.decision import decide
from core.intents.halves import halves
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
    NewProject,
    Status,
    Upload,
)
from core.intents.orders import ordered
from core.intents.outputs import output_of
from core.intents.plain import plain
from core.intents.questions import asks_for_credits, asks_for_words
from core.intents.words import (
    FORMATS,
    GREETING,
    INSIDE,
    LANGUAGE_FORMS,
    LEADING,
    SKILL_FORMS,
    TRAILING,
    UPLOAD_FORMS,
    compiled,
)
from core.language.detection import language_named
from core.language.traditional import simplified

Reader = Callable[[re.Match[str]], Intent | None]

_MOST_HALVES = 8
_FEW_HALVES = 3
_LONGEST_FORM = 100  # letters; no form is longer, and long texts are not worth the matching
_COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_COMMANDS: dict[str, Intent] = {
    **dict.fromkeys(("credits", "balance"), Credits()),
    **dict.fromkeys(("status", "tracks", "timeline"), Status()),
    **dict.fromkeys(("cancel", "stop"), Cancel()),
    **dict.fromkeys(("new", "newproject", "new_project", "reset"), NewProject()),
    **dict.fromkeys(("help", "start"), Help()),
    "upload": Upload(),
    "undo": Edit("undo"),
}
_SOUNDS = re.compile(r"\b(?:audio|sound|soundtrack)\b|音频|声音|音轨")


def intent_of(text: str, *, has_files: bool = False) -> Intent:
    """What `text` asks for. `has_files` says whether files (or links to media) came with it.

    A keyword counts only where it is the whole message but for politeness and reasons: in doubt a message is an `Edit`.

    With files an `Export` to a sound is an `Edit`: "export audio only MP3" under a video asks for that video's
    sound. Any other intent says nothing of the files: the caller uploads them first. Links are to be taken
    out before.
    """
    text = text.strip()
    if not text:
        return Upload() if has_files else Help()
    intent = _of_command(text, has_files=has_files) or _of_words(text) or ordered(text, _part) or _edit(text)
    match intent:
        case Export(output) if has_files and output not in ("", "mp4"):
            return Edit(text, output)
        case Edit("", _):
            return Upload() if has_files else Help()
        case _:
            return intent


def is_greeting(text: str) -> bool:
    return GREETING.fullmatch(plain(text)) is not None


def _of_command(text: str, *, has_files: bool) -> Intent | None:
    found = _COMMAND.fullmatch(text)
    if not found:
        return None
    name, words = found[1].lower(), (found[2] or "").strip()
    match name:
        case "export" | "download" | "render":
            return intent_of(f"export {words}", has_files=has_files)
        case "language" | "lang":
            return ChooseLanguage(language_named(words))
        case "skill" | "skills":
            return ChooseSkill("-".join(words.lower().split()))
        case "edit":
            return _edit(words)
        case _:
            return _COMMANDS.get(name) or _unknown(name, words)


def _unknown(name: str, words: str) -> Intent:
    """ "/trim to 10 s" is meant as words; an unknown command alone asks what there is."""
    text = f"{name} {words}"
    return Edit(text, output_of(text)) if words else Help()


def _of_words(text: str) -> Intent | None:
    said = plain(text)
    if len(said) > _LONGEST_FORM:
        return None
    if GREETING.fullmatch(said):
        return Help()
    # As it was written first: the name of a language may be made of traditional characters.
    intent = _of_form(said) or _of_form(simplified(said)) or _both(text) or _decided(text)
    return intent or (Credits() if asks_for_credits(simplified(said)) else None)


def _part(text: str) -> Intent | None:
    """What a part of a message asks for, if it is said for itself."""
    said = plain(text)
    return _of_form(said) or _of_form(simplified(said)) or _decided(text) if len(said) <= _LONGEST_FORM else None


def _edit(text: str) -> Edit | Export:
    """ "mute it and export": an edit whose result is to be sent. The agent is not told of the second half."""
    if not asks_for_words(text):
        for head, tail in _last_halves(text):
            if _is_export(tail):
                return Export() if is_courtesy(head) else Edit(head, output_of(head), export=True)
    return Edit(text, output_of(text))


def _both(text: str) -> Both | None:
    for head, tail in _last_halves(text):
        for asked, other in ((head, tail), (tail, head)):
            told = _informs(asked)
            if told and _is_export(other):
                return Both(told, Export())
    return None


def _decided(text: str) -> Intent | None:
    said = simplified(plain(text))
    intent = decide(said, asked=text.rstrip().endswith(("?", "？"))) if len(said) <= _LONGEST_FORM else None
    return _with_type(said) if intent == Export() else intent


def _last_halves(text: str) -> list[tuple[str, str]]:
    """Where the last wishes begin: what is beyond these is too much for one message."""
    return list(halves(text))[-_MOST_HALVES:]


def _informs(text: str) -> Credits | Status | None:
    intent = _decided(text)
    if isinstance(intent, Credits | Status):
        return intent
    return Credits() if asks_for_credits(simplified(plain(text))) else None


@functools.lru_cache(maxsize=512)
def _is_export(text: str) -> bool:
    """Whether the words ask for the project's file and for nothing else, in one way or in two."""
    if len(text) > _LONGEST_FORM:
        return False
    if _decided(text) == Export():
        return True
    return any(
        _decided(head) == Export() and _decided(tail) == Export() for head, tail in islice(halves(text), _FEW_HALVES)
    )


def _of_form(said: str) -> Intent | None:
    said = INSIDE.sub("", said)
    while said:
        for form, reader in _table():
            found = form.fullmatch(said)
            intent = reader(found) if found else None
            if intent:
                return intent
        said = _peeled(said)
    return None


def _peeled(said: str) -> str:
    """`said` without one filler at either end, or "" where there is none left to take away."""
    leading = LEADING.match(said)
    rest = said[leading.end() :] if leading else TRAILING.sub("", said, count=1)
    return "" if rest == said else rest.strip()


def _with_type(said: str) -> Export:
    named = [f for f in FORMATS if f in said]
    return Export(named[0] if named else "mp3" if _SOUNDS.search(said) else "")


def _language(found: re.Match[str]) -> Intent | None:
    name = _named(found)
    tag = language_named(name)
    # "switch to the second camera" has the form of a language and is none.
    return ChooseLanguage(tag) if tag or not name else None


def _skill(found: re.Match[str]) -> Intent:
    return ChooseSkill(_named(found).replace(" ", "-"))


def _named(found: re.Match[str]) -> str:
    return next((name for name in found.groupdict().values() if name), "")


def _always(intent: Intent) -> Reader:
    return lambda _: intent


@functools.cache  # when the first message needs it, not when a bot starts
def _table() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple(
        (form, reader)
        for forms, reader in (
            (UPLOAD_FORMS, _always(Upload())),
            (LANGUAGE_FORMS, _language),
            (SKILL_FORMS, _skill),
        )
        for form in compiled(forms)
    )
