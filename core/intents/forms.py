"""Tables of patterns. A table is compiled when the first message needs it, not when a bot starts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence


class Forms:
    """Iterates over the compiled patterns of `forms`."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._forms = forms

    def __iter__(self) -> Iterator[re.Pattern[str]]:
        return iter(self._compiled)

    @functools.cached_property
    def _compiled(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(form) for form in self._forms)
