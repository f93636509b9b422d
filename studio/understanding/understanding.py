"""A message to operations: its clauses read one after the other, and what we cannot do asked back. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from studio.timeline.operations import AddText, Cut, EditText, Merge, Mute, Operation, Trim
from studio.understanding.denying import denied
from studio.understanding.lexicon import Act, Thing
from studio.understanding.limits import generates, vague
from studio.understanding.misspeaking import as_meant
from studio.understanding.model import About, Ask, Request, Understood
from studio.understanding.moods import is_aside, is_checking, is_past, is_telling
from studio.understanding.otherwise import plainly
from studio.understanding.pacing import loses_a_pace
from studio.understanding.readers import first_reading
from studio.understanding.reckoning import unaccounted
from studio.understanding.reconciling import reconciled
from studio.understanding.remainder import unread
from studio.understanding.rereading import other_texts, values_of
from studio.understanding.seeing import visualize
from studio.understanding.stating import is_of_a_part, is_praised, subject_of
from studio.understanding.staying import keeps_hearing, keeps_sound
from studio.understanding.taking_back import taken_back
from studio.understanding.wishing import take
from studio.understanding.wrapping import unwrapped
from studio.understanding.writing import Clause, Writing, clause_of, clauses_of, is_idle, lowered, read

_LONGEST = 1500  # characters: an edit takes a sentence or two, and a novel is not worth the time
_LEANS = re.compile(r"\b(?:it|them|that|those|this|wave ?form|audiogram|visuali[sz]er?)\b|它|波形|可视化")
_SIGNED_OFF = re.compile(r"\b(?:regards|best|cheers|thanks|thank you|sincerely|yours|love)\W*$", re.IGNORECASE)
_MARK = re.compile(r"\W*[\ue100-\uf8ff]\W*")
_KEEPING = re.compile(
    r"\b(?:keep|only|just|trim|start|begin|end|stop|shorten|make|want|need|use|save|leave|to)\b|保留|只|留|剪到|截|开始|结束|到|要"
)
_NAME = re.compile(r"[A-Z][\w'-]*(?: [A-Z][\w.'-]*){0,2}\W*")
_HALF = (About.PART, About.KEEP_OR_CUT, About.TEXT, About.LEVEL, About.TARGET_FORMAT)  # a verb without its object
_MAY_BE_A_SLIP = (
    *(About.UNKNOWN, About.LEFT, About.WORDS, About.NOUN),
    *(About.TARGET_FORMAT, About.VAGUE, About.PART),
)
_CERTAIN = (
    *(About.CONDITION, About.QUESTION, About.GENERATE, About.FORMAT),
    *(About.JOIN, About.SPEED_OF_PART, About.CLASH),
)


def understand(message: str, kinds: frozenset[str] = frozenset()) -> Request:
    """What a message asks for, in English or Chinese. `kinds`: "video", "audio", "image", as there are files of."""
    said = read(message[:_LONGEST])
    writing = replace(said, text=plainly(said.text))
    if request := _of_whole(writing):
        return request
    if _TO_ORIGINAL.search(lowered(writing.text)):
        return Ask(About.CLASH)
    if len(message) > _LONGEST:
        return Ask(About.UNKNOWN)
    request = _reckoned(said, _of_clauses(writing, kinds))
    if isinstance(request, Ask) and request.about not in _CERTAIN:
        others = (_reckoned(said, again) for again in _other_readings(writing, kinds, request))
        return next((again for again in others if not isinstance(again, Ask)), request)
    return request


def _reckoned(said: Writing, request: Request) -> Request:
    """The request, or the question about what was said and would not be done."""
    if not isinstance(request, Understood):
        return request
    left = unaccounted(said, request.operations) or denied(said.text, request.operations)
    return request if left is None else Ask(About.LEFT, left)


def _other_readings(writing: Writing, kinds: frozenset[str], request: Ask) -> Iterator[Request]:
    for text in other_texts(writing, softly=request.about in _MAY_BE_A_SLIP):
        again = replace(writing, text=text)
        if (taken := _of_whole(again)) or values_of(text) >= values_of(writing.text):
            yield taken or _of_clauses(again, kinds)


def _of_whole(writing: Writing) -> Request | None:
    """Taking back is understood only where it is all that is asked for, whatever is told beside it."""
    whole = _plain(writing.text)
    if request := taken_back(whole):
        return request
    orders = [piece for piece in clauses_of(writing.text) if piece and not _is_beside(clause_of(piece, writing.quotes))]
    steps = {taken_back(_plain(order)) for order in orders}
    return (steps.pop() if len(steps) == 1 else None) or generates(whole)


_TO_ORIGINAL = re.compile(
    r"\b(?:back|revert|return|reset|restore)\w*\b.{0,12}\b(?:the )?(?:original|untouched|"
    r"unedited)\b(?! (?:sound|audio|volume|speed))"
)


def _plain(text: str) -> str:
    return " ".join(unwrapped(lowered(text).strip(" .!?。！？~,，\n")).split())


def _is_beside(clause: Clause) -> bool:
    return is_past(clause) or (is_aside(clause) and is_idle(clause))


def _of_clauses(writing: Writing, kinds: frozenset[str]) -> Request:
    pieces = as_meant(_pieces(writing), writing.quotes)
    if pieces is None:
        return Ask(About.CLASH)
    pieces = _drawn_first(pieces, writing.quotes, kinds)
    done: list[Operation] = []
    skip, made = 0, True
    for number, each in enumerate(pieces):
        piece = each
        if skip:
            skip -= 1
            continue
        if not made and _LEANS.search(lowered(piece)) and _leads_in(clause_of(pieces[number - 1], writing.quotes)):
            piece = _leaning(pieces[number - 1], piece, writing, kinds, done)
        if number and _may_be_negated(pieces[number - 1], piece, writing.quotes):
            return Ask(About.KEEP_OR_CUT)
        writing, problem = take(piece, writing, kinds, done)
        made = bool(done)
        if problem and number + 1 < len(pieces):
            writing, problem, skip = _with_next(piece, pieces[number + 1 : number + 3], problem, writing, kinds, done)
        if problem and number and not _stands_alone(problem) and not done:
            writing, problem = take(f"{pieces[number - 1]}, {piece}", writing, kinds, done)
        if problem:
            return problem
    if not done:
        told = pieces and all(_is_beside(clause_of(piece, writing.quotes)) for piece in pieces)
        return vague(lowered(writing.text)) or Ask(About.NOTHING if told else About.UNKNOWN)
    return _settled(done, [clause_of(piece, writing.quotes) for piece in pieces], writing, kinds)


def _settled(done: list[Operation], clauses: list[Clause], writing: Writing, kinds: frozenset[str]) -> Request:
    if Mute() in done and any(map(keeps_hearing, clauses)):
        return Ask(About.CLASH)
    if _is_assumed(done, clauses):
        return Ask(About.KEEP_OR_CUT)
    wishes = reconciled(_with_own_sound(done) if any(map(keeps_sound, clauses)) else done, kinds)
    if isinstance(wishes, Ask):
        return wishes
    return Ask(About.LEVEL) if loses_a_pace(lowered(writing.text), wishes) else Understood(wishes, writing.files)


def _is_assumed(done: list[Operation], clauses: list[Clause]) -> bool:
    """ "The first 2 s" alone would be kept; not beside something that is cut out, unless keeping is spoken of."""
    both = {Trim, Cut} <= {*map(type, done)}
    return both and not any(clause.spans and clause.says(_KEEPING) for clause in clauses)


def _pieces(writing: Writing) -> list[str]:
    """The clauses, without a signature and without what has been done already."""
    pieces = [piece for piece in clauses_of(writing.text) if piece]
    if len(pieces) > 1 and _SIGNED_OFF.search(pieces[-2]) and _NAME.fullmatch(pieces[-1]):
        pieces.pop()
    return [piece for piece in pieces if not is_past(clause_of(piece, writing.quotes))]


def _with_own_sound(done: list[Operation]) -> list[Operation]:
    """Where the picture's own sound is to stay, it is mixed with what is laid under it."""
    return [replace(wish, mix=True) if isinstance(wish, Merge) and wish.mix is None else wish for wish in done]


