"""One parse for every record: the message is cut into stretches, each goes to the record that accounts for most of it.

A value, a verb or a quotation that no record accounts for costs much: then we ask. Prose costs little. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.timeline.operations import Operation
from studio.understanding.lexicon import Entry, verb_kinds
from studio.understanding.model import About, Ask, Built, Seen
from studio.understanding.records import Record, Way, ways_with
from studio.understanding.scopes import BREAKS, Tokens, clause_around, particular_of, thing_of
from studio.understanding.tokens import Token

# What a token is worth where it is accounted for, and costs where it is not.
_WORTH = {"value": 3.0, "verb": 2.5, "noun": 1.0, "object": 2.0, "look": 2.0, "complaint": 1.5, "number": 1.5}
_COST = {
    **{"value": 6.0, "verb": 4.0, "noun": 0.5, "object": 2.5, "look": 1.5, "complaint": 0.0, "number": 2.0},
    **{"word": 0.08, "none": 0.0},
}
MUST = frozenset({"value", "verb", "number"})  # what has to be accounted for
_NEEDED = 1.5  # a thing that calls for the record
_OTHER_SENSE = 1.0  # a verb in a sense that is not its first
_BESIDE = 1.0  # a verb beside the one that calls for the record
_OWN_WISH = 0.8  # a clause more that is a wish by itself
_FRAME = 1.0  # one operation more
_ASK = 1.5  # a question instead of an edit
_STRANGER = 1.5  # a verb whose object nobody knows
_OTHER_THING = 4.0  # a verb whose object is another record's
_OBJECTS = frozenset({"MUSIC", "VOICE", "SOUND", "ORIGINAL", "TEXT", "TITLE", "WAVE", "BEYOND", "VOLUME", "SPEED"})
_SOUNDS = frozenset({"MUSIC", "SOUND", "RECORDING", "VOICE"})
_SOFT, _STRANDED = 0.6, 3.0  # a break where no mark stands, and one in the middle of nothing
_NONE, _NEAR = -99.0, 2.0  # no second reading; how far below one is still looked at
_SAME, _AGAIN = 3.0, 1.2  # the same operation again: in one breath, or one of which there is only one
_ONCE = frozenset({"merge_av", "aspect", "extract_audio", "visualize", "remove_music", "bgm", "speed", "duck"})
_LONGEST, _SHORTER, _MANY, _MOST_BREAKS = 14, 4, 16, 40  # breaks of a stretch, of one among many, and of a message
_FREE = frozenset(
    {
        *("FILLER", "POLITE", "SEP", "STOP", "ASKS", "SIGN", "NOT", "USE", "MAKE", "bits", "STEPS", "ABIT"),
        *("ALOT", "MORE", "TOO", "ONLY", "BEGIN", "YES", "NO", "NEVERMIND", "TOOMUCH", "LONGER", "SHORTER"),
        *("CHANGE", "GET", "LEAVEBE", "TELL", "SAYING", "END", "VIDEO", "SENT", "CORRECT", "ATSTART", "ATEND"),
        *("BOTH", "NAMEIT", "SKIP", "REST", "EXCEPT", "DET", "PREP", "PRON", "AUX", "PIECE", "SET", "BA"),
        *("DOWNTO", "OFF", "INSTEADOF", "IF", "QUESTION", "REPORT", "filename", "IT"),
    }
)
_COMPLAINTS = frozenset({"TOOLOUD", "TOOQUIET", "TOOSLOW", "TOOFAST"})
_ACTS = frozenset({"VAGUE", "PUTBACK", "NOSOUND", "REMOVEMUSIC", "CANNOT", "UNDO", "REDO", "RESET", "DUCK"})
_LOOKS = frozenset({"color", "place", "fit"})
_WEAK = frozenset({"MAKE", "USE", "GET", "CHANGE", "ONLY", "EXTRACT", "ADD"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch as one record reads it, or as none does. `margin` is how much better that is than any other reading."""

    score: float
    record: Record | None
    built: Built
    left: Tokens
    tokens: Tokens
    pattern: str = ""
    ignored: Tokens = ()  # things that were named and that the record has no place for
    strange: str = ""  # what a verb of it is to be done to, where nobody knows that
    margin: float = 99.0

    def has(self, *kinds: str) -> bool:
        return any(token.can_be(kind) for token in self.tokens for kind in kinds)


def class_of(token: Token) -> str:
    if token.kind.startswith("NOT:") or (token.kind in _FREE and not token.is_verb):
        return "none"
    if token.kind in _COMPLAINTS:
        return "complaint"
    if token.kind in _LOOKS:
        return "look"
    if token.kind in ("number", "UNIT"):
        return "number"
    if token.kind == "format" and token.value in ("mp4", "mov"):
        return "noun"  # what it is already
    if token.is_value:
        return "value"
    if token.is_verb or token.kind in _ACTS:
        return "verb"
    if token.kind == "BEYOND":
        return "object" if token.heads else "word"
    return "word" if token.kind == "word" else "noun"


