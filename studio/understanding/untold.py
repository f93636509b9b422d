"""A message that was not understood, without the sentences that only tell something. Pure.

Taken for telling is what has the form of a statement and nothing of an order in it: a subject and what is, was or has
been, no verb of editing, no time, no quotation. "Pixelate everything" is none, whatever "pixelate" may mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from studio.understanding.denying import only_denies
from studio.understanding.lexicon import Act, Thing
from studio.understanding.vocabulary import PLAIN
from studio.understanding.writing import Clause, clause_of, clauses_of

_BESIDE = frozenset({Act.EXTRACT, Act.MAKE, Act.ADD, Act.SET, Act.KEEP, Act.LOWER, Act.RAISE, Act.SLOWER})
_SUBJECT = (
    r"(?:i|we|he|she|they|it|you guys|this|that|these|those|there|here|who|which|everybody|everyone|someone|somebody|"
    r"nobody|people|(?:my|our|his|her|their|its|the|a|an|some|this|that|at our|at my|in our|in my|half the|all the)"
    r" [a-z' -]{2,40}?|[a-z]+'s [a-z]+)"
)
_VERB = (
    r"(?:'s|'re|'m|'ve|'d|is|are|was|were|am|has|have|had|did|does|do|didn't|doesn't|don't|can't|couldn't|won't|isn't|"
    r"wasn't|keeps?|goes|went|gets?|got|sounds?|looks?|hates?|loves?|says?|said|thinks?|told|asked|came|made|"
    r"[a-z]{3,}ed|[a-z]{3,}s)"
)
_BEGINS = (
    r"^\W*(?:(?:so|and|but|well|ok|okay|hi|hey+|hello|yeah|oh|btw|ngl|tbh|lol|omg|ugh|actually|because|since|coz|cuz|"
    r"anyway|thing is|sooo+)\b\W*)*"
)
_WHO = r"(?:coach|mom|dad|teacher|student|newbie|[a-z]+ (?:coach|teacher|student|owner))(?: here| speaking)"
_STATEMENT = re.compile(
    rf"{_BEGINS}(?:{_SUBJECT}(?: (?:really|just|already|all|also|still|always|only|kinda|honestly))* ?\b{_VERB}(?=\W|$)"
    rf"|{_WHO}\b)",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:want|wants|need|needs|should|must|has to|have to|needs to|gotta|ought|please|pls|plz|can (?:you|u|we)|"
    r"could (?:you|u|we)|would like|may|might|fine|okay|acceptable|allowed|blur(?:red)?|crop(?:ped)?|'d like|"
    r"would (?:you|love)|let'?s|make sure|better|too|not enough|enough|stop|instead)\b|"
    r"\b(?:told|asked|begged|wanted|reminded) (?:me|us|you) to\b",
    re.IGNORECASE,
)
_Z_STATEMENT = re.compile(r"[了过的是有很在]|还没|没有|时候|觉得|认为|说|听说|正在|各位|大家|哈哈|唉|哎|听不")
_Z_WANTED = re.compile(
    r"[把请给帮让将]|一下|[掉成为上]$|想|要|希望|能|可以|别|不要|改|换|调|弄|搞|加|删|去|剪|截|切|裁|转|变|放|配|写|做|"
    r"补|填|涂|贴|修|套|盖|叠|描|染|挪|移|拼|接|存|导|发给|留|马赛克|特效|滤镜|美颜|稳定|抠|翻译|字幕"
)
# A verb as it is ordered, behind a statement: "it's just wind and sprinkle glitter".
_GOES_ON = re.compile(r"\band (?:then |please |just )*((?!\w+(?:ed|ing|s)\b)[a-z]+) [a-z]")
_HAS_VALUE = re.compile(r"\d|%|[\ue100-\uf8ff]|[倍半成]")
_LEANS = re.compile(r"\b(?:it|its|them|that)\b|[它其]", re.IGNORECASE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def untold(text: str, quotes: tuple[str, ...]) -> str:
    """The text without its statements; as it is, where nothing else would be left."""
    leans = _LEANS.search(text) is not None
    return _without(text, quotes, partial(_only_tells, leans=leans))


def undenied(text: str, quotes: tuple[str, ...]) -> str:
    """The text without what it says is not to be done; as it is, where nothing else would be left."""
    return _without(text, quotes, only_denies)


def _without(text: str, quotes: tuple[str, ...], idle: Callable[[Clause], bool]) -> str:
    pieces = [piece for piece in clauses_of(text) if piece]
    left = [piece for piece in pieces if not idle(clause_of(piece, quotes))]
    return ", ".join(left) if left and len(left) < len(pieces) else text


def _only_tells(clause: Clause, *, leans: bool) -> bool:
    if leans and clause.things - {Thing.VIDEO}:
        return False  # "it" may be what is named here
    if clause.spans or clause.quotes or clause.negated or clause.acts - _BESIDE or _HAS_VALUE.search(clause.words):
        return False
    if _CHINESE.search(clause.words):
        return bool(_Z_STATEMENT.search(clause.words)) and not _Z_WANTED.search(clause.words)
    goes_on = _GOES_ON.search(clause.words)
    if goes_on and goes_on[1] not in PLAIN:
        return False
    return bool(_STATEMENT.search(clause.words)) and not _WANTED.search(clause.words)
