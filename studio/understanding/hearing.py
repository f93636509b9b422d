"""Clauses about what is heard: extract, merge, music, volume, mute, fades, the voice alone. Pure."""

from __future__ import annotations

import re

from studio.operations import (
    AddMusic,
    Duck,
    ExtractAudio,
    Fade,
    Merge,
    Mute,
    RemoveMusic,
    SetVolume,
    Target,
)
from studio.understanding.cutting import Reading
from studio.understanding.lexicon import Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.slots import bitrate_in, decibels_in, factor_in, file_in, format_in, level_in, volume_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_ONLY_VOICE = re.compile(
    r"\b(?:voices?|vocals?|speech|talking|dialog(?:ue)?|speaker)(?: track)?[ -](?:only|alone)\b|\bnothing but (?:the |my |his |her )?(?:voices?|vocals?|speech|talking)\b|\b(?:a ?cappella|acapella|music[ -]free|no (?:background )?music|without (?:the |any )?(?:background )?music)\b"
    r"|\b(?:everything|all|music)\b.{0,20}\b(?:but|except)(?: for)? (?:the |my |his |her |their )?(?:voices?|vocals?|speech|talking|speaker)|\bclean (?:voice|speech|vocals?|dialog(?:ue)?)\b|(?:纯|干净的?)人声|除了人声"
)
_WANTED_VOICE = (Act.KEEP, Act.EXTRACT)
_HEAR = re.compile(r"\b(?:only|just)\b.{0,25}\b(?:hear|want|need|voice)\b|\bhear (?:only|just)\b|只(?:想)?听|只想要")
_CLEAN_TOO = re.compile(
    r"\b(?:clean |separate )?(?:audio|sound|voice)(?: file| track)? (?:too|as well|also|separately)\b|\balso (?:\w+ ){0,4}(?:clean |the )?(?:audio|sound)\b|\bclean audio\b|\b(?:plus|and) (?:the |a )?(?:clean )?audio(?: file)?\b|\baudio file\b|音频也|也要音频|和(?:干净的?)?音频|单独的?音频|音频文件|干净的?音频"
)
_WHOLE_TO_VOICE = re.compile(r"\b(?:music|bgm|song|音乐)\b.{0,20}\b(?:distract|annoying|drown|too loud to hear)")
_ON = re.compile(
    r"\b(?:on top of|over|onto|under|underneath|beneath|behind|to|on|with|in|into|for) (?:the |my |this |that )?(?:\w+ )?(?:video|clip|footage|film|picture|movie|visuals?|original|it|mp4)\b|视频|画面|片子"
)
_MIX = re.compile(
    r"\bmix\w*\b|\bblend\b|\b(?:keep|leave|leaving|keeping|along with|alongside|together with|preserve|retain|without (?:losing|removing))\b.{0,30}\b(?:original|own|existing|camera|old|current|video'?s?|both|ambient|sound|audio|in)\b|\bon top of\b|\boriginal (?:audio|sound)? ?(?:too|as well|stays|underneath|in the background|quiet)|\bboth (?:sounds|audios|tracks)|\bover the (?:original|existing)"
    r"|保留原|原声(?:也|保留|留着|不变|不动)|原来的?声音(?:也|保留|留)|混合|混音|混在|叠加|混"
)
_INSTEAD = re.compile(
    r"\binstead of\b|\bin place of\b|\breplac|\bswap|\bsubstitut|\bget rid of the original|换成|替换|换掉|代替|替代|取代|覆盖|换为|改成"
)
_PADDED = re.compile(
    r"\b(?:pad\w*|full(?: length)?(?: of)?(?: the)? (?:audio|song|sound)|whole (?:song|audio)|longest|until the (?:audio|song|sound|music) (?:ends|is over)|as long as the (?:audio|song|music|sound)|extend|freeze)\b|补齐|以音频为准|音频(?:的)?长度|延长|最长"
)
_SHORTEST = re.compile(
    r"\b(?:shortest|shorter(?: one)?|end(?:s)? with the (?:video|shorter|audio)|cut (?:it )?(?:off )?(?:at|to) the (?:shorter|video)|as long as the video)\b|最短|以视频为准|短的为准"
)
_STYLE = re.compile(
    r"\b(lo-?fi(?: hip ?hop)?|jazz(?:y)?|chill(?:ed|ing)?|piano|epic|upbeat|ambient|rock|hip[ -]?hop|calm(?:ing)?|relax(?:ing|ed)?|happy|sad|energetic|acoustic|guitar|cinematic|electronic|edm|classical|dramatic|romantic|funky|soft|dreamy|peaceful|inspiring|motivational|corporate|techno|house|pop|country|orchestral|retro|synthwave|cheerful|suspense\w*|spooky|christmas|meditation|trap|reggae|folk)\b"
)
_UNDER = re.compile(
    r"\bunder(?:neath|lay)?\b|\bbeneath\b|\bas (?:the |a )?(?:bgm|background|backing|soundtrack)\b|\bin the background\b|\bbackground\b|\bbehind\b|作为?背景|当背景|做背景|当配乐|做配乐|垫在|铺"
)
_MP3 = "mp3 wav m4a aac"
_PLAIN_SOUND = re.compile(
    r"\b(?:audio|sound)[ -]only\b|\bonly (?:the )?(?:audio|sound)\b|\bjust (?:the )?(?:audio|sound)\b|仅音频|纯音频|只要(?:音频|声音)|只留(?:音频|声音)|只保留(?:音频|声音)"
)
_STRICT = re.compile(
    r"\b(?:extract|rip|pull|isolat|separat|detach|demux|harvest|yank)\w*\b|提取|抽取|抽出|分离|剥离|扒|抠"
)
_SOUND_WORDS = re.compile(r"\b(?:audio|sound|sound ?track|voice|track|music|song)s?\b|音频|声音|音轨|原声|音乐|歌")