def _drawn_first(pieces: list[str], quotes: tuple[str, ...], kinds: frozenset[str]) -> list[str]:
    """ "Title 'x', artist 'y', make a video of it": names of a song are for the picture that is drawn of it."""
    if "video" in kinds or "audio" not in kinds or not pieces or not clause_of(pieces[0], quotes).quotes:
        return pieces
    return sorted(pieces, key=lambda piece: visualize(clause_of(piece, quotes), kinds) is None)


def _leaning(before: str, piece: str, writing: Writing, kinds: frozenset[str], done: list[Operation]) -> str:
    """ "It" is read together with the clause that names it, unless that would lose a wish."""
    both, alone = list(done), list(done)
    take(f"{before}, {piece}", writing, kinds, both)
    take(piece, writing, kinds, alone)
    lost = {*map(type, alone)} - {*map(type, both)}
    changed = lost == {AddText} and any(isinstance(wish, EditText) for wish in both)
    return piece if lost and not changed else f"{before}, {piece}"


def _with_next(
    piece: str, following: list[str], problem: Ask, writing: Writing, kinds: frozenset[str], done: list[Operation]
) -> tuple[Writing, Ask | None, int]:
    """A clause that is half a wish, with the one or two behind it; how many of those it took."""
    clause, before = clause_of(piece, writing.quotes), list(done)
    tells = (is_telling(clause) and not clause.does(Act.FASTER, Act.SLOWER, Act.FADE, Act.MUTE)) or (
        not clause.acts and not clause.quotes and unread(clause, (), strictly=True) is None
    )
    half = tells or problem.about in _HALF
    if is_of_a_part(clause) and following and clause_of(following[0], writing.quotes).spans:
        return writing, None if is_praised(clause) else problem, 0
    if is_of_a_part(clause):
        piece = subject_of(piece)
    for count, each in enumerate(following, 1):
        goes_on = half or _leans_on(clause, clause_of(each, writing.quotes), kinds)
        named_next = problem.about is About.TEXT and _MARK.fullmatch(each)
        if not goes_on or _stands_alone(problem) or (_is_whole(each, writing.quotes) and not named_next):
            break
        piece = f"{piece}, {each}"
        after, left = take(piece, writing, kinds, done)
        made = done[len(before) :]
        other = (
            clause.does(Act.TRIM) and problem.about in _HALF and not any(isinstance(wish, Trim | Cut) for wish in made)
        )
        if left is None and not other and (tells or not _is_all_of(each, writing.quotes, made)):
            return after, None, count
        done[:] = before
    return writing, problem, 0


