"""Clauses that only say more of the wish before them: "…, blur the sides", "，显示3秒", "…, quiet". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from studio.timeline.operations import (
    END,
    START,
    AddMusic,
    AddText,
    Cut,
    ExtractAudio,
    Fade,
    Merge,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
    Visualize,
)
from studio.understanding.amounts import in_its_place, of_amount
from studio.understanding.cutting import KEPT_REST, Reading
from studio.understanding.leaning import is_bare_verb
from studio.understanding.lexicon import MILD, Act, Thing
from studio.understanding.merging import says_mix, says_pad
from studio.understanding.model import Ask
from studio.understanding.music_details import of_music
from studio.understanding.seeing import fit_alone, looks
from studio.understanding.slots import bitrate_in
from studio.understanding.spans import Kind
from studio.understanding.staying import keeps_sound
from studio.understanding.writing import Clause

_REST = re.compile(
    r"\b(?:rest|everything else|all else|the other)\b|before (?:that|it)\b|after (?:that|it)\b|what comes|"
    r"in between|\bmiddle\b|中间|其他|其余|剩下的?|剩余|别的|前面的|后面的|之前的|之后的"
)
_PICTURE = re.compile(r"\b(?:video|picture|image|visuals?|footage|screen)\b|画面|视频|图像|影像")
_SHAPE = re.compile(r"\b(?:size|aspect|ratio|format|dimensions?|orientation|shape)\b|尺寸|比例|画幅|格式")
_BEFORE_IT = re.compile(
    r"^\W*(?:前面|之前|前边)|\b(?:what'?s|everything|anything|all|whatever) (?:comes |is |"
    r"was )?before\b"
)
_LEFT = re.compile(r"只(?:要|留|保留|听)[^,]*(?:声音|人声|的话)|\b(?:leave|keep) only\b")
_THERE = re.compile(r"\b(?:start|begin)s?(?: from)? there\b|从?(?:那|这)(?:里|儿|时|个?地方)?(?:开始|起)")
_THAT = re.compile(r"\b(?:it|that|this|the (?:music|song|track|bgm))\b|音乐|它|渐弱|渐强|淡出|淡入")


def absorbed(last: Operation, clause: Clause, reading: Reading) -> Operation | None:
    """The wish before with what this clause adds to it; None where the clause is a wish of its own."""
    own = reading[0] if isinstance(reading, tuple) and len(reading) == 1 else None
    match last:
        case Visualize():
            return _of_visual(last, clause, own)
        case SetAspect():
            return _of_shape(last, clause, own)
        case AddMusic():
            return of_music(last, clause, own)
        case Merge():
            return _of_merge(last, clause, own)
        case RemoveMusic() | ExtractAudio():
            return _of_sound_file(last, clause, own)
        case Trim() | Cut() | Mute():
            return _of_parts(last, clause, reading)
        case SetVolume() | Speed() if instead := in_its_place(last, clause, own):
            return instead
        case Fade() | SetVolume() | Speed() if own is None:
            return of_amount(last, clause)
        case _:
            return None


def _of_visual(last: Visualize, clause: Clause, own: Operation | None) -> Visualize | None:
    match own:
        case None | SetAspect() | AddText() | Visualize() | AddMusic():
            pass
        case _:
            return None
    if isinstance(own, AddText) and own.part:
        return None
    more = looks(clause)
    if more == Visualize() or (own is None and clause.acts - MILD - {Act.KEEP, Act.REPLACE}):
        return None
    return Visualize(
        more.style or last.style,
        more.look or last.look,
        more.background or last.background,
        more.aspect or last.aspect,
        more.title or last.title,
        more.artist or last.artist,
    )


def _of_shape(last: SetAspect, clause: Clause, own: Operation | None) -> SetAspect | None:
    if isinstance(own, SetAspect) and own.across / own.down == last.across / last.down:
        return replace(last, width=own.width or last.width, height=own.height or last.height, fit=own.fit or last.fit)
    if isinstance(own, SetAspect):
        return None
    more = fit_alone(clause)
    if own is None and not more and clause.says(_SHAPE) and not clause.spans and not clause.acts - MILD:
        return last
    return replace(last, fit=more.fit) if own is None and more else None


def _of_merge(last: Merge, clause: Clause, own: Operation | None) -> Merge | None:
    if isinstance(own, Trim | Cut | AddText | SetAspect | Fade | Speed | SetVolume):
        return None
    if isinstance(own, AddMusic) and not (clause.names(Thing.ORIGINAL) and clause.does(Act.KEEP)):
        return None
    mix, pad = says_mix(clause), says_pad(clause)
    if mix is None and isinstance(own, Mute | Merge) and not clause.spans:
        mix = False if isinstance(own, Mute) else own.mix
    if mix is None and pad is None and not isinstance(own, Merge):
        return None
    return replace(last, mix=last.mix if mix is None else mix, pad=last.pad if pad is None else pad)


def _of_sound_file(last: RemoveMusic | ExtractAudio, clause: Clause, own: Operation | None) -> Operation | None:
    match last, own:
        case RemoveMusic(), RemoveMusic():
            return RemoveMusic(last.also_audio or own.also_audio)
        case RemoveMusic(), ExtractAudio() if clause.does(Act.KEEP) and (keeps_sound(clause) or clause.says(_LEFT)):
            return last
        case RemoveMusic(), ExtractAudio():
            return RemoveMusic(also_audio=True)
        case ExtractAudio(), ExtractAudio():
            named = own if own.kind != "mp3" or clause.says(r"mp3") else last
            return ExtractAudio(named.kind, own.bitrate_k or last.bitrate_k)
        case ExtractAudio(), None if rate := bitrate_in(clause.words):
            return replace(last, bitrate_k=rate)
        case _, None if clause.says(_PICTURE) and not clause.spans and not clause.quotes:
            return last
        case RemoveMusic(), None if clause.says(r"\b(?:rest|else|other)\b|其他|其余") and not clause.spans:
            return last
        case RemoveMusic(), None if clause.names(Thing.VOICE) and not clause.acts - MILD - {Act.KEEP}:
            return last
    return None


def _of_parts(last: Trim | Cut | Mute, clause: Clause, reading: Reading) -> Operation | None:
    if not clause.spans and clause.says(_REST) and clause.does(Act.REMOVE):
        return last
    if isinstance(last, Cut | Mute) and not clause.spans and clause.says(KEPT_REST):
        return last
    if isinstance(last, Cut) and is_bare_verb(clause, Act.REMOVE, Act.TRIM):
        return last
    before = isinstance(last, Trim) and last.parts[0].start != START and clause.says(_BEFORE_IT)
    if before and not clause.spans and clause.does(Act.REMOVE):
        return last
    if isinstance(last, Trim) and not clause.spans and clause.says(_THERE):
        return last
    if isinstance(last, Trim) and isinstance(reading, tuple) and _is_the_rest_of(last, reading[0]):
        return last
    if isinstance(last, Mute) and not last.parts and isinstance(reading, tuple):
        return _instead(reading[0], clause)
    if isinstance(last, Trim) and isinstance(reading, tuple) and (both := _ends_joined(last, reading[0])):
        return both
    placed = tuple(span.part for span in clause.spans if span.kind not in (Kind.LENGTH, Kind.POINT))
    asks = reading is None or isinstance(reading, Ask) or not clause.acts - MILD
    if placed and asks and not clause.acts - MILD and not clause.quotes:
        return replace(last, parts=(*last.parts, *placed))
    return None


def _is_the_rest_of(last: Trim, own: Operation) -> bool:
    """ "Keep the first half, drop the second"."""
    match last.parts, own:
        case (Part(start, end),), Cut((Part(begin, stop),)):
            return (end == begin and stop == END) or (start == stop and begin == START)
        case _:
            return False


def _ends_joined(last: Trim, own: Operation) -> Trim | None:
    """ "Start at 0:12" and "end at 0:58" are one part."""
    match last, own:
        case Trim(parts=(Part(start, end),)), Trim(parts=(Part(begin, stop),)) if end == END and begin == START:
            return Trim((Part(start, stop),)) if start.share == 0 else None
        case _:
            return None


def _instead(own: Operation, clause: Clause) -> Operation | None:
    """What a sound that was taken away makes room for: "drop the audio, use my recording"."""
    match own:
        case ExtractAudio() if clause.says(r"\b(?:it|that|them)\b|它"):
            return own
        case Merge():
            return replace(own, mix=False)
        case _:
            return None


def is_of_music(last: Operation | None, clause: Clause) -> bool:
    """Whether "fade it out" speaks of the music before it."""
    if isinstance(last, Fade) and last.target == "bgm":
        return not clause.says(_PICTURE)
    return isinstance(last, AddMusic) and clause.says(_THAT) and not clause.says(_PICTURE)
