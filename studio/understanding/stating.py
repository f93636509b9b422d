"""Statements: what is said of a part or a sound before it is asked what to do with it. Pure."""

from __future__ import annotations

import re

from studio.understanding.spans import SPAN
from studio.understanding.writing import Clause

_FILLER = r"(?:\W*\b(?:so|and|but|well|ok|okay|hi|hey|yo|yeah|oh|btw|lol|haha|omg|ugh|um|guys|bro|dude)\b)*\W*"
_IS = r"(?:is|are|was|were|has|have|had|contains?|shows?|sounds?|looks?|feels?|seems?|came|comes|turned)"
_OF_PART = re.compile(
    rf"^{_FILLER}(?:the |my |that |this |those |in |during |at )*(?:part |bit |section |footage )?{SPAN}\s*"
    rf"(?:or so |of (?:the |my |this |it)?\s?\w* ?)?(?:(?:{_IS}|isn't|aren't)\b(?! (?:all|what|where|the (?:only|"
    rf"part|bit|best)"
    r"|enough|good|fine))|'s\b|(?:i|we|he|she|they|you|nothing|nobody|someone|there)\b)"
    rf"|^[\u4e00-\u9fff,]{{0,8}}{SPAN}\s*(?:左右|那段|这段|的?(?:部分|内容|画面)|"
    rf"那里)?(?:里面?)?(?:基本|几乎|都|全|全部|就|只|也|还|我)*"
    r"(?:是|有|没有?(?!声|音)|为|在(?!顶|底|左|右|中|屏|画))(?!用)"
)
_PRAISED = re.compile(
    r"\b(?:is|are)\b.{0,12}\b(?:great|good|fine|ok|okay|perfect|nice|amazing|lovely|awesome)\b|"
    r"(?:很|挺|都)(?:好|棒|精彩)"
)
_SAID_OF_IT = re.compile(
    rf",?\s+(?:{_IS}|isn't|aren't|that's)\b.*$|\s+(?:i|we|he|she|they|you|there|nothing|nobody|someone)\b.*$|"
    rf"(?:实在|真的?|有点|真|好|太|很|非常|都|全|只有|有|没|是|在).+$"
)


def is_of_a_part(clause: Clause) -> bool:
    """ "The first 90 seconds are only noise": "only" keeps nothing there."""
    return _OF_PART.search(clause.rest) is not None


def is_praised(clause: Clause) -> bool:
    """ "The first half is great": nothing is to be done to it."""
    return clause.says(_PRAISED)


def subject_of(piece: str) -> str:
    """What is spoken of, without what is said of it; all of it where that cannot be told apart."""
    subject = _SAID_OF_IT.sub("", piece)
    return subject if len(subject) > 1 else piece