def _leans_on(clause: Clause, following: Clause, kinds: frozenset[str]) -> bool:
    """Whether words that are all known, and say nothing alone, may be the first half of what follows."""
    if visualize(following, kinds):
        return clause.names(Thing.IMAGE, Thing.COVER, Thing.MUSIC)
    return first_reading(following) is None and unread(clause, (), strictly=True) is None


def _is_all_of(piece: str, quotes: tuple[str, ...], made: list[Operation]) -> bool:
    """Whether this clause alone makes it: then what stands before it has not been read."""
    return first_reading(clause_of(piece, quotes)) == tuple(made)


def _may_be_negated(before: str, piece: str, quotes: tuple[str, ...]) -> bool:
    """ "Don't cut the first 5 s but the last 5 s": which verb the second is of is anybody's guess."""
    clause = clause_of(piece, quotes)
    return clause_of(before, quotes).negated and bool(clause.spans) and not clause.acts - {Act.KEEP, Act.ADD}


def _is_whole(piece: str, quotes: tuple[str, ...]) -> bool:
    """Whether it is a wish of its own, whatever stands before it."""
    alone = first_reading(clause_of(piece, quotes))
    return isinstance(alone, tuple) and isinstance(alone[0], AddText | EditText)


def _leads_in(clause: Clause) -> bool:
    """Nothing is asked for in it, but it names what the next clause speaks of."""
    return bool(clause.words) and is_idle(clause) and not is_checking(clause)


def _stands_alone(problem: Ask) -> bool:
    """Whether the next clause can be of no help."""
    return problem.about in (About.UNSUPPORTED, About.GENERATE, About.JOIN, About.FORMAT, About.SPEED_OF_PART)
