"""A message to operations: its clauses read one after the other, and what we cannot do asked back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from studio.operations import AddMusic, Cut, Fade, Operation, RemoveMusic, StartOver, Trim
from studio.understanding import loudness, merging, seeing, voices
from studio.understanding.absorbing import absorbed, is_of_music
from studio.understanding.cutting import REST, Reading, cut_or_keep, speed
from studio.understanding.lexicon import Act, Thing, acts_in, things_in
from studio.understanding.limits import beyond, generates, vague
from studio.understanding.model import About, Ask, Request, Understood, Undo
from studio.understanding.spelling import corrected
from studio.understanding.text_details import says_more_of_words
from studio.understanding.texts import unquoted_text
from studio.understanding.writing import Clause, Writing, clause_of, clauses_of, is_idle, lowered, read

_LONGEST = 1500  # characters: an edit takes a sentence or two, and a novel is not worth the time
_POLITE = (
    r"(?:(?:please|pls|plz|oops|whoops|nah|nope|ugh|um+|uh|well|yeah|yes|omg|bro|dude|lol|hi|hello|thanks|"
    r"ok(?:ay)?|oh|no|wait|hmm|sorry|actually|hey|can you|could you|can u|i want to|let'?s|just|now|and|go|请|"
    r"麻烦|帮我|那|先|还是|把|不对|等等|等一下)[, ]*)*"
)
_WHAT = (
    r"(?: ?(?:that|it|this|the|my|last|previous|one|edit|change|step|thing|action|move|operation|cut|trim|"
    r"title|text|what you (?:just )?did|you just did|please|pls|thanks|thank you|now|again|back|一下|刚才的?|刚刚的?|"
    r"上一?(?:步|次|个)|上次|最后|的|操作|编辑|修改|步骤|改动|那步|一步|了|吧|谢谢))*"
)
_UNDO = re.compile(
    rf"{_POLITE}(?:undo|un-do|revert|take (?:that|it|this) back|take back|roll ?back|go back(?: (?:a|one) "
    rf"step)?|step back|ctrl ?\+? ?z|撤销|撤回|撤消|回退|退回|还原上一步|返回上一步|上一步(?:不要|取消|"
    rf"撤销)|不要(?:上一步|刚才)|取消(?:上一步|"
    rf"刚才的?(?:操作|修改|编辑)|上次的?(?:操作|修改|编辑))|"
    rf"恢复上一步){_WHAT}"
    rf"|{_POLITE}(?:i (?:don'?t|didn'?t) (?:like|want|mean) (?:that|it|this)(?: (?:one|edit|change))?)[, "
    rf"]*(?:go back|undo(?: it)?|revert)?"
)
_ALL_BACK = re.compile(
    rf"{_POLITE}(?:(?:remove|discard|clear|delete|清除) (?=(?:all |my |the |of )*(?:edits|changes))|undo|"
    rf"revert|reset|撤销|取消|撤回)(?: ?(?:all|everything|every|of|the|my|edits?|changes|所有|全部|一切|的|"
    rf"编辑|修改|操作|改动|"
    rf"了)){{1,6}}"
    rf"|{_POLITE}(?:start (?:all )?over(?: again)?|start (?:again )?from scratch|start (?:a)?fresh|reset(?: "
    rf"(?:it|everything|the video|all))?|(?:go |revert |get |restore |back |bring it |return |reset "
    rf")*(?:back )?(?:it )?to the (?:original|untouched|unedited|raw)(?: (?:video|file|clip|version|one))?|"
    rf"restore (?:the )?original(?: video| file)?|重新开始|从头(?:再)?来|重来|从头开始|恢复原(?:状|样|片|"
    rf"视频|来的样子)|"
    rf"还原(?:成)?(?:原(?:片|视频|样|始)?|视频)?|回到(?:原始|最初|原来)的?(?:版本|状态|视频|样子)?){_WHAT}"
)
_REDO = re.compile(rf"{_POLITE}(?:redo|re-do|重做|恢复撤销){_WHAT}")
_SEVERAL = re.compile(
    rf"{_POLITE}(?:undo|revert|撤销|撤回)(?: the)?(?: last)? ?(?:two|three|four|\d+|both|最后|前)*(?:两|三|四|2|3)? "
    rf"?(?:edits|steps|changes|times|步|次|个修改){_WHAT}"
)

_LEANS = re.compile(r"\b(?:it|them|that|those|this|wave ?form|audiogram|visuali[sz]er?)\b|它|波形|可视化")
_AND = re.compile(r"\s+(?:and|with|but)\s+|并|和|且", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|both|apiece)\b|各|都")
_READERS: tuple[Callable[[Clause], Reading], ...] = (
    loudness.duck,
    voices.voice_alone,
    seeing.text,
    loudness.fade,
    speed,
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
    plain = lowered(writing.text).strip(" .!?。！？~,，\n")
    if request := _of_whole(" ".join(plain.split())):
        return request
    if len(message) > _LONGEST:
        return Ask(About.UNKNOWN)
    request = _of_clauses(writing, kinds)
    if isinstance(request, Ask) and request.about in (About.UNKNOWN, About.TARGET_FORMAT, About.VAGUE, About.PART):
        second = corrected(writing.text)
        again = _of_clauses(replace(writing, text=second), kinds) if second != writing.text else request
        return again if isinstance(again, Understood) else request
    return request


def _of_whole(words: str) -> Request | None:
    """Taking back is understood only where it is all that is asked for."""
    if _SEVERAL.fullmatch(words):
        return Ask(About.SEVERAL_UNDO)
    if _ALL_BACK.fullmatch(words):
        return Understood((StartOver(),))
    if _UNDO.fullmatch(words):
        return Undo()
    return Ask(About.REDO) if _REDO.fullmatch(words) else generates(words)


def _of_clauses(writing: Writing, kinds: frozenset[str]) -> Request:
    pieces = [piece for piece in clauses_of(writing.text) if piece]
    done: list[Operation] = []
    skip = 0
    for number, each in enumerate(pieces):
        piece = each
        if skip:
            skip -= 1
            continue
        if number and _LEANS.search(lowered(piece)) and is_idle(clause_of(pieces[number - 1], writing.quotes)):
            piece = f"{pieces[number - 1]}, {piece}"
        writing, problem = _take(piece, writing, kinds, done)
        if problem and number + 1 < len(pieces):
            both = f"{piece}, {pieces[number + 1]}"
            writing, problem = _take(both, writing, kinds, done) if not _stands_alone(problem) else (writing, problem)
            skip = 0 if problem else 1
        elif problem and number and not _stands_alone(problem) and not done:
            writing, problem = _take(f"{pieces[number - 1]}, {piece}", writing, kinds, done)
        if problem:
            return problem
    if not done:
        words = lowered(writing.text)
        return vague(words) or Ask(About.UNKNOWN)
    return Understood(tuple(done), writing.files)


def _stands_alone(problem: Ask) -> bool:
    """Whether the next clause can be of no help."""
    return problem.about in (About.UNSUPPORTED, About.GENERATE, About.JOIN, About.FORMAT, About.SPEED_OF_PART)


def _take(piece: str, writing: Writing, kinds: frozenset[str], done: list[Operation]) -> tuple[Writing, Ask | None]:
    """One clause more to what is `done`; or the question it raises."""
    writing, piece = _with_text_quoted(piece, writing)
    clause = clause_of(piece, writing.quotes)
    if done and (more := says_more_of_words(done[-1], clause)):
        done[-1] = more
        return writing, None
    reading = merging.merge_files(clause, kinds) or beyond(clause) or seeing.visualize(clause, kinds)
    reading = reading or _several(clause, writing.quotes)
    if done and (wider := absorbed(done[-1], clause, reading)):
        done[-1] = wider
        _share(done, clause)
        return writing, None
    if isinstance(reading, Ask):
        return writing, reading
    if reading and not clause.spans and clause.says(REST) and not isinstance(reading[0], Trim | Cut | RemoveMusic):
        return writing, Ask(About.PART)
    if reading is None:
        return writing, None if is_idle(clause) else Ask(About.UNKNOWN)
    if any(isinstance(each, AddMusic) for each in reading) or (done and is_of_music(done[-1], clause)):
        reading = tuple(replace(each, target="bgm") if isinstance(each, Fade) else each for each in reading)
    done.extend(reading)
    _share(done, clause)
    return writing, None


def _share(done: list[Operation], clause: Clause) -> None:
    """ "…, one second each": the length that was named last is of the fade before it too."""
    match done[-2:]:
        case [Fade(seconds=None) as first, Fade() as last] if clause.says(_EACH):
            done[-2] = replace(first, seconds=last.seconds)


def _several(clause: Clause, quotes: tuple[str, ...]) -> Reading:
    """ "Square and twice as fast": two wishes of one verb, where each half is one by itself."""
    whole = _first(clause)
    if clause.does(Act.DUCK):
        return whole
    for match in _AND.finditer(clause.raw) if isinstance(whole, tuple) else ():
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
    text = unquoted_text(piece)
    if text is None or (not named and not re.match(r"[@#A-Z]", text)):
        return writing, piece
    return writing.quoted(piece, text)
