"""One clause more to what a message asks for: the wishes in it, or the question that it raises. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from studio.operations import END, START, AddMusic, Cut, EditText, Fade, Merge, Operation, Part, RemoveMusic, Trim
from studio.understanding import loudness, merging, pacing, retitling, seeing, voices
from studio.understanding.absorbing import absorbed, is_of_music
from studio.understanding.claims import passed_over
from studio.understanding.cutting import REST, Reading, cut_or_keep
from studio.understanding.lexicon import Act, Thing, acts_in, things_in
from studio.understanding.limits import beyond, vague
from studio.understanding.model import About, Ask
from studio.understanding.moods import is_aside, not_an_order
from studio.understanding.places import in_place_only
from studio.understanding.remainder import unread
from studio.understanding.text_details import says_more_of_words
from studio.understanding.texts import unquoted_text
from studio.understanding.traditional import simplified
from studio.understanding.writing import Clause, Writing, clause_of, is_idle, lowered

_AND = re.compile(r"\s+(?:and|with|but)\s+|并|和|且", re.IGNORECASE)
_PUTS_IT = re.compile(r"\W*(?:put|use|lay|place|add|stick|drop|mix|play) (?:it|that|them)\b")
_STAYS = re.compile(
    r"^(?:and |but |please |just |also |still )*(?:keep|keeping|retain|preserve|leave)\b(?!.*\b(?:only|just|nothing)\b)"
    r"|^(?:请|并|但|同时|也|还)*(?:保留|留着)(?!.*只)"
)
_FAINT = frozenset({Act.SET, Act.EXTRACT, Act.KEEP, Act.ADD, Act.MAKE})
_EACH = re.compile(r"\b(?:each|both|apiece)\b|各|都")
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


def take(piece: str, writing: Writing, kinds: frozenset[str], done: list[Operation]) -> tuple[Writing, Ask | None]:
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
    left = unread(clause, (wider,), strictly=True) or _conjunct(clause)
    if left is None:
        done[-1] = wider
        _share(done, clause)
    return left


def _of_no_reading(clause: Clause) -> Ask | None:
    """What is plainly no order may stand beside one; of everything else we say that we do not know it."""
    if is_idle(clause) and (is_aside(clause) or _stays_as_it_is(clause)):
        return None
    return vague(clause.words) or Ask(About.WORDS if is_idle(clause) else About.UNKNOWN, clause.said)


def keeps_sound(clause: Clause) -> bool:
    """ "Keep the original audio": said beside a sound that is laid under the picture, both are to be heard."""
    return clause.says(_STAYS) and clause.names(Thing.ORIGINAL) and not clause.does(Act.REMOVE)


def _stays_as_it_is(clause: Clause) -> bool:
    """ "…, and keep the original sound": beside a wish it asks for nothing that would not be so anyway."""
    named = clause.names(Thing.ORIGINAL, Thing.SOUND, Thing.VIDEO, Thing.VOICE)
    return named and not clause.spans and clause.says(_STAYS) and unread(clause, (), strictly=True) is None


def _share(done: list[Operation], clause: Clause) -> None:
    """ "…, one second each": the length that was named last is of the fade before it too."""
    match done[-2:]:
        case [Fade(seconds=None) as first, Fade() as last] if clause.says(_EACH):
            done[-2] = replace(first, seconds=last.seconds)


def _several(clause: Clause, quotes: tuple[str, ...]) -> Reading:
    """ "Square and twice as fast": two wishes of one verb, where each half is one by itself."""
    whole = first_reading(clause)
    if clause.does(Act.DUCK) or _is_one(whole, clause):
        return whole
    for match in _AND.finditer(clause.raw) if isinstance(whole, tuple) else ():
        if _PUTS_IT.match(lowered(clause.raw[match.end() :])):
            continue
        halves = [clause_of(half, quotes) for half in (clause.raw[: match.start()], clause.raw[match.end() :])]
        left, right = map(first_reading, halves)
        for read, unread_half, half in ((left, right, halves[1]), (right, left, halves[0])):
            passed = isinstance(read, tuple) and not isinstance(unread_half, tuple)
            if passed and _asks_for_more(half):
                return _unread(half)
        if any(
            isinstance(half, tuple) and _is_bare_time(half[0], clause)
            for half, clause in zip((left, right), halves, strict=True)
        ):
            continue
        if isinstance(left, tuple) and isinstance(right, tuple) and {*map(type, left)}.isdisjoint(map(type, right)):
            return (*left, *right)
    return whole


def _is_one(whole: Reading, clause: Clause) -> bool:
    """ "Replace … with …", "… as background music with volume 20 %": what stands behind "with" is of the wish."""
    match whole:
        case (EditText() | Merge(), *_):
            return True
        case (AddMusic(), *_):
            return clause.says(r"\bwith (?:a )?volume\b")
        case _:
            return False


def _conjunct(clause: Clause) -> Ask | None:
    """ "Pad it and dub it": the order behind "and" that was not read."""
    for match in _AND.finditer(clause.raw):
        half = clause_of(clause.raw[match.end() :], clause.quotes)
        if half.acts - _FAINT and first_reading(half) is None and not is_aside(half) and not _PUTS_IT.match(half.words):
            return _unread(half)
    return None


def _unread(half: Clause) -> Ask:
    article = re.match(r"(?:the|a|an|my|his|her|their|our)\s+", half.said, re.IGNORECASE)
    return Ask(About.NOUN, half.said[article.end() :]) if article else Ask(About.WORDS, half.said)


def _asks_for_more(half: Clause) -> bool:
    """Behind "and", of what changes nothing in the reading: whether that is an order which was not read."""
    if is_aside(half) or _stays_as_it_is(half):
        return False
    return bool(half.acts - _FAINT) or unread(half, (), strictly=True) is not None


def _is_bare_time(reading: Operation, half: Clause) -> bool:
    """ "The first 3 s and the last 3 s muted": half a sentence with no verb of its own."""
    return isinstance(reading, Trim | Cut) and not half.acts


def first_reading(clause: Clause) -> Reading:
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
    if text is None or re.fullmatch(r"#[0-9a-fA-F]{3,6}", text) or (not named and not re.match(r"[@#A-Z]", text)):
        return writing, piece
    begin = known.find(text)
    return writing.quoted(piece, piece[begin : begin + len(text)])