def voice_alone(clause: Clause) -> Reading:
    """Music away, the voice stays."""
    if clause.does(Act.FADE, Act.FASTER, Act.SLOWER) or clause.says(r"\bvolume\b|音量"):
        return None
    music = clause.names(Thing.MUSIC) and clause.does(Act.REMOVE, Act.MUTE) and not clause.does(Act.LOWER, Act.RAISE)
    placed = any(span.kind is not Kind.LENGTH for span in clause.spans)
    if music and clause.does(Act.MUTE) and not clause.does(Act.REMOVE) and placed:
        return None
    voice = (
        clause.names(Thing.VOICE)
        and clause.does(*_WANTED_VOICE)
        and not clause.says(r"\bvoice[ -]?over\b|\bvoice (?:memo|note|message|recording)")
    )
    wanted = (
        voice and (clause.does(Act.KEEP) or clause.says(_STRICT)) and not clause.does(Act.LOWER, Act.RAISE, Act.DUCK)
    )
    if clause.does(Act.ADD) and clause.says(r"\badd\b|\bput\b|\bplay\b|加|配") and not (music or clause.says(_HEAR)):
        return None
    if music and clause.does(Act.REPLACE) and clause.says(_INSTEAD):
        return None
    if not (music or wanted or clause.says(_ONLY_VOICE) or (clause.names(Thing.VOICE) and clause.says(_HEAR))):
        return None
    if placed:
        return Ask(About.UNSUPPORTED, "remove music from a part")
    return (RemoveMusic(also_audio=clause.says(_CLEAN_TOO)),)


def duck(clause: Clause) -> Reading:
    if not clause.does(Act.DUCK):
        return None
    adds = (
        clause.does(Act.ADD)
        and clause.names(Thing.MUSIC, Thing.RECORDING)
        and clause.says(r"\b(?:add|put|use|lay|play|insert|with)\b|加|配|放|用")
    )
    if adds:
        return (
            AddMusic(volume=volume_in(clause.words), query=_style(clause), source=file_in(clause.words), duck=True),
        )
    return (Duck(),)


