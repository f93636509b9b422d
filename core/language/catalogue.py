"""Every sentence a user reads: message catalogues in `core/locales`, one file a language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError, Value
from core.language.detection import ui_language

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

log = logging.getLogger(__name__)
LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGES = ("en", "zh")


class UnknownMessage(LookupError):
    """A key that no catalogue has, or values that its sentence does not fit: a mistake in our code."""


@cache
def _bundle(language: str) -> FluentBundle:
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415 - a process that says nothing starts faster

    # Isolation marks would stand around every value and show as boxes in some chats.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((LOCALES / f"{language}.ftl").read_text(encoding="utf-8")))
    return bundle


def say(language: str, key: str, /, **values: Value) -> str:
    """The sentence `key` in the catalogue nearest to `language` (a tag like "zh-CN").

    Raises `UnknownMessage` if there is no such sentence or a value it needs is missing.
    """
    bundle = _bundle(ui_language(language))
    if not bundle.has_message(key):
        raise UnknownMessage(key)
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise UnknownMessage(key)
    sentence, errors = bundle.format_pattern(pattern, _plain(values))
    if errors:
        raise UnknownMessage(f"{key}: {errors}")
    return str(sentence)


def _plain(values: Mapping[str, Value]) -> dict[str, Value]:
    # Whole floats read as whole numbers: "500 MB", not "500.0 MB".
    return {name: int(v) if isinstance(v, float) and v.is_integer() else v for name, v in values.items()}


# A question would have started nothing, and who asked one is not told that nothing was started.
_ASKED = frozenset({"backend-down", "refused"})


def explain(language: str, error: UserError, *, asked: bool = False) -> str:
    """What a person is told of an error; `asked`: one who only wanted to know something. A sentence that cannot be made
    costs its details, never the answer."""
    kind = "asked" if asked and error.key in _ASKED else "error"
    try:
        return say(language, f"{kind}-{error.key}", **error.values)
    except UnknownMessage:
        log.exception("no message for %s", type(error).__name__)
        return say(language, f"error-{UserError.key}")
