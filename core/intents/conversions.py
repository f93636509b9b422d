"""A wish to convert that names no type: "convert my audio files". What becomes of them is what the skill makes."""

from __future__ import annotations

import re

from core.files import Kind
from core.intents.outputs import output_of
from core.intents.plain import instruction

_OF_SOUND = r"audios?|sounds?|songs?|music|tracks?|recordings?|podcasts?|voice|mp3s?|wavs?|m4as?|aacs?|flacs?"
_OF_FILM = r"videos?|clips?|films?|movies?|footage|mp4s?|movs?|avis?|webms?|mkvs?"
_POLITE = r"(?:please|pls|plz|can|could|would|you|i|want|need|like|'d|to|help|me|just|now)"
_WHAT = rf"(?:it|this|that|these|those|them|my|our|the|an?|all|some|of|and|&|files?|{_OF_SOUND}|{_OF_FILM})"
_ENGLISH = re.compile(
    rf"(?:{_POLITE}[ ,]+)*(?:convert|transcode|transform)(?: {_WHAT})+(?: (?:in)?to(?: an?| the)?)?"
    r"(?: (?:please|pls|plz|now|for me|thanks))*[ .!…]*"
)
_WHAT_ZH = (
    r"(?:这个|这些|这段|这首|那个|我的|所有的?|全部|一下|文件|和|与"
    r"|音频|声音|音乐|歌曲?|录音|音轨|视频|影片|短片|mp[34])"
)
_CHINESE = re.compile(
    rf"(?:请|帮我|麻烦|我想|我要|把|将|给我)*(?:(?:转换|转码|转格式){_WHAT_ZH}+|{_WHAT_ZH}+(?:转换|转码|转格式))"
    r"(?:一下|成|为|吧|谢谢)*[。!,.…]*"
)
_SOUND_SAID = re.compile(rf"\b(?:{_OF_SOUND})\b|音频|声音|音乐|歌|录音|音轨|mp3")
_FILM_SAID = re.compile(rf"\b(?:{_OF_FILM})\b|视频|影片|短片|mp4")


def converts_openly(text: str) -> bool:
    """Whether the words ask for a conversion and leave open what into."""
    said = instruction(text).strip()
    return bool(_ENGLISH.fullmatch(said) or _CHINESE.fullmatch(said)) and not output_of(text)


def kinds_said(text: str) -> frozenset[Kind]:
    """What kinds of files the words speak of."""
    said = instruction(text)
    found: list[Kind] = []
    if _SOUND_SAID.search(said):
        found.append("audio")
    if _FILM_SAID.search(said):
        found.append("video")
    return frozenset(found)
