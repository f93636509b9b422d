"""What stands around a wish and is not of it: "please" at its ends, and smileys drawn with signs. Pure."""

from __future__ import annotations

import re

_SMILEY = re.compile(r"(?:(?<=\s)|^)(?:[:;=][-'^]?[()DPp\]\[3]|[xX]D+|<3|\^[_.]?\^|\\o/|T[_.]T|orz)(?=\s|$)")
_BEFORE = re.compile(
    r"\s*(?:(?:please|pls|plz|kindly)\b|请(?:你|您)?(?!问|勿)|麻烦(?:你|您)?|拜托(?:你|您)?)[\s,，]*", re.IGNORECASE
)
_PLEASE = r"(?:please|pls|plz)\b"
_THANKS = (
    r"(?<!text )(?<!title )(?<!caption )(?<!words )(?<!saying )(?<!says )(?<!say )(?<!write )"
    r"(?:many thanks|thanks(?: a lot| so much)?|thank (?:you|u)|thx|tysm|ty|cheers)\b"
)
_BEHIND = re.compile(
    rf"[\s,，.。!！~]+(?:{_PLEASE}|{_THANKS}|谢谢|多谢|谢啦|拜托)(?:你|您|了)?[\s.。!！~]*$|[\s🙏👍🥺🙂😊😅]+$",
    re.IGNORECASE,
)


def without_courtesies(text: str) -> str:
    """The text from its first word that asks for something to its last."""
    text = _SMILEY.sub(" ", text)
    begin = _BEFORE.match(text)
    text = text[begin.end() :] if begin else text
    while (behind := _BEHIND.search(text)) and behind.start():
        text = text[: behind.start()]
    return text.strip()