def merge(clause: Clause) -> Reading:
    """Sent sound and picture put together, beside or in place of the picture's own sound."""
    sound = clause.names(Thing.SOUND, Thing.RECORDING, Thing.MUSIC, Thing.VOICE)
    if not sound or (clause.spans and any(span.kind is not Kind.LENGTH for span in clause.spans)):
        return None
    narration = clause.names(Thing.RECORDING)
    merges = clause.does(Act.MERGE) and not clause.does(Act.FADE)
    replaces = (
        clause.does(Act.REPLACE)
        and clause.says(_INSTEAD)
        and (clause.names(Thing.ORIGINAL, Thing.SENT, Thing.RECORDING) or clause.says(r"\bwith\b|成|用"))
    )
    lays = (
        clause.does(Act.ADD)
        and clause.says(_ON)
        and (
            narration
            or (clause.says(r"\b(?:audio|sound|voice|mp3|wav|m4a)\b|音频|声音") and not clause.names(Thing.MUSIC))
        )
    )
    lays = (
        lays
        and not clause.says(_UNDER)
        and not clause.says(r"\b(?:audio|sound) (?:from|of|in|out)\b|\bonly\b|\blouder\b")
        and clause.says(
            r"\b(?:add|put|lay|attach|use|overlay|place|insert|stick|layer|superimpose|drop|pop|throw|slap|play|append|mount|sync|run|apply)\b|加|放|配|叠|贴|铺|套|插|用"
        )
    )
    if not (merges or replaces or lays):
        return None
    mix = (
        True
        if clause.says(_MIX) and not clause.says(_INSTEAD)
        else False
        if replaces or clause.says(_INSTEAD)
        else None
    )
    if mix is None and lays and narration and clause.says(r"voice ?over|narration|commentary|旁白|解说|配音"):
        mix = None
    pad = True if clause.says(_PADDED) else False if clause.says(_SHORTEST) else None
    return (Merge(mix=mix, pad=pad, source=file_in(clause.words)),)


def music(clause: Clause) -> Reading:
    """Music under all of it."""
    named = clause.names(Thing.MUSIC)
    under = clause.says(_UNDER) and clause.names(Thing.SENT, Thing.SOUND, Thing.RECORDING, Thing.MUSIC)
    if not (named or under) or (clause.does(Act.REMOVE) and not under):
        return None
    changes = clause.does(Act.LOWER, Act.RAISE) and not clause.says(
        r"\b(?:add|put|some|insert|use|lay|include|underneath|underlay|throw)\b|加|配|放一|来点|来段|铺|垫|as (?:the )?(?:bgm|background)"
    )
    if changes:
        return None
    adds = (
        clause.does(Act.ADD)
        or under
        or clause.says(
            r"^\W*(?:some|a bit of|and|with)\b|\bunderneath\b|\bas (?:the )?(?:bgm|background)|^\W*(?:\w+[ -])?(?:\w+ )?(?:bgm|background music)\b|来点|配"
        )
    )
    if not adds:
        return None
    ranged = next((span for span in clause.spans if span.kind is not Kind.LENGTH), None)
    return (
        AddMusic(
            volume=volume_in(clause.words),
            query=_style(clause),
            source=file_in(clause.words),
            loop=True if clause.does(Act.LOOP) else None,
            duck=True if clause.does(Act.DUCK) else None,
            part=ranged.part if ranged and not clause.does(Act.FADE) else None,
        ),
    )


def _style(clause: Clause) -> str | None:
    match = _STYLE.search(clause.words)
    if not match:
        return None
    return "lo-fi" if match[1].startswith("lofi") else match[1]


