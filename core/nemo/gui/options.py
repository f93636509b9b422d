"""What makes an instruction a mere option: "you may", "or", "if you like", 也可以, 如果需要. Pure.

An option is for the user to take or to leave, so it becomes a button. Only what is needed to fulfil a request may be
asked of the agent without the user, because that costs another turn.
"""

from __future__ import annotations

import re

from core.nemo.gui.actions import Action, EditInstead, Offer

_ADVERBS = r"(?:(?:also|now|always|then|simply|just|either|even|still|easily|of\s+course)\s+)*"
_WANTING = r"(?:want|wish|like|love|prefer|need|care|choose|please|see\s+fit|think|feel|decide|would|'d|rather)"
_ENGLISH = re.compile(
    rf"\b(?:you|one|we)(?:'ll|\s+will|'d|\s+would)?\s+{_ADVERBS}(?:can|may|could|might)\b"
    rf"|\byou(?:'re|\s+are)\s+{_ADVERBS}(?:free|welcome|able|invited)\s+to\b|\bfeel\s+free\b|\bpossible\s+to\b"
    r"|\b(?:option|possibility|alternative|choice)s?\b|\boptional(?:ly)?\b|\balternatively\b|\bperhaps\b|\bmaybe\b"
    r"|\bconsider\b|\bor\b|^\W*(?:else|otherwise)\b|\bsuggest\w*\b|\brecommend\w*\b|\bup\s+to\s+you\b|\bto\s+taste\b"
    rf"|\b(?:if|in\s+case|should|unless|when(?:ever)?|where(?:ver)?|anywhere|how(?:ever)?|whichever|whatever|as)\s+(?:you|one)\s+"
    rf"{_ADVERBS}{_WANTING}\b"
    r"|\b(?:if|in\s+case|as|when|where)\s+(?:needed|necessary|desired|required|preferred|wanted|it\b.*\bnot\b)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"可以|可选|也可|均可|亦可|[可能](?=自行|随|将|把|拖|选|手动|直接|在|通过)|或|如果|如需|如想|如要|若|倘|要是|万一|想"
    r"|随意|随时|任意|自由|自行|按需|需要时|需要的话|根据(?:需要|喜好)|视(?:需要|情况)|喜欢|愿意|不妨|欢迎|建议|推荐|也许|或许"
)
_QUESTION = re.compile(r"[?？][\s\"'”’)）*_]*$")
_WISH = re.compile(
    r"^\W*(?:(?:do|would)\s+you\s+)?(?:want|need|prefer|like|wish)\s+(?:it|them|this|that|(?:the|your)\s+\w+)\s+"
    r"(?:to\s+be\s+)?(?P<how>\w[^?]*?)\W*\?",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"Move (?:it|them|this|that)")

# Where something may be moved to, in words of both languages.
_PLACES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?:end|ending|last|close|closing|finish|outro)\b|结尾|末尾|最后|片尾|尾部|尾巴",
        r"\b(?:start|beginning|begin|first|front|opening|open|intro)\b|开头|最前|开始|片头|开端|前面",
        r"\b(?:top|upper|above)\b|顶|上方|上面|上边",
        r"\b(?:bottom|lower|below|under(?:neath)?|beneath)\b|底|下方|下面|下边",
        r"\b(?:middle|cent(?:er|re)\w*)\b|中间|中央|居中|中部",
        r"\bleft\b|左",
        r"\bright\b|右",
        r"\bbefore\b|之前|前(?!面)",
        r"\bafter\b|之后|后(?!面)",
        r"\d",
    )
)


def is_option(clause: str) -> bool:
    """Whether a clause leaves to the user what it speaks of."""
    return bool(_ENGLISH.search(clause) or _CHINESE.search(clause))


def is_question(sentence: str) -> bool:
    """What is said behind a question is for those who would answer yes: "Want it later? Drag it to the end." """
    return bool(_QUESTION.search(sentence.rstrip()))


def offered(words: str, question: str) -> Offer:
    """A request for a button. Where it does not say how, the question before it may: "Want it elsewhere? Drag it." """
    wish = _WISH.match(question)
    return Offer(f"{words} {wish['how']}" if wish and _NO_PLACE.fullmatch(words) else words)


def needed_only(actions: tuple[Action, ...], request: str, *, changed: bool) -> tuple[Action, ...]:
    """Of the requests only those that the user's own still needs; the others are offered.

    A turn that changed something has done its work, unless the user had named the place that it speaks of.
    """
    return tuple(
        Offer(action.words)
        if isinstance(action, EditInstead) and changed and not _is_meant(action, request)
        else action
        for action in actions
    )


def _is_meant(action: EditInstead, request: str) -> bool:
    return any(place.search(action.words) and place.search(request) for place in _PLACES)
