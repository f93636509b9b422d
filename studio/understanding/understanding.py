"""A message to operations: its clauses read one after the other, and what we cannot do asked back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from studio.operations import AddMusic, AddText, Cut, EditText, Fade, Operation, RemoveMusic, Trim
from studio.understanding import loudness, merging, pacing, retitling, seeing, voices
from studio.understanding.absorbing import absorbed, is_of_music
from studio.understanding.claims import passed_over
from studio.understanding.cutting import REST, Reading, cut_or_keep
from studio.understanding.lexicon import Act, Thing, acts_in, things_in
from studio.understanding.limits import beyond, generates, vague
from studio.understanding.model import About, Ask, Request, Understood
from studio.understanding.moods import is_aside, is_checking, is_past, not_an_order
from studio.understanding.places import in_place_only
from studio.understanding.reconciling import reconciled
from studio.understanding.remainder import unread
from studio.understanding.spelling import corrected
from studio.understanding.taking_back import taken_back
from studio.understanding.text_details import says_more_of_words
from studio.understanding.texts import unquoted_text
from studio.understanding.traditional import simplified
from studio.understanding.writing import Clause, Writing, clause_of, clauses_of, is_idle, lowered, read

_LONGEST = 1500  # characters: an edit takes a sentence or two, and a novel is not worth the time
_LEANS = re.compile(r"\b(?:it|them|that|those|this|wave ?form|audiogram|visuali[sz]er?)\b|它|波形|可视化")
_AND = re.compile(r"\s+(?:and|with|but)\s+|并|和|且", re.IGNORECASE)
_PUTS_IT = re.compile(r"\W*(?:put|use|lay|place|add|stick|drop|mix|play) (?:it|that|them)\b")
_STAYS = re.compile(
    r"^(?:and |but |please |just |also |still )*(?:keep|keeping|retain|preserve|leave)\b(?!.*\b(?:only|just|nothing)\b)"
    r"|^(?:请|并|但|同时|也|还)*(?:保留|留着)(?!.*只)"
)
_EACH = re.compile(r"\b(?:each|both|apiece)\b|各|都")
_MAY_BE_A_SLIP = (About.UNKNOWN, About.WORDS, About.NOUN, About.TARGET_FORMAT, About.VAGUE, About.PART)
_READERS: tuple[Callable[[Clause], Reading], ...] = (
    loudness.duck,
    voices.voice_alone,
    retitling.edit_text,
    seeing.text,
    loudness.fade,
    pacing.speed,
    merging.merge,
    merging.music,
    loudness.mute,
    loudness.volume,
    voices.extract,
    seeing.shape,
    cut_or_keep,
)


def understand(message: str, kinds: frozenset[str] = frozenset()) -> Request:
    """What a message asks for, in English or Chinese. `kinds`: "video", "audio", "image", as there are files of."""
    writing = read(message[:_LONGEST])
    if request := _of_whole(writing):
        return request
    if len(message) > _LONGEST:
        return Ask(About.UNKNOWN)
    request = _of_clauses(writing, kinds)
    if isinstance(request, Ask) and request.about in _MAY_BE_A_SLIP:
        second = corrected(writing.text)
        again = _of_clauses(replace(writing, text=second), kinds) if second != writing.text else request
        return again if isinstance(again, Understood) else request
    return request


def _of_whole(writing: Writing) -> Request | None:
    """Taking back is understood only where it is all that is asked for, whatever is told beside it."""
    whole = _plain(writing.text)
    if request := taken_back(whole):
        return request
    orders = [piece for piece in clauses_of(writing.text) if piece and not _is_beside(clause_of(piece, writing.quotes))]
    return (taken_back(_plain(orders[0])) if len(orders) == 1 else None) or generates(whole)


def _plain(text: str) -> str:
    return " ".join(lowered(text).strip(" .!?。！？~,，\n").split())


def _is_beside(clause: Clause) -> bool:
    return is_past(clause) or (is_aside(clause) and is_idle(clause))


def _of_clauses(writing: Writing, kinds: frozenset[str]) -> Request:
    pieces = [piece for piece in clauses_of(writing.text) if piece]
    pieces = [piece for piece in pieces if not is_past(clause_of(piece, writing.quotes))]
    done: list[Operation] = []
    skip, made = 0, True
    for number, each in enumerate(pieces):
        piece = each
        if skip:
            skip -= 1
            continue
        if not made and _LEANS.search(lowered(piece)) and _leads_in(clause_of(pieces[number - 1], writing.quotes)):
            piece = f"{pieces[number - 1]}, {piece}"
        if number and _may_be_negated(pieces[number - 1], piece, writing.quotes):
            return Ask(About.KEEP_OR_CUT)
        before = list(done)
        writing, problem = _take(piece, writing, kinds, done)
        made = done != before
        if problem and number + 1 < len(pieces):
            both = f"{piece}, {pieces[number + 1]}"
            joins = not _stands_alone(problem) and not _is_whole(pieces[number + 1], writing.quotes)
            after, second = _take(both, writing, kinds, done) if joins else (writing, problem)
            writing, problem, skip = (writing, problem, 0) if second else (after, None, 1)
        elif problem and number and not _stands_alone(problem) and not done:
            writing, problem = _take(f"{pieces[number - 1]}, {piece}", writing, kinds, done)
        if problem:
            return problem
    if not done:
        words = lowered(writing.text)
        return vague(words) or Ask(About.UNKNOWN)
    wishes = reconciled(done)
    return wishes if isinstance(wishes, Ask) else Understood(wishes, writing.files)


def _may_be_negated(before: str, piece: str, quotes: tuple[str, ...]) -> bool:
    """ "Don't cut the first 5 s but the last 5 s": which verb the second is of is anybody's guess."""
    clause = clause_of(piece, quotes)
    return clause_of(before, quotes).negated and bool(clause.spans) and not clause.acts - {Act.KEEP, Act.ADD}


