"""A message that was not understood, with what it calls the film said plainly: "our school play" is the video. Pure.

What is edited is filmed at weddings and in classrooms, and people name it so. Only names that stand for a whole film
are taken for it, and none that is taken away: "remove the dog", "cut the interview" may mean a part.
"""

from __future__ import annotations

import re
from functools import cache

from studio.understanding.lexicon import ACTS, THINGS, Act, Thing

_NAMES = (
    r"videos?|clips?|footage|film|movie|vids?|reels?|shorts?|story|vlogs?|recordings?|recs?|files?|takes?|streams?|"
    r"episodes?|podcasts?|lectures?|class|lessons?|course|talks?|sermons?|service|mass|homily|keynote|presentation|"
    r"webinar|tutorial|demo|review|unboxing|interviews?|meeting|all-hands|town hall|hearing|session|workshop|seminar|"
    r"commute|drive|ride|walk|hike|trip|tour|journey|flight|run|climb|swim|match|game|race|bout|tournament|training|"
    r"practice|rehearsal|concert|gig|recital|performance|show|play|musical|dance|routine|choreography|choir|karaoke|"
    r"wedding|party|ceremony|reception|graduation|baptism|birthday|parade|festival|recipe|cooking|workout|exercise|"
    r"ad|promo|trailer|teaser|advert|commercial|intro video|timelapse|dash ?cam|drone|gopro|camera|cam|screencast|"
    r"screen ?share|walkthrough|greeting|commentary video|documentary|experiment|reading|poem|audiobook|"
    r"commute|sequence|montage|compilation|highlights?|playthrough|let's play|dive|flip|jump|landing|finale|goal"
)
_NAMED = re.compile(
    r"\b(?:the|this|that|these|those|my|our|his|her|their|your|a)(?P<before>(?: [a-z0-9'&-]+){0,4}?) "
    rf"(?:{_NAMES})(?P<film> (?:{_NAMES}))*\b(?!['-]| (?:is|was|has|sound|audio|music|title|noise|voice|chat)\b)",
    re.IGNORECASE,
)
_PART = (
    r"(?:first|last|final|opening|initial|second|half|part|bit|rest|end|start|beginning|seconds?|minutes?|secs?|mins?)"
)
_BINDING = re.compile(
    rf"(?:{_PART}|from|of|in|on|at|to|with|and|or|for|by|than|but|so|is|are|as|into|over|under|behind|between|until|"
    r"till|after|before|through|not|no|the|this|that|my|our|your|a|an|which|who|where|when|want|need)"
)
_TAKEN = re.compile(
    r"\b(?:remove|delete|cut|drop|lose|bin|erase|rid of|take out|without|no|mute|kill|add|put|make)\W*$", re.I
)
_Z_NAMES = (
    "视频|片子|影片|素材|录像|录屏|短片|片段|课|讲座|网课|听力|会议|大会|例会|演讲|讲道|布道|直播|采访|访谈|播客|节目|比赛|"
    "球赛|表演|演出|话剧|小品|舞蹈|排练|彩排|音乐会|婚礼|派对|生日会|旅行|航拍|开箱|测评|行车记录仪|教程|朗诵|朗读|诵读|"
    "故事|残局|对局|谢幕|告白|誓词|致辞|实验|游记|vlog|footage|video|clip|reel"
)
_Z_NAMED = re.compile(
    rf"(?:(?:这|那|我们?|咱们?|他们?|她们?)(?:一?[段个条部节场份]|的)*|(?<=把)|(?<=将)|^|(?<=[，,。]))"
    rf"[\u4e00-\u9fff]{{0,4}}?(?:{_Z_NAMES})(?:的?(?:{_Z_NAMES}))*(?!的?(?:音乐|声|标题|字|配乐|歌|背景))",
    re.IGNORECASE,
)
_Z_AFTER_TIME = re.compile(r"(?<=[秒分钟\d])(?:的)?(?:这|那)?一?[段截](?P<name>[\u4e00-\u9fff]{1,5}?)(?=$|[，,。！!])")
_Z_TAKEN = re.compile(r"(?:去掉|删掉|剪掉|删除|不要|去除|加|配|放|用)(?:一?[段个])?$")
_SPEECH = re.compile(r"[说讲唱要留剪删去保静加就给]")


def as_footage(text: str) -> str:
    """The text with "the video" or 视频 for each name of the film in it."""
    return _Z_NAMED.sub(_in_chinese, _Z_AFTER_TIME.sub(_after_time, _NAMED.sub(_in_english, text)))


def _in_english(match: re.Match[str]) -> str:
    if _TAKEN.search(match.string[: match.start()]) and not match["film"]:
        return match[0]
    return match[0] if any(_means(word) for word in match["before"].lower().split()) else "the video"


def _in_chinese(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    return match[0] if not match[0] or _Z_TAKEN.search(before) or _holds_a_thing(match[0]) else "视频"


def _after_time(match: re.Match[str]) -> str:
    return match[0] if _SPEECH.search(match["name"]) or _holds_a_thing(match["name"]) else "这段"


@cache
def _means(word: str) -> bool:
    """Whether it is a word of ours, that no film is described by."""
    kinds = (*(THINGS[thing] for thing in THINGS if thing is not Thing.VIDEO), *ACTS.values())
    return _BINDING.fullmatch(word) is not None or any(kind.fullmatch(word) for kind in kinds)


def _holds_a_thing(name: str) -> bool:
    things = (Thing.MUSIC, Thing.SOUND, Thing.TITLE, Thing.TEXT, Thing.IMAGE, Thing.COVER, Thing.VOLUME, Thing.WAVEFORM)
    acts = (Act.REMOVE, Act.KEEP, Act.MUTE, Act.EXTRACT, Act.TRIM)
    return any(THINGS[thing].search(name) for thing in things) or any(ACTS[act].search(name) for act in acts)
