"""One clause more to what a message asks for: the wishes in it, or the question that it raises. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from core.language.traditional import simplified
from studio.timeline.operations import END, START, AddMusic, Cut, Fade, Operation, Part, RemoveMusic, Trim
from studio.understanding import merging, seeing
from studio.understanding.absorbing import absorbed, is_of_music
from studio.understanding.claims import passed_over
from studio.understanding.cutting import REST
from studio.understanding.halves import conjunct, several
from studio.understanding.lexicon import Act, Thing, acts_in, things_in
from studio.understanding.limits import beyond, vague
from studio.understanding.model import About, Ask
from studio.understanding.moods import is_aside, not_an_order
from studio.understanding.paring import NOT
from studio.understanding.places import in_place_only
from studio.understanding.remainder import unread
from studio.understanding.spans import Kind
from studio.understanding.staying import stays_as_it_is
from studio.understanding.text_details import says_more_of_words
from studio.understanding.texts import unquoted_text
from studio.understanding.writing import Clause, Writing, clause_of, is_idle, lowered

_EACH = re.compile(r"\b(?:each|both|apiece)\b|各|都")


def take(piece: str, writing: Writing, kinds: frozenset[str], done: list[Operation]) -> tuple[Writing, Ask | None]:
    """One clause more to what is `done`; or the question it raises."""
    writing, piece = _with_text_quoted(piece, writing)
    clause = clause_of(piece, writing.quotes)
    if done and (more := says_more_of_words(done[-1], clause)):
        return writing, _widened(done, more, clause)
    if question := not_an_order(clause):
        return writing, question
    reading = merging.merge_files(clause, kinds) or beyond(clause) or seeing.visualize(clause, kinds)
    reading = reading or several(clause, writing.quotes)
    if done and (wider := absorbed(done[-1], clause, reading)):
        return writing, _widened(done, wider, clause)
    if isinstance(reading, Ask):
        told = reading.about is About.TEXT and is_idle(clause) and is_aside(clause)
        return writing, None if told else reading
    if reading and not clause.spans and clause.says(REST) and not isinstance(reading[0], Trim | Cut | RemoveMusic):
        return writing, Ask(About.PART)
    if reading is None:
        return writing, _of_no_reading(clause)
    reading = _beside_cuts(reading, clause, done)
    if reading == tuple(done[-len(reading) :]):
        return writing, None
    if left := passed_over(clause, reading, kinds) or in_place_only(done, clause, reading) or unread(clause, reading):
        return writing, left
    if any(isinstance(each, AddMusic) for each in reading) or (done and is_of_music(done[-1], clause)):
        reading = tuple(replace(each, target="bgm") if isinstance(each, Fade) else each for each in reading)
    done.extend(reading)
    _share(done, clause)
    return writing, None


def _beside_cuts(reading: tuple[Operation, ...], clause: Clause, done: list[Operation]) -> tuple[Operation, ...]:
    """Beside a cut, "nothing after 2:00" is a cut too: its time is of what is seen now."""
    match reading:
        case (Trim((Part(start, end),)),) if clause.does(Act.REMOVE) and any(isinstance(wish, Cut) for wish in done):
            edges = (Part(START, start) if start != START else None, Part(end, END) if end != END else None)
            return (Cut(tuple(edge for edge in edges if edge)),)
        case _:
            return reading


def _widened(done: list[Operation], wider: Operation, clause: Clause) -> Ask | None:
    """The last wish with what the clause adds to it, if all of the clause does."""
    left = unread(clause, (wider,), strictly=True) or conjunct(clause)
    if left is None:
        done[-1] = wider
        _share(done, clause)
    return left


def _of_no_reading(clause: Clause) -> Ask | None:
    """What is plainly no order may stand beside one; of everything else we say that we do not know it."""
    if is_idle(clause) and (is_aside(clause) or stays_as_it_is(clause)):
        return None
    told_when = clause.spans and all(span.kind in (Kind.POINT, Kind.LENGTH) for span in clause.spans)
    if told_when and is_idle(replace(clause, spans=())) and is_aside(clause):
        return None
    return vague(clause.words) or Ask(About.WORDS if is_idle(clause) else About.UNKNOWN, clause.said)


def _share(done: list[Operation], clause: Clause) -> None:
    """ "…, one second each": the length that was named last is of the fade before it too."""
    match done[-2:]:
        case [Fade(seconds=None) as first, Fade() as last] if clause.says(_EACH):
            done[-2] = replace(first, seconds=last.seconds)


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
    if (
        text is None
        or not re.search(r"\w", text)
        or re.fullmatch(r"#[0-9a-fA-F]{3,6}", text)
        or (not named and not re.match(r"[@#A-Z]", text))
    ):
        return writing, piece
    begin = known.find(text)
    if (denied := NOT.search(low)) and denied.start() < begin:
        return writing, piece
    return writing.quoted(piece, piece[begin : begin + len(text)])
