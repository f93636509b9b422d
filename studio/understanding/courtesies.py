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


_SIGNED = re.compile(
    r"(?:^|[\s,.!])(?:many thanks|(?:with )?(?:best|kind|warm) (?:regards|wishes)|regards|best|cheers|"
    r"thanks(?: a lot| so much| again)?"
    r"|thank you(?: (?:so|very) much)?|sincerely|yours(?: \w+)?|love|warmly)[,!.\s-]+(?:(?:Prof|Dr|Mr|Mrs|Ms)\.? ?)?"
    r"[A-Z][\w'-]*(?:[ -][A-Z][\w.'-]*){0,2}\W*$"
)
_ADDRESSED = re.compile(
    r"^\W*(?:(?:dear|hi|hello|hey|hallo|good (?:morning|afternoon|evening|day))\b[ ,]*)+(?:(?:there|sir|madam|"
    r"team|all|everyone|everybody|folks|"
    r"guys|assistant|editor|bot|support|cutroom|friend|friends|or|and|dear|studio|video|ai|helper|staff|people|to|"
    r"the|whom)\b[ ,/]*)*"
    r"[,.!:—-]+\s+",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"^\W*(?:(?:please )?(?:find )?attached (?:is|are|you(?:'ll| will)? find|please find)?|"
    r"(?:please )?find attached|here(?:'s| is| are)|"
    r"i(?:'m| am|'ve| have)? (?:just )?(?:sending|attaching|attached|sent|uploaded|sharing)(?: you)?|"
    r"enclosed (?:is|you will find))"
    r" (?:the|a|an|my|our|some|this)\b[^.!?\n;,0-9]{0,60}[.!?;\n]\s*",
    re.IGNORECASE,
)


def without_courtesies(text: str) -> str:
    """The text from its first word that asks for something to its last."""
    text = _SMILEY.sub(" ", text)
    if (signed := _SIGNED.search(text)) and signed.start() > 0:
        text = text[: signed.start() + 1]
    text = _ATTACHED.sub("", _ADDRESSED.sub("", text)) or text
    begin = _BEFORE.match(text)
    text = text[begin.end() :] if begin else text
    while (behind := _BEHIND.search(text)) and behind.start():
        text = text[: behind.start()]
    return text.strip()
