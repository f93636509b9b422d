"""Questions that want to know something, as against those that are a request in polite words."""

from __future__ import annotations

import re

from core.intents.plain import plain

_ENGLISH = re.compile(
    r"(?:(?:and|so|hey|hi|hello|ok|please tell me|tell me)\s+)*"
    r"(?:what|what's|which|who|who's|whose|where|where's|when|why|how (?:long|many|much|big|large|loud|old|wide|high)"
    r"|is (?:this|that|it|there|the)|are (?:these|those|they|there|the)|does (?:this|that|it|the))\b"
)
_WISH = re.compile(r"what (?:about|if)\b")
_CHINESE = re.compile(r"多长|多久|多大|多少|几(?:秒|分钟|个|条|段|帧)|什么|哪|为什么|为何|谁|是不是|有没有")


def asks_for_words(text: str) -> bool:
    """Whether words answer it: "how long is it?" does, "can you trim it?" does not."""
    words = plain(text)
    if not text.rstrip().endswith(("?", "？", "吗", "呢")):
        return False
    return bool(_ENGLISH.match(words) and not _WISH.match(words)) or bool(_CHINESE.search(words))
