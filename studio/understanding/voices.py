"""Clauses about what is heard alone: the voice without music, the sound without picture. Pure."""

from __future__ import annotations

import re

from core.media.recipes import AudioKind
from studio.timeline.operations import ExtractAudio, RemoveMusic, Trim
from studio.understanding.cutting import Reading
from studio.understanding.lexicon import Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.slots import bitrate_in, format_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_ONLY_VOICE = re.compile(
    r"\b(?:voices?|vocals?|speech|talking|dialog(?:ue)?|speaker)(?: track)?[ -](?:only|alone)\b|\bnothing "
    r"but (?:the |my |his |her )?(?:voices?|vocals?|speech|talking)\b|\b(?:a ?cappella|acapella|music[ "
    r"-]free|no (?:background )?music|without (?:the |any )?(?:background )?music)\b"
    r"|\b(?:everything|all|music)\b.{0,20}\b(?:but|except)(?: for)? (?:the |my |his |her |their "
    r")?(?:voices?|vocals?|speech|talking|speaker)|\bclean (?:voice|speech|vocals?|dialog(?:ue)?)\b|(?:纯|"
    r"干净的?)人声|除了人声"
)
_WANTED_VOICE = (Act.KEEP, Act.EXTRACT)
_HEAR = re.compile(
    r"\b(?:only|just)\b.{0,25}\b(?:hear|want|need|voice)\b|\bhear (?:only|just)\b|只(?:想|要|"
    r"需要)?听(?:见|到|得到|清)?|只想要"
)
_CLEAN_TOO = re.compile(
    r"\bseparate file\b|\bclean (?:speech|voice) (?:as|file)\b|\b(?:clean |separate )?(?:audio|sound|"
    r"voice)(?: file| track)? (?:too|as well|also|separately)\b|"
    r"\balso (?:\w+ ){0,4}(?:clean |the )?(?:audio|sound)\b|\bclean audio\b|\b(?:plus|and) (?:the |a "
    r")?(?:clean )?audio(?: file)?\b|\baudio file\b|音频也|也要音频|和(?:干净的?)?音频|单独的?音频|音频文件|干净的?音频"
)
_INSTEAD = re.compile(
    r"\binstead of\b|\bin place of\b|\breplac|\bswap|\bsubstitut|\bget rid of the original|换成|替换|换掉|"
    r"代替|替代|取代|覆盖|换为|改成"
)
_ALONE = re.compile(r"\b(?:only|just|alone)\b|只|仅|单独")
_KINDS: dict[str, AudioKind] = {"mp3": "mp3", "wav": "wav", "m4a": "m4a", "aac": "m4a"}
_MP3 = "mp3 wav m4a aac"
_PLAIN_SOUND = re.compile(
    r"\b(?:to|into|as) (?:an? )?(?:audio|sound)(?: file)?\W*$|"
    r"^\W*(?:the )?(?:audio|sound)(?: track| file)?(?: please| pls| plz| only| thanks)*\W*$|^(?:音频|声音)$|"
    r"\bno (?:picture|video|image)s?(?: (?:needed|please|required))?\W*$|\b(?:just|only) (?:want |"
    r"need )?(?:to )?(?:listen|hear) "
    r"(?:to )?(?:it|this)\b|"
    r"\b(?:audio|sound)[ -]only\b|\bonly (?:the )?(?:audio|sound)\b|\bjust (?:the )?(?:audio|sound)\b|仅音频|"
    r"纯音频|只要(?:音频|声音)|只留(?:音频|声音)|[仅就]要(?:音频|声音)|仅(?:留|保留)(?:音频|声音)|只保留(?:音频|声音)"
)
_SOUND_OF = re.compile(r"\b(?:audio|sound)(?: track| file)? (?:of|from|out of|in)\b")
_STRICT = re.compile(
    r"\b(?:extract|rip|pull|isolat|separat|detach|demux|harvest|yank)\w*\b|提取|抽取|抽出|分离|剥离|扒|抠"
)
_SOUND_WORDS = re.compile(r"\b(?:audio|sound|sound ?track|voice|track|music|song)s?\b|音频|声音|音轨|原声|音乐|歌")
_INTO_SOUND = re.compile(r"\b(?:sound|audio|it|this)\b.{0,12}\b(?:to|into|as) (?:an? )?(?:mp3|wav|m4a|aac)\b")
_THE_FILE = re.compile(
    r"\b(?:as long as|length of|same (?:length|duration) as|until) (?:the|my|this) (?:mp3|wav|m4a)\b"
)
_SENT = re.compile(
    r"\b(?:mp3|wav|m4a)(?: file)? (?:that )?i\b|\b(?:my|uploaded|attached) (?:mp3|wav|m4a)(?: file)?(?! (?:to|into|as))"
)
_TAKEN = re.compile(
    r"\b(?:extract|rip|pull|grab|get|sav|isolat|separat|export|tak|need|want|giv|send|download|fetch|copy|"
    r"output|detach|obtain|have|only|just)\w*\b"
    r"|提取|抽|导出|分离|取|扒|抠|要|保存|弄|输出|拿|单独|剥离|另存|存成|给我|只|下载|转"
)
_ADDED_FILE = re.compile(
    r"\b(?:add|put|lay|overlay|insert|drop|mix|play)\b (?:in )?(?:the|my|this|that) (?:mp3|wav|"
    r"m4a)\b(?! to (?:mp3|wav))"
)
_SOUND_AWAY = re.compile(r"\b(?:take|throw|get) (?:the |its |this |all )?(?:sound|audio)(?: track)? (?:away|off)\b")
_LAID = re.compile(r"\badd\b|\bput\b|\bplay\b|加|配|叠|盖|混")
_NO_VOICE = re.compile(r"\bvoice[ -]?over\b|\bvoice (?:memo|note|message|recording)|\baudible\b|\bhearable\b")
_SOUND_ONLY = re.compile(r"\b(?:audio|sound|sound ?track)\b|音频|声音|音轨")


