"""Clauses about what stays and what goes: trim, cut, start and end. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from studio.timeline.operations import END, START, Cut, Moment, Operation, Part, Trim
from studio.understanding.lexicon import Act
from studio.understanding.model import About, Ask
from studio.understanding.spans import SPAN, Kind, Span
from studio.understanding.stating import is_of_a_part
from studio.understanding.writing import Clause

Reading = tuple[Operation, ...] | Ask | None

EXCEPT = re.compile(
    r"\b(?:everything|all|anything|the rest|whatever|parts?)\b.{0,25}\b(?:but|except|besides|apart from|"
    r"other than|outside|not (?:in|between|within))\b|\b(?:but|except)(?: for)? (?:keep )?the (?:first|"
    r"last|part)|\bother than\b"
    r"|除了|(?<![删去移消清切])除开|以外|之外"
)
REST = re.compile(
    r"\b(?:rest|everything else|all else|the other parts?|the remaining|remainder|others?)\b|其他|其余|"
    r"剩下的|剩余|别的"
)
KEPT_REST = re.compile(
    r"\b(?:keep|leave|retain|save|preserve)\b(?: \w+){0,2} (?:the rest|everything else|all else|the others?|"
    r"the remaining|the "
    r"remainder)\b|\b(?:the rest|everything else) (?:\w+ ){0,2}(?:stays?|remains?|kept)\b|"
    r"(?:保留|留下|留着)(?:其他|其余|剩下|剩余|别的)|(?:其他|其余|剩下|剩余|别的)(?:的|部分|内容|都|全|"
    r"全部)*(?:保留|留着|留下|不动|不变|要(?!去|删|剪|静))"
)
_WISH = re.compile(
    r"\b(?:want|need|give me|like to have|interested in|use|get|let me have|pick|select|take|clip|extract|"
    r"grab|show)\b|想要|给我|取|选|要"
)
_TO = re.compile(
    r"\b(?:to|down to|under|at most|max(?:imum)?|tops|exceed|so (?:that )?(?:it'?s|it is)|no (?:more|"
    r"longer) than|long|in length|in total|total|"
    r"only|just|limit|within)\b|到|成|为|控制在|最多|不超过|以内|只要|只留|保留|长|总共|内"
)
_TO_PART = re.compile(
    r"\b(?:trim|cut|clip|shorten|crop|reduce|limit|chop|bring|get|snip|narrow|truncate)(?:ming|ting|ping)?\b"
    r"(?:(?!\bfrom\b|\bbetween\b|\d|,).){0,40}?\b(?:to|into)\b"
    r"|(?:剪|裁|截|缩短|切|剪辑|缩|trim ?|cut ?)(?:短)?(?:到|成|至|为)"
)
_EDGE_BY = re.compile(r"\b(?:start|beginning|front|end|back) (?:of (?:it|the \w+) )?by \d")
_STRONG = re.compile(r"\bcut(?:ting)?\b(?! (?:it )?(?:down )?to\b)")
_EXACTLY = re.compile(
    r"\bmake (?:it|this(?: thing| video| clip)?|the \w+) (?:exactly |precisely |about |around |roughly )?\d"
)
_RELATIVE = re.compile(rf"{SPAN}\s*(?:shorter|less|longer|more)\b|(?:短|少|缩短|减少|长)(?:了|掉)?{SPAN}|by {SPAN}")
_DESCRIBED = re.compile(r"\b(?:its|(?:it|this|video|clip)(?:'s| is| was))\b.*\blong\b")
_SURELY_OUT = re.compile(r"\b(?:remove|delete|get rid|cut out|cut off)\b|剪掉|删")
_ALONE = re.compile(
    r"\W*(?:the |its )?(?:first|last|opening|final) \d[\d.]* ?[a-z]+(?: \d+ ?[a-z]*)?(?: (?:please|pls|"
    r"only|thanks))*\W*"
    r"|(?:前|最后|开头)的?\d+(?:\.\d+)?\S{1,3}"
)
_SHORTER = re.compile(
    r"\bmake (?:it|this|(?:the )?\w+) (?:a (?:bit|little) |more )?(?:short|shorter)\b|\bshorten (?:it|this|the \w+)$|"
    r"短一点|短一些|变短|剪短"
)
_PART_WORDS = re.compile(
    r"\b(?:intro|outro|start|beginning|end(?:ing)?|part|parts|section|segment|piece|bit|middle|boring|"
    r"bits)\b|开头|结尾|片头|片尾|中间|部分|一段|前面|后面|多余"
)


def cut_or_keep(clause: Clause) -> Reading:
    """Keeping and removing: a verb and a part are both needed, else we ask."""
    removes, keeps, trims = clause.does(Act.REMOVE), clause.does(Act.KEEP), clause.does(Act.TRIM)
    if is_of_a_part(clause) and not removes:
        return Ask(About.KEEP_OR_CUT)
    if clause.says(EXCEPT) and clause.spans:
        return _all_but(clause, goes=removes or (trims and not keeps))
    if clause.spans and not removes and clause.says(KEPT_REST):
        return (Cut(_parts(clause.spans)),)
    if removes and clause.says(REST):
        return (Trim(_parts(clause.spans)),) if clause.spans else None
    if not clause.spans:
        wants = ((removes or trims) and clause.says(_PART_WORDS)) or trims or clause.says(_SHORTER)
        return Ask(About.PART) if wants else None
    kinds = {span.kind for span in clause.spans}
    if Kind.ENDS in kinds:
        if keeps and not removes:
            return (Trim(_ends(clause.spans)),)
        return (Cut(_ends(clause.spans)),) if removes or trims else Ask(About.KEEP_OR_CUT)
    if len(clause.spans) > 1 and len(kinds) > 1 and kinds != {Kind.FIRST, Kind.LAST}:
        return _of_several(clause, removes=removes, keeps=keeps)
    return _of_one_kind(clause, removes=removes, keeps=keeps, trims=trims)


def _all_but(clause: Clause, *, goes: bool) -> Reading:
    """ "Delete all but …" keeps that part, "keep all but …" takes it away."""
    if goes:
        return (Trim(_parts(clause.spans)),)
    stays = clause.does(Act.KEEP) or clause.says(_WISH)
    return (Cut(_parts(clause.spans)),) if stays else Ask(About.KEEP_OR_CUT)


def _of_several(clause: Clause, *, removes: bool, keeps: bool) -> Reading:
    """ "Start at 0:10 and end at 0:40"; a length beside another span only describes it."""
    kinds = {span.kind: span for span in clause.spans}
    if {Kind.FROM, Kind.UNTIL} == kinds.keys() and not removes:
        return (Trim((Part(kinds[Kind.FROM].part.start, kinds[Kind.UNTIL].part.end),)),)
    placed = tuple(span for span in clause.spans if span.kind is not Kind.LENGTH)
    if Kind.LENGTH in kinds and not {Kind.FROM, Kind.UNTIL}.isdisjoint(kinds):
        return Ask(About.PART)
    if len({span.kind for span in placed}) == 1 and len(placed) == 1:
        return cut_or_keep(_with_spans(clause, placed))
    if {Kind.FIRST, Kind.LAST, Kind.RANGE} >= {span.kind for span in placed} and removes != keeps:
        return (Cut(_parts(placed)),) if removes else (Trim(_parts(placed)),)
    return Ask(About.KEEP_OR_CUT)


def _of_one_kind(clause: Clause, *, removes: bool, keeps: bool, trims: bool) -> Reading:
    span = clause.spans[0]
    match span.kind:
        case Kind.AFTER | Kind.BEFORE:
            if removes or (trims and not keeps):
                return (Trim((_opposite(span),)),)
            return (Trim((span.part,)),) if keeps or clause.says(_WISH) else Ask(About.KEEP_OR_CUT)
        case Kind.FROM | Kind.UNTIL:
            return _open_ended(clause, span, removes=removes, trims=trims)
        case Kind.LENGTH:
            return _length(clause, span, removes=removes)
        case Kind.POINT:
            return Ask(About.KEEP_OR_CUT) if removes or keeps or trims else None
        case _:
            return _placed(clause, span, removes=removes, keeps=keeps, trims=trims)


def _placed(clause: Clause, span: Span, *, removes: bool, keeps: bool, trims: bool) -> Reading:
    """A part with two ends: its verb says whether it stays."""
    parts = _parts(clause.spans)
    trims_to = clause.says(_TO_PART) and (trims or keeps) and not clause.says(_SURELY_OUT)
    if removes and not trims_to and not (keeps and clause.says(r"\bonly\b|保留|只(?![剪删去切])")):
        return (Cut(parts),)
    if trims and clause.says(_EDGE_BY):
        return (Cut(parts),)
    if keeps or trims_to:
        return (Trim(parts),)
    if clause.says(_STRONG):
        return (Cut(parts),)
    if trims:
        ranged = span.kind is Kind.RANGE and clause.says(r"\b(?:trim|clip)\b|剪到|剪辑|截")
        return (Trim(parts),) if ranged else Ask(About.KEEP_OR_CUT)
    alone = span.kind in (Kind.FIRST, Kind.LAST) and _ALONE.fullmatch(clause.words)
    begins_and_ends = clause.says("开始.{0,8}(?:结束|为止)")
    return (Trim(parts),) if alone or begins_and_ends or clause.says(_WISH) else Ask(About.KEEP_OR_CUT)


def _open_ended(clause: Clause, span: Span, *, removes: bool, trims: bool) -> Reading:
    begins = clause.says(r"\b(?:start|begin)|开始|从头")
    ends = clause.says(r"\b(?:end|stop|finish)|结束|为止")
    if removes and span.kind is Kind.FROM and clause.says(r"(?:之前|前面)(?:的|都|全)*[^后]{0,4}[剪删去切不]"):
        return (Trim((span.part,)),)
    if removes:
        return (Cut((span.part,)),)
    if (
        span.kind is Kind.FROM
        and clause.says(_STRONG)
        and clause.says(r"\b(?:to|till|until|through) (?:the )?(?:very )?end\b|到(?:最后|结尾|末尾)")
    ):
        return (Cut((span.part,)),)
    if (
        clause.does(Act.KEEP)
        or begins
        or ends
        or clause.says(_WISH)
        or (clause.says(_SHORTER) and span.kind is Kind.UNTIL)
        or (trims and clause.says(r"\btrim\b.*\bto\b|剪到|截"))
    ):
        return (Trim((span.part,)),)
    return Ask(About.KEEP_OR_CUT)


def _length(clause: Clause, span: Span, *, removes: bool) -> Reading:
    """ "Down to 30 s", "make it 15 s long"; "cut 30 s" says neither where nor whether it is to go."""
    at_start = clause.says(r"\b(?:start|beginning|begin|front|intro|first few|opening)\b|开头|片头|前面|开始")
    at_end = clause.says(r"\b(?:end|ending|back|outro)\b|结尾|片尾|最后|末尾|后面")
    if removes or (clause.says(_STRONG) and at_start != at_end):
        if at_start != at_end:
            part = Part(START, span.part.end) if at_start else Part(Moment(-span.seconds, 1.0), END)
            return (Cut((part,)),)
        return Ask(About.PART)
    if clause.says(r"\bstart(?:s|ing)?\b|\bbegins?\b|开始"):
        return Ask(About.PART)
    if clause.says(_DESCRIBED):
        return None
    if _RELATIVE.search(clause.rest):
        return Ask(About.PART)
    if clause.does(Act.TRIM, Act.KEEP, Act.MAKE) or clause.says(r"\blong\b|长|shorten|缩短"):
        if (clause.says(_TO) or clause.says(_EXACTLY)) and not at_end:
            return (Trim((span.part,)),)
        return Ask(About.PART) if clause.does(Act.TRIM, Act.KEEP) else None
    return None


def _parts(spans: tuple[Span, ...]) -> tuple[Part, ...]:
    return tuple(span.part for span in spans)


def _ends(spans: tuple[Span, ...]) -> tuple[Part, ...]:
    seconds = spans[0].seconds
    return Part(START, Moment(seconds)), Part(Moment(-seconds, 1.0), END)


def _opposite(span: Span) -> Part:
    return Part(START, span.part.start) if span.kind is Kind.AFTER else Part(span.part.end, END)


def _with_spans(clause: Clause, spans: tuple[Span, ...]) -> Clause:
    return replace(clause, spans=spans)