def _is_whole(piece: str, quotes: tuple[str, ...]) -> bool:
    """Whether it is a wish of its own and no part of the one before it."""
    clause = clause_of(piece, quotes)
    alone = _first(clause)
    return isinstance(alone, tuple) and isinstance(alone[0], AddText | EditText)


def _leads_in(clause: Clause) -> bool:
    """Nothing is asked for in it, but it names what the next clause speaks of."""
    return bool(clause.words) and is_idle(clause) and not is_checking(clause)


def _stands_alone(problem: Ask) -> bool:
    """Whether the next clause can be of no help."""
    return problem.about in (About.UNSUPPORTED, About.GENERATE, About.JOIN, About.FORMAT, About.SPEED_OF_PART)


def _take(piece: str, writing: Writing, kinds: frozenset[str], done: list[Operation]) -> tuple[Writing, Ask | None]:
    """One clause more to what is `done`; or the question it raises."""
    writing, piece = _with_text_quoted(piece, writing)
    clause = clause_of(piece, writing.quotes)
    if done and (more := says_more_of_words(done[-1], clause)):
        return writing, _widened(done, more, clause)
    if question := not_an_order(clause):
        return writing, question
    reading = merging.merge_files(clause, kinds) or beyond(clause) or seeing.visualize(clause, kinds)
    reading = reading or _several(clause, writing.quotes)
    if done and (wider := absorbed(done[-1], clause, reading)):
        return writing, _widened(done, wider, clause)
    if isinstance(reading, Ask):
        return writing, reading
    if reading and not clause.spans and clause.says(REST) and not isinstance(reading[0], Trim | Cut | RemoveMusic):
        return writing, Ask(About.PART)
    if reading is None:
        return writing, _of_no_reading(clause)
    if reading == tuple(done[-len(reading) :]):
        return writing, None
    if left := passed_over(clause, reading) or in_place_only(done, clause, reading) or unread(clause, reading):
        return writing, left
    if any(isinstance(each, AddMusic) for each in reading) or (done and is_of_music(done[-1], clause)):
        reading = tuple(replace(each, target="bgm") if isinstance(each, Fade) else each for each in reading)
    done.extend(reading)
    _share(done, clause)
    return writing, None


def _widened(done: list[Operation], wider: Operation, clause: Clause) -> Ask | None:
    """The last wish with what the clause adds to it, if all of the clause does."""
    left = unread(clause, (wider,))
    if left is None:
        done[-1] = wider
        _share(done, clause)
    return left


def _of_no_reading(clause: Clause) -> Ask | None:
    """What is plainly no order may stand beside one; of everything else we say that we do not know it."""
    if is_idle(clause) and (is_aside(clause) or _stays_as_it_is(clause)):
        return None
    return vague(clause.words) or Ask(About.WORDS if is_idle(clause) else About.UNKNOWN, clause.said)


def _stays_as_it_is(clause: Clause) -> bool:
    """ "…, and keep the original sound": beside a wish it asks for nothing that would not be so anyway."""
    named = clause.names(Thing.ORIGINAL, Thing.SOUND, Thing.VIDEO, Thing.VOICE)
    return named and not clause.spans and clause.says(_STAYS) and unread(clause, ()) is None


def _share(done: list[Operation], clause: Clause) -> None:
    """ "…, one second each": the length that was named last is of the fade before it too."""
    match done[-2:]:
        case [Fade(seconds=None) as first, Fade() as last] if clause.says(_EACH):
            done[-2] = replace(first, seconds=last.seconds)


def _several(clause: Clause, quotes: tuple[str, ...]) -> Reading:
    """ "Square and twice as fast": two wishes of one verb, where each half is one by itself."""
    whole = _first(clause)
    if clause.does(Act.DUCK) or (isinstance(whole, tuple) and isinstance(whole[0], EditText)):
        return whole
    for match in _AND.finditer(clause.raw) if isinstance(whole, tuple) else ():
        if _PUTS_IT.match(lowered(clause.raw[match.end() :])):
            continue
        halves = [clause_of(half, quotes) for half in (clause.raw[: match.start()], clause.raw[match.end() :])]
        left, right = map(_first, halves)
        if isinstance(left, tuple) and isinstance(right, tuple) and {*map(type, left)}.isdisjoint(map(type, right)):
            return (*left, *right)
    return whole


def _first(clause: Clause) -> Reading:
    for reader in _READERS:
        reading = reader(clause)
        if reading is not None:
            return reading
    return None


def _with_text_quoted(piece: str, writing: Writing) -> tuple[Writing, str]:
    """Words that stand in the picture, marked as if they had been in quotation marks."""
    if re.search("[\ue100-\uf8ff]", piece):
        return writing, piece
    low = lowered(piece)
    named = not things_in(low).isdisjoint({Thing.TITLE, Thing.TEXT}) or re.search(
        r"\b(?:write|type|print|say(?:s|ing)?)\b|写|打上", low
    )
    adds = not acts_in(low).isdisjoint({Act.ADD, Act.MAKE})
    if not (named or adds) or Act.REMOVE in acts_in(low):
        return writing, piece
    known = simplified(piece)
    text = unquoted_text(known)
    if text is None or (not named and not re.match(r"[@#A-Z]", text)):
        return writing, piece
    begin = known.find(text)
    return writing.quoted(piece, piece[begin : begin + len(text)])