class Parser:
    """Reads one message; `kinds` are those of the files."""

    def __init__(self, tokens: Tokens, kinds: frozenset[str]) -> None:
        self._tokens = tuple(_as_sent(token, kinds) for token in tokens)
        self._kinds = kinds
        self._classes = [class_of(token) for token in self._tokens]
        things = {i: thing_of(tokens, i) for i, token in enumerate(tokens) if token.is_verb}
        self._strangers = {i: thing for i, thing in things.items() if thing and thing.kind == "word"}
        self._particular = {i: one for i in things if (one := particular_of(tokens, i))}
        self._things = {i: thing for i, thing in things.items() if thing and class_of(thing) in ("noun", "object")}

    def parse(self) -> list[Reading]:
        """The stretches that together account for most."""
        breaks = self._breaks()
        best: list[tuple[float, list[Reading]]] = [(0.0, [])]
        for end in range(1, len(breaks)):
            found: list[tuple[float, list[Reading]]] = []
            longest = _LONGEST if len(breaks) <= _MANY else _SHORTER
            for start in range(max(0, end - longest), end):
                score, readings = best[start]
                before = tuple(op for r in readings if isinstance(r.built, tuple) for op in r.built)
                one = self._read(breaks[start], breaks[end], before)
                cost = self._cost_of_break(readings, one, breaks[start])
                found.append((score + one.score - cost, [*readings, one]))
            best.append(max(found, key=lambda each: each[0]))
        return best[-1][1]

    def _breaks(self) -> list[int]:
        found = [0]
        for i, token in enumerate(self._tokens[1:], 1):
            before = next((t for t in reversed(self._tokens[:i]) if t.kind not in ("FILLER", "POLITE", "DET")), token)
            starts = token.is_verb or (token.is_value and not (before.kind in BREAKS or before.is_verb))
            behind = before.is_verb and before.said[:1] > "\u3000" and self._classes[i] == "noun"
            if token.kind in BREAKS or starts or behind or token.kind in _WEAK:
                found.append(i)
        return [*found[:_MOST_BREAKS], len(self._tokens)]

    def _cost_of_break(self, readings: list[Reading], one: Reading, start: int) -> float:
        if not start:
            return 0.0
        again = readings[-1].record is not None and readings[-1].record is one.record
        if self._tokens[start].kind in BREAKS:
            return _AGAIN if again and one.record and one.record.name in _ONCE else 0.0
        if again:
            return _SAME
        if readings and readings[-1].record is None:  # nobody breaks off in the middle of nothing
            return 4 * _STRANDED if any(class_of(t) == "noun" for t in readings[-1].tokens) else _STRANDED
        return _SOFT

    def _read(self, start: int, end: int, before: tuple[Operation, ...]) -> Reading:
        """The best reading of one stretch: by one record, or by none."""
        tokens, classes = self._tokens[start:end], self._classes[start:end]
        pairs = tuple(zip(tokens, classes, strict=True))
        left = tuple(token for token, each in pairs if each in MUST)
        named = tuple(token for token, each in pairs if each in ("noun", "object", "look"))
        best, second = Reading(-sum(_COST[each] for each in classes), None, None, left, tokens, ignored=named), _NONE
        present = frozenset[str]().union(*(token.kinds for token in tokens)) if tokens else frozenset()
        for way in ways_with(present):
            if not self._meets(way, start, end):
                continue
            one = self._by(way, start, end, before, above=min(best.score, max(second, best.score - _NEAR)))
            if one and one.score > best.score:
                second = best.score if best.record and one.built != best.built else second
                best = one
            elif one and one.built != best.built:
                second = max(second, one.score)
        return replace(best, margin=best.score - second)

    def _by(self, way: Way, start: int, end: int, before: tuple[Operation, ...], *, above: float) -> Reading | None:
        """The stretch as this record reads it; None where it is not meant, or no better than what there is."""
        tokens = self._tokens[start:end]
        stranger, other = self._stranger(way, start, end), self._other_thing(way, start, end)
        score, left, ignored = self._counted(way, start, end)
        score -= (_STRANGER if stranger else 0.0) + (_OTHER_THING if other else 0.0)
        if score <= above:
            return None
        built = way.record.build(Seen(tokens, self._kinds, before))
        if isinstance(built, tuple) and stranger:
            built = Ask(About.NOUN, stranger.said)
        elif isinstance(built, tuple) and other:
            built = Ask(About.LEFT, other.said)
        if isinstance(built, Ask):
            score -= _ASK
            built = replace(built, tokens=tokens)
        strange = self._strange(way, start, end)
        made = Reading(score, way.record, built, left, tokens, way.pattern, ignored, strange)
        return None if built is None else made

    def _counted(self, way: Way, start: int, end: int) -> tuple[float, Tokens, Tokens]:
        """What the record accounts for, what it must and does not, and the things it has no place for."""
        left: list[Token] = []
        ignored: list[Token] = []
        score = 0.2 * len(way.needs) - _FRAME - _OWN_WISH * self._clauses_of_their_own(start, end)
        for i, token in enumerate(self._tokens[start:end], start):
            each = self._classes[i]
            if token.kinds & way.accounts and (each != "verb" or self._is_its_verb(way, i)):
                score += self._worth(way, token, each)
                continue
            score -= _COST[each]
            left += [token] if each in MUST else []
            ignored += [token] if each in ("noun", "object", "look") else []
        return score, tuple(left), tuple(ignored)

    def _worth(self, way: Way, token: Token, each: str) -> float:
        if each == "verb" and token.kind not in way.accounts:
            return _OTHER_SENSE
        is_need = any(token.kinds & need for need in way.needs)
        if each == "verb" and not is_need:
            return _BESIDE
        if each == "noun" and is_need:
            return _NEEDED
        return _WORTH.get(each, 0.3 if token.kind in way.accounts and token.kind != "VIDEO" else 0.0)

    def _clauses_of_their_own(self, start: int, end: int) -> int:
        """How many clauses of the stretch, but for one, have a verb and what it is done to."""
        whole, verb, thing = 0, False, False
        for i in range(start, end + 1):
            if i == end or self._tokens[i].kind in BREAKS:
                whole += verb and thing
                verb = thing = False
            else:
                verb = verb or self._classes[i] == "verb"
                thing = thing or self._classes[i] in ("value", "noun")
        return max(0, whole - 1)

    def _meets(self, way: Way, start: int, end: int) -> bool:
        """Every need by a token of its own, in order where the verb says little; an object by one of that verb."""
        used: list[int] = []
        if way.needs[0] <= _WEAK and len(way.needs) > 1 and not self._in_one_clause(way, start, end):
            return False
        for number, need in enumerate(way.needs):
            before = way.needs[number - 1] if number else frozenset[str]()
            verbs = before if before & verb_kinds() else way.accounts
            at = next((i for i in range(start, end) if i not in used and self._answers(i, need, verbs)), None)
            if at is None:
                return False
            used.append(at)
        return True

    def _in_one_clause(self, way: Way, start: int, end: int) -> bool:
        """What a verb that says little makes stands in its clause."""
        for i in range(start, end):
            if self._tokens[i].kinds & way.needs[0]:
                first, last = clause_around(self._tokens, i)
                others = (j for j in range(max(first, start), min(last, end)) if j != i)
                if any(self._tokens[j].kinds & way.needs[1] for j in others):
                    return True
        return False

    def _answers(self, at: int, need: frozenset[str], verbs: frozenset[str]) -> bool:
        token = self._tokens[at]
        return bool(token.kinds & need) and (not token.heads or bool(token.heads & verbs))

    def _is_its_verb(self, way: Way, at: int) -> bool:
        """A verb that is no need of the record is the record's only where nothing strange stands in its clause."""
        if self._tokens[at].kinds & frozenset[str]().union(*way.needs):
            return True
        start, end = clause_around(self._tokens, at)
        others = [i for i in range(start, end) if i != at and self._classes[i] != "none"]
        return any(self._tokens[i].kinds & way.accounts for i in others) or all(
            self._classes[i] != "word" for i in others
        )

    def _strange(self, way: Way, start: int, end: int) -> str:
        """Something unknown that a verb of the record is to be done to, whatever else the record is called for by."""
        for i in range(start, end):
            stranger = self._strangers.get(i)
            if stranger and self._tokens[i].kinds & way.accounts:
                return stranger.said
        return ""

    def _other_thing(self, way: Way, start: int, end: int) -> Token | None:
        """Something that the record has no place for, and a verb of it is to be done to."""
        for i in range(start, end):
            thing = self._things.get(i)
            if thing and self._is_all_there_is(thing):
                continue
            if thing and self._tokens[i].kinds & way.accounts and not thing.kinds & way.accounts:
                return thing if thing.kind in _OBJECTS else None
        return None

    def _is_all_there_is(self, thing: Token) -> bool:
        """Of a sound, "the song" is the whole."""
        return "video" not in self._kinds and "audio" in self._kinds and bool(thing.kinds & _SOUNDS)

    def _stranger(self, way: Way, start: int, end: int) -> Token | None:
        """The thing that nobody knows and a verb is to be done to, where the record is called for by the verb alone."""
        verb = next(
            (i for i in range(start, end) if self._tokens[i].is_verb and self._tokens[i].kinds & way.needs[0]), None
        )
        particular = next((self._particular[i] for i in range(start, end) if i in self._particular), None)
        if particular or verb is None or len(way.needs) > 1:
            return particular
        anchored = any(t.is_value or t.heads for t in self._tokens[start:end] if t.kinds & way.accounts)
        return None if anchored else self._strangers.get(verb)


def _as_sent(token: Token, kinds: frozenset[str]) -> Token:
    """ "The mp3" is the file that was sent, if there is one, else what is to be made."""
    if token.kind != "sentformat":
        return token
    if "audio" in kinds:
        return replace(token, kind="RECORDING", others=(Entry("SENT"),))
    return replace(token, kind="format")


def parse(tokens: Tokens, kinds: frozenset[str]) -> list[Reading]:
    return Parser(tokens, kinds).parse() if tokens else []
