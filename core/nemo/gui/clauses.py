"""Sentences and clauses of a text, and how they are put together again when some are left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_CLOSERS = r"[\"'”’)\]*_`」』）】]*"
_SENTENCE = re.compile(rf".*?(?:(?<![.!?…])[.!?…]++{_CLOSERS}(?=\s|$)|(?<![。！？])[。！？]++{_CLOSERS}|$)\s*")
_END = re.compile(rf"[.!?…。！？~]+{_CLOSERS}\s*$")
_EMOJI = "\U0001f300-\U0001faff☀-➿⬀-⯿️"
_BREAK = re.compile(
    rf"\s*[，；：]\s*|\s*[,;:](?=\s)\s*|\s+[-–—]+\s+|\s*——?\s*|\s*[{_EMOJI}]+\s+|(?<=[一-鿿])\s*[,;:]\s*"
)
_JOINT = re.compile(
    r"(?<!\bdrag)(?<!\bclick)(?<!\bhold)(?<!\bpress)(?<!\btap)\s+(?:and\s+then|and|then|so|or|but)\s+(?=\S)",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r"^(?:and\s+then|and|then|so|or|but|然后|并且|并|再|或者|或)\s*", re.IGNORECASE)

_DEPENDENT = re.compile(
    r"^\W*(?:(?:and|so|but|then)\s+)?(?:(?:to|in\s+order\s+to|when(?:ever)?|once|if|after|as\s+soon\s+as|for|before|should\s+you|in\s+case)\b"
    r"|(?:now|next|then|finally|lastly|first|simply|just|please|from\s+here|at\s+this\s+point|otherwise|alternatively|optional(?:ly)?|ready(?:\s+to\s+\w+)?"
    r"|(?:select|choose|pick|highlight|find|scroll|hover|tick)\b.*$"
    r"|(?:the\s+)?(?:next|final|last)\s+steps?|(?:pro\s+)?tip|note|hint|(?:an|the|one)?(?:other|\s+more)?\s*(?:option|possibility)|what's\s+next|how\s+to\s+\w+)\W*$"
    r"|(?:如需|如果|若|如|想|要是|当|等|待|为了|接下来|下一步|最后|然后|现在|请|满意|确认|需要|准备好|可选|提示|小贴士|步骤|操作).*$"
    r"|[^，。]{0,10}(?:后|时|的话|之前)$)",
    re.IGNORECASE,
)
_OPTION = re.compile(r"^\W*(?:if|in\s+case|should\s+you|to|for|如果|如需|若|想)", re.IGNORECASE)
_IF_LIKED = re.compile(
    r"\W*(?:(?:if|should|whenever|in\s+case)\s+(?:you\b.*|needed|necessary)|(?:如果|如)(?:需要|想).*)", re.IGNORECASE
)
_THEN = r"(?:(?:and|then|so|next|now|finally|where|which|然后|接着|再|最后|之后|并)\s*)*"
_STEP = (
    r"(?:choose|select|pick|wait|save|set|confirm|download|name|enter)\b(?!.*\?)"
    r"|(?:选择|等待|保存|下载|确认|设置|再?试)"
)
_FOLLOWS = re.compile(
    rf"^\W*{_THEN}(?:{_STEP}|(?:your|the)\s+(?:video|file|download|clip|audio|export|render\w*|browser)\b.*\b(?:will|is|starts?|be|can)\b"
    r"|it(?:'ll|\s+will|'s)\b|you(?:'ll|\s+will|\s+can|'re)\b|to\s+(?:download|save|get|share|finish|export|keep|see|apply|watch|start)\b"
    r"|that's\s+(?:it|all)|(?:right\s+|just\s+)?(?:after|before|until|where|next\s+to|so\s+that)\b"
    r"|(?:即可|就可以|就能|就会|便可|来|以便|随后|稍后|后即可|视频(?:将|会|就)))",
    re.IGNORECASE,
)
_NEXT_STEP = re.compile(
    rf"^\W*{_THEN}(?:{_STEP}|(?:your|the)\s+(?:download|file|browser|export|render\w*)\b.*\b(?:will|starts?)\b|it\s+will\s+(?:be\s+)?(?:download|save)|下载(?:将|会))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:and\s+then|and|then)\s+(?!i\b|i'|we\b|you\b|your\b|it\b|it'|the\b|this\b|that\b|let\b|there\b|click|press|tap|hit)"
    r"|(?:然后|再|并)(?!点|单击|打开|导出)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"^\W*(?:ready|want|need|prefer|would\s+you\s+(?:like|prefer)|do\s+you\s+(?:want|need|prefer)|(?:not\s+)?happy|(?:not\s+)?satisfied"
    r"|(?:don't\s+)?like\s+(?:it|what)|all\s+set|不?满意|准备好|想|要|需要|不?喜欢|觉得).*[?？]\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """`before` is what separates it from the clause before it."""

    before: str
    text: str


def sentences(line: str) -> list[str]:
    """A line cut behind each sentence, white space included: joined they are the line."""
    return [part for part in _SENTENCE.findall(line) if part]


def clauses(sentence: str, begins_instruction: Callable[[str], bool]) -> tuple[list[Clause], str]:
    """A sentence's clauses and its end mark. A conjunction parts two only where an instruction follows it."""
    end = _END.search(sentence)
    body, mark = (sentence[: end.start()], end[0]) if end else (sentence.rstrip(), "")
    found: list[Clause] = []
    before, at = "", 0
    for cut in [*_BREAK.finditer(body), None]:
        piece = body[at : cut.start() if cut else len(body)]
        for joint in _JOINT.finditer(piece):
            if begins_instruction(piece[joint.end() :]):
                found.append(Clause(before, piece[: joint.start()]))
                before, piece = joint[0], piece[joint.end() :]
                break
        found.append(Clause(before, piece))
        before, at = (cut[0], cut.end()) if cut else ("", len(body))
    return found, mark


