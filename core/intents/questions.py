"""Tells what is answered by words (questions, about credits too, and requests to tell something) from requests that are
worded politely as questions."""

from __future__ import annotations

import re

from core.intents.plain import QUOTED, plain

_LONGEST = 100  # letters
_CREDITS = re.compile(
    r"\b(?:my|our|any|many|much|more|enough) (?:\w+ ){0,2}(?:credits?|balance)\b|"
    r"\bcredits? (?:left|remaining|balance|do i|have i|i have)\b|\bin credits\b|积分|余额|点数"
)
_ASKS = re.compile(
    r"\b(?:how many|how much|what|what's|left|remaining|have|check|show|see|tell|enough|balance)\b|"
    r"多少|几|剩|还|够|查|看"
)
# "Credits" roll at the end of a film as well.
_OF_FILM = re.compile(
    r"\b(?:add|put|roll\w*|write|scroll\w*|title|caption|text|outro|intro)\b|\b(?:end|closing|opening|final) credits\b|"
    r"字幕|标题|加|写"
)


def asks_for_credits(said: str) -> bool:
    """`said` as `plain` has it."""
    if len(said) > _LONGEST or QUOTED in said:
        return False
    return bool(_CREDITS.search(said) and _ASKS.search(said)) and not _OF_FILM.search(said)


_ENGLISH = re.compile(
    r"(?:(?:and|so|hey|hi|hello|ok|please tell me|tell me)\s+)*"
    r"(?:what|what's|which|who|who's|whose|where|where's|when|why|how (?:long|many|much|big|large|loud|old|wide|high)"
    r"|is (?:this|that|it|there|the)|are (?:these|those|they|there|the)|does (?:this|that|it|the))\b"
)
_WISH = re.compile(r"what (?:about|if)\b")
_CHINESE = re.compile(r"多长|多久|多大|多少|几(?:秒|分钟|个|条|段|帧)|什么|哪|为什么|为何|谁|是不是|有没有")


# Without a question mark, too.
_TELLS = re.compile(
    r"(?:(?:please|can you|could you|now|and|so|hey|hi|hello|ok) )*"
    r"(?:(?:tell|show) (?:me|us) (?:what|which|who|where|when|why|how|if|whether|about)\b|explain\b|describe\b|"
    r"suggest\b|recommend\b|summari[sz]e\b|transcribe\b|"
    r"give (?:me|us) (?:\w+ ){0,3}(?:ideas?|suggestions?|tips|advice)\b|"
    r"(?:what|which|who|where|why) (?:is|are|was|were|can|do|does|did|has|have)\b|what's\b|"
    r"how (?:long|many|much|big|large|loud|old|wide|high) (?:is|are|was|does|do)\b)"
)
_TELLS_IN_CHINESE = re.compile(
    r"^(?:请|麻烦|帮我|你|您)*(?:告诉我|描述|介绍|解释|说明|总结|概括|推荐|建议)|(?:多长|多久|多大|是什么|有什么|有哪些|能做什么)$"
)
_QUESTION = re.compile(r"[?？](?=[\s\"'”’」』)）*_]|$)|[吗呢么](?=[。…\s]*$)", re.MULTILINE)


def asks(text: str) -> bool:
    """Whether something is asked in what the agent says: somebody who reads it may answer."""
    return _QUESTION.search(text) is not None


def asks_for_words(text: str) -> bool:
    """Whether words answer it: "how long is it?" and "describe it" do, "can you trim it?" does not."""
    words = plain(text)
    if _TELLS.match(words) or _TELLS_IN_CHINESE.search(words):
        return True
    if not text.rstrip().endswith(("?", "？", "吗", "呢")):
        return False
    return bool(_ENGLISH.match(words) and not _WISH.match(words)) or bool(_CHINESE.search(words))


_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")


def asks_only(text: str) -> bool:
    """Whether an answer is nothing but questions back."""
    said = [sentence.strip() for sentence in _SENTENCE.findall(text) if re.search(r"\w", sentence)]
    return bool(said) and all(sentence.endswith(("?", "？")) for sentence in said)


def asks_back(text: str) -> bool:
    """Whether an answer ends with a question."""
    return text.rstrip(' \n)）"”*_').endswith(("?", "？"))
