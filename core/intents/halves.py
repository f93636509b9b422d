"""Where a message may be two: before and after each of its connecting words that stands in no quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.intents.plain import masked

_WORDS = r"(?:and then|and also|and|then|&|\+)"
_WORDS_ZH = r"(?:并且|并|然后|接着|随后|之后|而后|最后|再|后|和)"
_CONNECTION = re.compile(
    rf"\s*(?:[,;!，；。！、\n]|\.(?=\s))\s*(?:{_WORDS}\s|{_WORDS_ZH})?\s*|\s+{_WORDS}\s+|\s*{_WORDS_ZH}\s*",
    re.IGNORECASE,
)
# What begins so is only a part of what follows it.
_LEANING = re.compile(
    r"\s*(?:(?:after|before|when|once|if|until|unless|as soon as|while|don't|do not|never|instead of)\b"
    r"|当|等|如果|要是|先别|别|不要|不用|还不)",
    re.IGNORECASE,
)


def halves(text: str) -> Iterator[tuple[str, str]]:
    """`text` parted in two at each place where a new wish may begin, the first place first."""
    if _LEANING.match(text):
        return
    for found in _CONNECTION.finditer(masked(text)):
        head, tail = text[: found.start()].strip(), text[found.end() :].strip()
        if head and tail:
            yield head, tail
