"""Operations of time and of the whole: what to keep and to cut, the speed, and going back. No language in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.timeline.operations import (
    END,
    START,
    AddMusic,
    AddText,
    Cut,
    Join,
    Merge,
    Moment,
    Part,
    Speed,
    StartOver,
    Trim,
)
from studio.understanding.model import About, Ask, Built, Redo, Seen, Undo
from studio.understanding.spans import Kind, Span

_PARTS = (Kind.RANGE, Kind.FIRST, Kind.LAST, Kind.AFTER, Kind.BEFORE, Kind.FROM, Kind.UNTIL)
_EDGES = (Kind.FIRST, Kind.LAST, Kind.ENDS)
SLOWEST, FASTEST = 0.1, 10.0


def parts_of(spans: Sequence[Span]) -> tuple[Part, ...] | None:
    """Each as a part; None where one is no part by itself. A moment within a range is only told of."""
    made: list[Part] = []
    ranges = [span.part for span in spans if span.kind is Kind.RANGE]
    for span in spans:
        if span.kind is Kind.POINT and any(r.start.seconds <= span.part.start.seconds <= r.end.seconds for r in ranges):
            continue
        if span.kind is Kind.ENDS:
            made += [span.part, Part(Moment(-span.seconds, 1.0), END)]
        elif span.kind in _PARTS:
            made.append(span.part)
        else:
            return None
    return tuple(made) or None


def joined(spans: list[Span]) -> list[Span]:
    """ "Start at 0:10, end at 0:25", "from 0:40, 25 seconds" are one range."""
    kinds = [span.kind for span in spans]
    if len(spans) == 2 and Kind.UNTIL in kinds and (Kind.FROM in kinds or Kind.POINT in kinds):
        at = kinds.index(Kind.UNTIL)
        return [Span(Kind.RANGE, Part(spans[1 - at].part.start, spans[at].part.end))]
    if len(spans) == 2 and Kind.LENGTH in kinds and (Kind.FROM in kinds or Kind.POINT in kinds):
        length = spans[kinds.index(Kind.LENGTH)].seconds
        start = spans[1 - kinds.index(Kind.LENGTH)].part.start
        return [Span(Kind.RANGE, Part(start, replace(start, seconds=start.seconds + length)))]
    return spans


def _says_to(seen: Seen) -> bool:
    """ "Cut it to 30 seconds", "剪到30秒"."""
    return any(token.prep == "to" for token in seen.all("span")) or seen.has("DOWNTO")


def _takes_off(seen: Seen) -> bool:
    """ "5 seconds off the end", "the first 3 seconds out"."""
    spans = seen.all("span")
    if any(0 <= off.start - span.end <= 1 for off in seen.all("OFF") for span in spans):
        return True
    return any(" off" in token.said or token.said.endswith("off") for token in seen.all("span"))


def trim(seen: Seen) -> Built:
    spans = joined(seen.spans())
    if (
        not spans
        or seen.has("quote", "SAYING")
        or (seen.has("MUSIC") and not seen.has("KEEP", "CUT", "TRIM"))
        or _takes_off(seen)
    ):
        return None
    if seen.has("EXCEPT") and seen.has("KEEP") and not seen.has("REMOVE", "CUT", "TRIM"):
        parts = parts_of(spans)
        return (Cut(parts),) if parts else Ask(About.PART)
    if seen.has("LOWER", "LESSOF") and not _says_to(seen):
        return None
    if seen.has("REMOVE", "CUT", "TRIM") and {span.kind for span in spans} <= {Kind.AFTER, Kind.BEFORE}:
        return None
    others = any(isinstance(each, Merge | AddMusic | AddText) for each in seen.before)
    if others and seen.has("ONLY") and not seen.has("KEEP", "TRIM", "CUT", "GET"):
        return Ask(About.KEEP_OR_CUT)  # "add the song, but only from 0:10 to 0:20"
    spans = _from_its_edge(seen, spans)
    kinds = {span.kind for span in spans}
    keeps = seen.has("KEEP", "ONLY", "GET", "LENGTH", "REST", "EXCEPT", "MAKE", "EXTRACT")
    if seen.has("TRIM") and not (keeps or _says_to(seen)) and kinds == {Kind.LENGTH}:
        return Ask(About.KEEP_OR_CUT)
    to = _says_to(seen)
    plainly = seen.has("KEEP", "ONLY", "LENGTH", "REST", "EXCEPT") or to
    if seen.has("CUT", "TRIM") and not plainly and (seen.has("CUT") or kinds & {*_EDGES}):
        return None
    if kinds == {Kind.LENGTH} and len(spans) == 1:
        sure = keeps or to or seen.has("TRIM")
        return (Trim((Part(START, spans[0].part.end),)),) if sure else Ask(About.KEEP_OR_CUT)
    is_new_edge = kinds <= {Kind.FROM, Kind.UNTIL} or (kinds == {Kind.RANGE} and seen.spans() != spans)
    if not (keeps or to or seen.has("TRIM", "CUT") or is_new_edge):
        return Ask(About.KEEP_OR_CUT)
    parts = parts_of(spans)
    return (Trim(parts),) if parts else Ask(About.PART)


def _from_its_edge(seen: Seen, spans: list[Span]) -> list[Span]:
    """ "Start it at 0:10" is from there on, "end it at 0:10" up to there."""
    if len(spans) != 1 or spans[0].kind not in (Kind.POINT, Kind.LENGTH):
        return spans
    if seen.has("REMOVE") and not seen.has("REST"):
        return spans
    at = spans[0].part.start if spans[0].kind is Kind.POINT else spans[0].part.end
    if seen.has("BEGIN"):
        return [Span(Kind.FROM, Part(at, END))]
    is_end = (
        seen.has("END")
        or (spans[0].kind is Kind.POINT and seen.has("REST") and seen.has("CUT"))
        or (spans[0].kind is Kind.POINT and seen.has("TRIM") and not seen.has("CUT"))
    )
    return [Span(Kind.UNTIL, Part(START, at))] if is_end else spans


def cut(seen: Seen) -> Built:
    spans = seen.spans()
    spans = joined(spans)
    if seen.has("EXCEPT") or (seen.has("REST") and not {span.kind for span in spans} <= {Kind.AFTER, Kind.BEFORE}):
        return None
    if not spans:
        return None if seen.has("quote") else Ask(About.PART)
    kinds = {span.kind for span in spans}
    if seen.has("SKIP") and (skipped := _skipped(seen, spans)):
        return skipped
    off = _takes_off(seen)
    if not seen.has("REMOVE", "SKIP", "CUT", "TRIM") and kinds != {Kind.ENDS} and not off:
        return None
    removes = seen.has("REMOVE", "SKIP") or off
    at_edge = seen.has("ATSTART", "BEGIN") != seen.has("ATEND", "END")
    if not removes and (_says_to(seen) or kinds & {Kind.FROM, Kind.UNTIL} or (Kind.LENGTH in kinds and not at_edge)):
        return None
    if seen.has("TRIM") and not seen.has("REMOVE", "CUT") and kinds == {Kind.RANGE}:
        return None
    lengths = seen.spans(Kind.LENGTH)
    if len(spans) == 1 and lengths and seen.has("ATSTART", "BEGIN") != seen.has("ATEND", "END"):
        at_start = seen.has("ATSTART", "BEGIN")
        seconds = lengths[0].seconds
        return (Cut((Part(START, Moment(seconds)) if at_start else Part(Moment(-seconds, 1.0), END),)),)
    parts = parts_of(spans)
    return (Cut(parts),) if parts else Ask(About.PART)


def _skipped(seen: Seen, spans: list[Span]) -> Built:
    """ "Skip to 0:30" leaves out what is before; "skip 0:10 to 0:20" that part."""
    kinds = (Kind.LENGTH, Kind.POINT, Kind.FROM)
    to = _says_to(seen) or any(token.said.endswith(("to", "到")) for token in seen.all("SKIP"))
    if len(spans) != 1 or spans[0].kind not in kinds or not to:
        return None
    at = spans[0].part.end if spans[0].kind is Kind.LENGTH else spans[0].part.start
    return (Cut((Part(START, at),)),)


def share_of(seen: Seen) -> tuple[float, str] | None:
    """A percentage, half, a third …, and the preposition before it."""
    token = seen.first("percent")
    if token and isinstance(token.value, float):
        return token.value, token.prep
    for kind, value in (("QUARTER", 0.25), ("THIRD", 0.3333), ("HALF", 0.5)):
        if said := seen.first(kind):
            return value, said.prep
    return None


def speed(seen: Seen) -> Built:
    if seen.has("FASTER") and seen.has("SLOWER"):
        return Ask(About.CLASH)
    of_rest = seen.has("REST") and not any(isinstance(each, Cut | Trim) for each in seen.before)
    if seen.spans() or seen.has("EXCEPT") or of_rest:
        return Ask(About.SPEED_OF_PART)
    if seen.has("ATSTART", "ATEND") or (seen.has("PIECE") and seen.has("ONLY")):
        return Ask(About.SPEED_OF_PART)
    slower = seen.has("SLOWER", "LOWER", "LESSOF", "TOOFAST") and not seen.has("FASTER", "TOOSLOW", "RAISE", "MOREOF")
    factor = _speed_factor(seen, slower=slower)
    if not factor or not SLOWEST <= factor <= FASTEST:
        return Ask(About.SPEED)
    return (Speed(round(factor, 4)),)


def _speed_factor(seen: Seen, *, slower: bool) -> float | None:
    factor, share = seen.number("factor") or seen.number("number"), share_of(seen)
    if factor:
        if factor == 1.0 and seen.has("FASTER", "SLOWER"):
            factor = 2.0
        return 1 / factor if slower and factor > 1 else factor
    if seen.has("TWICE"):
        return 0.5 if slower else 2.0
    for kind, times in (("TRIPLE", 3.0), ("QUADRUPLE", 4.0)):
        if seen.has(kind):
            return 1 / times if slower else times
    if share is None:
        if not seen.has("FASTER", "SLOWER", "TOOFAST", "TOOSLOW", "RAISE", "LOWER", "LESSOF", "MOREOF"):
            return None
        return 0.75 if slower else 1.5
    if share[0] == 0.5 and slower:
        return 0.5
    plain = not share[1] and seen.has("FASTER", "SLOWER") and not seen.has("SPEED", "QUARTER", "THIRD")
    by = share[1] == "by" or plain
    return share[0] if not by else 1 - share[0] if slower else 1 + share[0]


def join(seen: Seen) -> Built:
    if seen.has("SOUND", "RECORDING", "MUSIC", "SENT") and "audio" in seen.kinds:
        return None
    if other := seen.first("ATSTART") or seen.first("file") or seen.first("SECONDONE"):
        return Ask(About.UNSUPPORTED, other.said)  # another order than that in which they came
    return (Join(),)


def start_over(seen: Seen) -> Built:
    return (StartOver(),)


def undo(seen: Seen) -> Built:
    if seen.has("REDO"):
        return None
    steps = seen.number("steps") or seen.number("number") or (2 if seen.has("TWICE", "BOTH") else 1)
    return Undo(int(steps))


def redo(seen: Seen) -> Built:
    return Redo()


def cannot(seen: Seen) -> Built:
    token = seen.first("CANNOT") or seen.first("BEYOND")
    if token is None and seen.has("VAGUE"):
        return Ask(About.VAGUE)
    if token and token.value_as("CANNOT") == "generate":
        return Ask(About.GENERATE)
    return Ask(About.UNSUPPORTED, token.said if token else "")