def fade(clause: Clause) -> Reading:
    if not clause.does(Act.FADE):
        return None
    opens = clause.says(
        r"fade[ds]?[ -]?in|fad(?:e|ing) .{0,20}\bin\b|in and (?:fade[ -]?)?out|in & out|from black|淡入|渐入|渐显|渐强|fade at (?:the )?(?:start|beginning)|gradually (?:start|appear|increase|come)"
    )
    closes = clause.says(
        r"fade[ds]?[ -]?(?:away|out)|fad(?:e|ing) .{0,25}\bout\b|in and (?:fade[ -]?)?out|in & out|(?:to|into) (?:black|silence|nothing|white)|淡出|渐出|渐隐|渐黑|渐弱|变黑|gradually (?:end|disappear|decrease|die)|die out"
    )
    if not (opens or closes):
        at_start = clause.says(r"\b(?:start|beginning|opening|first|both)\b|开头|开始|首尾|头尾")
        at_end = clause.says(r"\b(?:end|ending|finish|last|both)\b|结尾|末尾|最后|片尾|首尾|头尾")
        opens, closes = (at_start, at_end) if at_start or at_end else (True, True)
    target: Target = "bgm" if clause.names(Thing.MUSIC) and not clause.names(Thing.VIDEO) else "all"
    if clause.names(Thing.MUSIC) and not clause.says(r"\b(?:video|picture|screen|clip)\b|画面|视频"):
        target = "bgm"
    found: list[Fade] = []
    if opens:
        found.append(Fade("in", _fade_length(clause, "in", alone=not closes), target))
    if closes:
        found.append(Fade("out", _fade_length(clause, "out", alone=not opens), target))
    return tuple(found)


_LENGTH = r"(\d+(?:\.\d+)?) ?-?(?:seconds?|secs?|s\b|秒)"
_FADE_LENGTHS = {
    "in": re.compile(rf"(?:fade[ -]?in|淡入|渐入)\D{{0,14}}?{_LENGTH}|{_LENGTH}的?\s*(?:fade[ -]?in|淡入|渐入)"),
    "out": re.compile(rf"(?:fade[ -]?out|淡出|渐出)\D{{0,14}}?{_LENGTH}|{_LENGTH}的?\s*(?:fade[ -]?out|淡出|渐出)"),
}


def _fade_length(clause: Clause, kind: str, *, alone: bool) -> float | None:
    """Its own where each has one, else the one that is named."""
    match = _FADE_LENGTHS[kind].search(clause.words)
    if match and not alone:
        return float(next(group for group in match.groups() if group))
    lengths = [span.seconds for span in clause.spans if span.seconds]
    return lengths[0] if len(set(lengths)) == 1 else float(next(g for g in match.groups() if g)) if match else None


def mute(clause: Clause) -> Reading:
    sound = clause.names(Thing.SOUND, Thing.ORIGINAL) and not clause.names(Thing.MUSIC)
    off = clause.does(Act.MUTE) or (clause.does(Act.REMOVE) and sound) or clause.says(r"\bno (?:sound|audio)\b")
    if not off or (clause.does(Act.LOWER, Act.RAISE) and not clause.does(Act.MUTE)):
        return None
    if clause.does(Act.REMOVE) and not clause.does(Act.MUTE) and clause.says(r"\b(?:just|only|except|out of)\b|只"):
        return None
    parts = tuple(span.part for span in clause.spans if span.kind not in (Kind.LENGTH, Kind.POINT))
    if clause.spans and not parts:
        return Ask(About.PART)
    target: Target = "bgm" if clause.names(Thing.MUSIC) else "all"
    return (Mute(parts, target),)


