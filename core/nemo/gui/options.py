"""What makes an instruction a mere option: "you may", "or", "if you like", 也可以, 如果需要. Pure.

An option is for the user to take or to leave, so it becomes a button. Only what is needed to fulfil a request may be
asked of the agent without the user, because that costs another turn.
"""

from __future__ import annotations

import re

from core.nemo.gui.actions import Offer

_ADVERBS = r"(?:(?:also|now|always|then|simply|just|either|even|still|easily|of\s+course)\s+)*"
_WANTING = r"(?:want|wish|like|love|prefer|need|care|choose|please|see\s+fit|think|feel|decide|would|'d|rather)"
_ENGLISH = re.compile(
    rf"\b(?:you|one|we)(?:'ll|\s+will|'d|\s+would)?\s+{_ADVERBS}(?:can|may|could|might)\b"
    rf"|\byou(?:'re|\s+are)\s+{_ADVERBS}(?:free|welcome|able|invited)\s+to\b|\bfeel\s+free\b|\bpossible\s+to\b"
    r"|\b(?:option|possibility|alternative|choice)s?\b|\boptional(?:ly)?\b|\balternatively\b|\bperhaps\b|\bmaybe\b|\b(?:tips?|hints?|ideas?)\b"
    r"|\bconsider\b|\b(?:or|either|else|otherwise|if|unless)\b|\bsuggest\w*\b|\brecommend\w*\b|\bup\s+to\s+you\b|\bto\s+taste\b"
    rf"|\b(?:if|in\s+case|should|unless|when(?:ever)?|where(?:ver)?|anywhere|how(?:ever)?|whichever|whatever|as)\s+(?:you|one)\s+"
    rf"{_ADVERBS}{_WANTING}\b"
    r"|\b(?:if|in\s+case|as|when|where)\s+(?:needed|necessary|desired|required|preferred|wanted|it\b.*\bnot\b)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"可以|可选|也可|均可|亦可|[可能](?=自行|随|将|把|拖|选|手动|直接|在|通过)|或|如果|如需|如想|如要|若|倘|要是|万一|想"
    r"|随意|随时|任意|自由|自行|按需|需要时|需要的话|根据(?:需要|喜好)|视(?:需要|情况)|提示|贴士|喜欢|愿意|不妨|欢迎|建议|推荐|也许|或许"
)
_QUESTION = re.compile(r"[?？][\s\"'”’)）*_]*$")
_WISH = re.compile(
    r"^\W*(?:(?:do|would)\s+you\s+)?(?:want|need|prefer|like|wish)\s+(?:it|them|this|that|(?:the|your)\s+\w+)\s+"
    r"(?:to\s+be\s+)?(?P<how>\w[^?]*?)\W*\?",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"Move (?:it|them|this|that)")


def is_option(clause: str) -> bool:
    """Whether a clause leaves to the user what it speaks of."""
    return bool(_ENGLISH.search(clause) or _CHINESE.search(clause))


def is_question(sentence: str) -> bool:
    """What is said behind a question is for those who would answer yes: "Want it later? Drag it to the end." """
    return bool(_QUESTION.search(sentence.rstrip()))


def is_vague(words: str) -> bool:
    """Whether a request says that something be moved, and not where to."""
    return bool(_NO_PLACE.fullmatch(words))


def offered(words: str, question: str) -> tuple[Offer, ...]:
    """A request for a button. Where it does not say how, the question before it may: "Want it elsewhere? Drag it." """
    if not is_vague(words):
        return (Offer(words),)
    wish = _WISH.match(question)
    return (Offer(f"{words} {wish['how']}"),) if wish else ()