def without(parts: list[Clause], dropped: set[int]) -> str:
    """The clauses that are left, as a sentence without its end mark."""
    text = ""
    for place, clause in enumerate(parts):
        if place in dropped or not clause.text.strip(' \t"*'):
            continue
        if text:
            text += clause.before + clause.text
        else:
            text = clause.text if place == 0 else _capital(_CONJUNCTION.sub("", clause.text))
    return balanced(text.rstrip(" \t,;:，；：、-–—"))


def widened(parts: list[Clause], dropped: set[int]) -> set[int]:
    """Instructions with the clauses that mean nothing without them: "to download it", "then choose MP4"."""
    out = set(dropped)
    for place in sorted(dropped):
        before = place - 1
        while before >= 0 and before not in out and _DEPENDENT.match(parts[before].text):
            out.add(before)
            before -= 1
        after = place + 1
        while after < len(parts) and after not in out and _FOLLOWS.match(parts[after].text):
            out.add(after)
            after += 1
    return out


def leaves_it_open(parts: list[Clause], place: int) -> bool:
    """Whether the clause after it, the last one, leaves an instruction to the user: ", if you like"."""
    return place + 2 == len(parts) and bool(_IF_LIKED.fullmatch(parts[place + 1].text))


def is_optional(parts: list[Clause], place: int) -> bool:
    """Whether the clauses around it make an instruction a mere possibility."""
    if leaves_it_open(parts, place):
        return True
    return place > 0 and bool(_OPTION.match(parts[place - 1].text)) and bool(_DEPENDENT.match(parts[place - 1].text))


def continued(parts: list[Clause], place: int) -> bool:
    """Whether the next clause goes on with the request of this one: "drag it down, then lower its volume"."""
    return place + 1 < len(parts) and bool(_GOES_ON.match(parts[place + 1].text))


def is_next_step(sentence: str) -> bool:
    """Whether a sentence only goes on with what one that was left out began."""
    return bool(_NEXT_STEP.match(sentence))


def invites(sentence: str) -> bool:
    """ "Ready to download?" is nothing without the instruction after it."""
    return bool(_INVITES.match(sentence))


def balanced(text: str) -> str:
    """Bold marks and brackets whose other half was left out go too."""
    if text.count("**") % 2:
        text = text.replace("**", "")
    for opening, closing in ("()", "（）", "“”", "「」"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.strip()


def _capital(text: str) -> str:
    return text if text.startswith("http") else text[:1].upper() + text[1:]
