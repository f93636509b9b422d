"""Wishes for one place only, of what we do to the whole: asked back, since the whole is not what was meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.timeline.operations import (
    AddMusic,
    Cut,
    Fade,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    SetAspect,
    SetVolume,
    Speed,
    Trim,
)
from studio.understanding.lexicon import Act
from studio.understanding.model import About, Ask
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_PLACE = re.compile(
    r"\b(?:the|its|at|in|during|my|this|that|for|every|each|from)\b[^,]{0,12}\b(?:intro|outro|beginning|start|"
    r"ending|end|middle|part|"
    r"parts|section|segment|(?<!\ba )bit|chorus|verse|drop|scene|moment|bits|pieces)\b"
    r"|(?:开头|结尾|片头|片尾|中间|副歌|前奏|尾奏|那几秒|那段|这段|那部分|部分|片段|时候|地方|前面|后面)"
    r"(?! ?(?:视频|音频|放|发|做|改|转|弄|变|录|想|"
    r"音乐|歌|录音|素材|声音|mp3|wav|m4a|aac|旁白|配音|解说|语音|bgm|配乐|铃声|曲))"
)
_CASE = re.compile(
    r"\b(?:when|whenever|where|wherever|while(?! (?:also )?(?:keep|leav|retain|preserv|mak|mut|still|you)\w*)|"
    r"every time|each time|until|till|only if|"
    r"as soon as)\b(?! (?:possible|you can|you have|ready))"
    r"|的时候|之后再|一旦|每当|每次|每到|直到"
)
_ONLY = re.compile(r"^\W*(?:but |and )?(?:only|just)\b|^\W*(?:但|但是)?(?:只在|只从|仅在|仅限)")
_KEEPS = re.compile(r"\b(?:keep|trim|cut|retain|save|leave|use|want|need|preserve|clip)\b|保留|留|剪|截|要|取")
_IT_ENDS = re.compile(r"\b(?:start|stop|begin|end|finish|cut|trim)\w* (?:it|that|the (?:music|song|track))\b")
_WHOLE = (Mute, RemoveMusic, SetVolume, Speed, Merge, AddMusic, SetAspect)
_SOUNDS = (Merge, SetVolume, Speed, RemoveMusic, Mute, Fade, AddMusic)


def in_place_only(done: Sequence[Operation], clause: Clause, reading: tuple[Operation, ...]) -> Ask | None:
    """ "Mute it when he swears", "make the intro louder", "…, but only from 1:00 to 1:30"."""
    if done and isinstance(done[-1], _SOUNDS) and clause.says(_ONLY) and isinstance(reading[0], Trim | Cut):
        return None if clause.says(_KEEPS) else Ask(About.PART)
    if done and isinstance(done[-1], AddMusic) and isinstance(reading[0], Trim | Cut) and clause.says(_IT_ENDS):
        return Ask(About.PART)
    placed = any(span.kind is not Kind.LENGTH for span in clause.spans)
    whole = [each for each in reading if isinstance(each, _WHOLE) and not (isinstance(each, Mute) and each.parts)]
    if not whole or placed or clause.does(Act.DUCK, Act.FADE):
        return None
    case = clause.says(_CASE) and not isinstance(whole[0], SetAspect)
    return Ask(About.PART) if case or clause.says(_PLACE) else None
