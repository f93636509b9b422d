"""The stretches of a message: what stands between its punctuation, its connecting words and, in Chinese, its spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"
_PAUSE = re.compile(
    rf"[,;:!?…~\n，；：！？。、～()（）]+|\.(?=\s|$)|(?<=[{_CHINESE}])\s+|\s+(?=[{_CHINESE}])|\s+-+\s+"
    r"|\b(?:but|because|cause|cuz|cos|coz|since|so|and|or|then|anyway)\b|(?=\b(?:please|pls|plz)\b)|因为|但是?|所以|不然",
    re.IGNORECASE,
)
_CLAUSE = (
    r"(?:i'?m|i am|i'?ve|i have to|i gotta|i got to|i need to|we'?re|we are|we have to|we gotta|we need to|it'?s for"
    r"|(?:my|our|the) (?:\w+ ){1,2}?(?:is|are|was|isn't|'s|has|have|needs?|wants?|hates?|likes?|loves?|said|says|told"
    r"|will|won't|can't|just|keeps?|died|dies|starts?|leaves?)"
    r"|(?:my|our|the) \w+'s \w+ing|gotta|been|before (?:i|my|we|our))\b"
)
# What "i" is no beginning after: "the video i sent", "what i asked", "can i".
_OPEN = (
    r"videos?|vids?|clips?|movie|film|files?|mp[34]|ones?|version|cut|copy|link|things?|parts?|way|result"
    r"|what|how|like|the|to|can|could|may|should|do|did|as|than|if|when|where|before|after|once|until|while"
)
# Where a reason follows without a pause: "render it im in a hurry". None is in "the video i sent": a name comes before.
_REASON = re.compile(
    rf"\s+(?={_CLAUSE})|\b(?!(?:{_OPEN})\b)[\w']+\s+(?=(?:i|we|u|you|that was|it was|it'?s)\b)"
    r"|\s+(?=(?:like (?:\d|i (?:said|asked|told))|which is|that's|thats|once it'?s)\b)"
    r"|(?<=[吧了啦啊呀喇先住嘛])(?=我|咱|客户|老板|老师|老婆|老公|同学)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"(?:(?:please|pls|plz|sorry|oh|cause|coz|as|for|that|thats?|well|ok|hey|now) )*"
    rf"(?:(?:i|i'll|we|we'll|that was|you)\b|{_CLAUSE})(?= ?\S)|我|咱|人家",
    re.IGNORECASE,
)


def stretches(text: str) -> list[str]:
    return [stretch.strip() for stretch in _PAUSE.split(text) if stretch and stretch.strip()]


def beginnings(stretch: str) -> Iterator[tuple[str, str]]:
    """The stretch whole, and parted where a reason may begin: what is said before, and the reason."""
    yield stretch, ""
    for found in _REASON.finditer(stretch):
        head, reason = stretch[: found.end()].strip(), stretch[found.end() :].strip()
        if head and reason:
            yield head, reason


def tells(part: str) -> bool:
    """Whether `part` tells of the writer: "i messed up", "my boss is here"."""
    return _TELLS.match(part) is not None