def voice_alone(clause: Clause) -> Reading:
    """Music away, the voice stays."""
    music = clause.names(Thing.MUSIC) and clause.does(Act.REMOVE, Act.MUTE) and not clause.does(Act.LOWER, Act.RAISE)
    placed = any(span.kind is not Kind.LENGTH for span in clause.spans)
    if _is_of_another_kind(clause, music=music, placed=placed):
        return None
    heard = clause.names(Thing.VOICE) and clause.says(_HEAR)
    if not (music or heard or clause.says(_ONLY_VOICE) or _is_voice_wanted(clause)):
        return None
    named = format_in(clause.words, only=_MP3)
    if not music and named and not clause.says(_STRICT):
        if not (clause.names(Thing.VOICE) and clause.says(_ALONE)) or placed:
            return None
        return (RemoveMusic(), ExtractAudio(_KINDS[named], bitrate_in(clause.words)))
    if placed:
        return Ask(About.UNSUPPORTED, "remove music from a part")
    return (RemoveMusic(also_audio=clause.says(_CLEAN_TOO)),)


def _is_of_another_kind(clause: Clause, *, music: bool, placed: bool) -> bool:
    """It names a voice or music, and what is done is something else: a fade, a level, a mute, another sound."""
    if clause.does(Act.FADE, Act.FASTER, Act.SLOWER) or clause.says(r"\bvolume\b|音量"):
        return True
    if music and clause.does(Act.MUTE) and not clause.does(Act.REMOVE) and placed:
        return True
    if clause.does(Act.ADD) and clause.says(_LAID) and not (music or clause.says(_HEAR)):
        return True
    return music and clause.does(Act.REPLACE) and clause.says(_INSTEAD)


def _is_voice_wanted(clause: Clause) -> bool:
    if not clause.names(Thing.VOICE):
        return False
    if clause.does(Act.REMOVE) and clause.says(r"\b(?:but )?not (?:the|his|her|my)\b"):
        return True
    return (
        clause.does(*_WANTED_VOICE)
        and not clause.says(_NO_VOICE)
        and not clause.says(_SOUND_OF)
        and (clause.does(Act.KEEP) or clause.says(_STRICT))
        and not clause.does(Act.LOWER, Act.RAISE, Act.DUCK)
    )


def extract(clause: Clause) -> Reading:
    """The sound alone as a file."""
    named = format_in(clause.words, only=_MP3)
    sound = clause.says(_SOUND_WORDS)
    strict = clause.says(_STRICT) and sound
    if clause.says(_STRICT) and clause.says(r"\bbackground (?:music|track)\b|背景音乐|伴奏|instrumental"):
        return Ask(About.UNSUPPORTED, "background music alone")
    plain = clause.says(_PLAIN_SOUND) or (clause.says(_TAKEN) and clause.says(_SOUND_ONLY))
    taken = not clause.does(Act.MERGE, Act.REPLACE, Act.REMOVE) or clause.says(_INTO_SOUND)
    wished = named is not None and taken and not clause.says(_SENT) and not clause.says(_THE_FILE)
    if clause.says(_ADDED_FILE):
        return None
    if clause.says(_SOUND_AWAY) and not clause.says(_INTO_SOUND):
        return None
    if not (strict or plain or wished) or clause.does(Act.LOWER, Act.RAISE, Act.FADE):
        return None
    if clause.does(Act.ADD) and clause.says(r"\b(?:add|put|lay|overlay|insert)\b|加|配|放") and not named:
        return None
    placed = tuple(span.part for span in clause.spans if span.kind in (Kind.RANGE, Kind.FIRST, Kind.LAST))
    if clause.spans and not placed and not named:
        return None
    if placed and not (strict or named):
        return None
    kind = {"aac": "m4a"}.get(named or "mp3", named or "mp3")
    rate = bitrate_in(clause.words)
    match kind:
        case "mp3" | "wav" | "m4a":
            return (*((Trim(placed),) if placed else ()), ExtractAudio(kind, rate))
    return None