def volume(clause: Clause) -> Reading:
    up, down = clause.does(Act.RAISE), clause.does(Act.LOWER)
    thing = clause.names(Thing.SOUND, Thing.MUSIC, Thing.VOICE, Thing.VOLUME, Thing.ORIGINAL, Thing.RECORDING)
    level = level_in(clause.words)
    sets = clause.does(Act.SET) and thing and (level or decibels_in(clause.words) is not None)
    alone = clause.names(Thing.VOLUME) and level
    loud = clause.says(
        r"\b(?:louder|quieter|too (?:loud|quiet)|turn it (?:up|down)|(?:sound|audio) (?:up|down))\b|大声|小声|响一点|听不清"
    )
    if not (((up or down) and thing) or sets or alone or loud):
        return None
    if any(span.kind is not Kind.LENGTH for span in clause.spans):
        return Ask(About.UNSUPPORTED, "volume of a part")
    target: Target = (
        "bgm"
        if clause.names(Thing.MUSIC)
        else "voice"
        if clause.names(Thing.VOICE, Thing.ORIGINAL, Thing.RECORDING)
        else "all"
    )
    factor, absolute = _change(
        clause,
        up=up and not clause.says(r"\btoo loud\b|\bturn\S* (?:\S+ ){0,4}down\b|太大|太响|太吵|调低|调小"),
        down=down,
    )
    return (SetVolume(target, factor, absolute),) if 0 <= factor <= 4 else Ask(About.LEVEL)


def _change(clause: Clause, *, up: bool, down: bool) -> tuple[float, bool]:
    """The factor, and whether it is of the sound as it was recorded."""
    if (decibels := decibels_in(clause.words)) is not None:
        decibels = -abs(decibels) if down and not up else decibels
        return round(10 ** (decibels / 20), 4), False
    level = level_in(clause.words)
    if level and level.exact:
        if (
            level.by
            or (
                (up or down)
                and clause.says(
                    r"\d ?(?:%|percent) (?:louder|quieter|softer)|(?:提高|增加|增大|降低|减少|减小|调低|调高|调大|调小)了?\d"
                )
            )
        ) and not clause.says(r"\bto \d|到"):
            return (round(1 + level.share, 4) if up and not down else round(1 - level.share, 4)), False
        return level.share, True
    if clause.says(r"\b(?:double|twice)\b|翻倍|加倍|大一倍|两倍|2倍"):
        return 2.0, False
    if level:
        return (1.5 if up and not down else 0.5), False
    if factor := factor_in(clause.words):
        return (factor if (up and not down) or factor < 1 else round(1 / factor, 4)), False
    return (1.5 if up and not (down and not clause.says(r"louder|大声")) else 0.5), False


def extract(clause: Clause) -> Reading:
    """The sound alone as a file."""
    named = format_in(clause.words, only=_MP3)
    sound = clause.says(_SOUND_WORDS)
    strict = clause.says(_STRICT) and sound
    if clause.says(_STRICT) and clause.says(r"\bbackground (?:music|track)\b|背景音乐|伴奏|instrumental"):
        return Ask(About.UNSUPPORTED, "background music alone")
    plain = clause.says(_PLAIN_SOUND) or (
        clause.does(Act.KEEP, Act.EXTRACT) and clause.says(r"\b(?:audio|sound|sound ?track)\b|音频|声音|音轨")
    )
    wished = named is not None and not clause.does(Act.MERGE, Act.REPLACE, Act.REMOVE)
    if not (strict or plain or wished) or clause.does(Act.LOWER, Act.RAISE, Act.FADE):
        return None
    if clause.does(Act.ADD) and clause.says(r"\b(?:add|put|lay|overlay|insert)\b|加|配|放") and not named:
        return None
    kind = {"aac": "m4a"}.get(named or "mp3", named or "mp3")
    rate = bitrate_in(clause.words)
    match kind:
        case "mp3" | "wav" | "m4a":
            return (ExtractAudio(kind, rate),)
    return None


def says_mix(clause: Clause) -> bool | None:
    """Whether the picture's own sound stays, None where nothing is said of it."""
    own = clause.names(Thing.ORIGINAL) or clause.says(r"\b(?:sound|audio)\b|原声|声音|原音")
    if clause.does(Act.REMOVE, Act.MUTE, Act.REPLACE) and own and not clause.says(_MIX):
        return False
    return True if clause.says(_MIX) else None


def says_pad(clause: Clause) -> bool | None:
    return True if clause.says(_PADDED) else False if clause.says(_SHORTEST) else None
