"""Clauses about sound and music that come to the picture: merged with it, or laid under it. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import AddMusic, Merge, Visualize
from studio.understanding.cutting import Reading
from studio.understanding.lexicon import Act, Thing
from studio.understanding.slots import file_in, volume_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_ON = re.compile(
    r"\b(?:on top of|over|onto|under|underneath|beneath|behind|to|on|with|in|into|for) (?:the |my |this |"
    r"that )?(?:\w+ )?(?:video|clip|footage|film|picture|movie|visuals?|original|it|mp4)\b|视频|画面|片子"
)
_MIX = re.compile(
    r"\bmix\w*\b|\bblend\b|\b(?:keep|leave|leaving|keeping|along with|alongside|together with|preserve|"
    r"retain|without (?:losing|removing))\b.{0,30}\b(?:original|own|existing|camera|old|current|video'?s?|"
    r"both|ambient|sound|audio|in)\b|\bon top of\b|\boriginal (?:audio|sound)? ?(?:too|as well|stays|"
    r"underneath|in the background|quiet)|\bboth (?:sounds|audios|tracks)|\bover the (?:original|existing)"
    r"|保留原|原(?:视频|来)?的?(?:声音|声|音)(?:也|都)(?:要|留|保留|在)|原声(?:也|保留|留着|不变|不动)|"
    r"原来的?声音(?:也|保留|留)|混合|混音|混在|叠加|混"
)
_INSTEAD = re.compile(
    r"\bnew (?:sound|audio|sound ?track)\b|\boverwrit|\boverrid|盖住|盖掉|换个|换一个|换上|换进|换到|换过|"
    r"\binstead\b|\bexchang|"
    r"\bin place of\b|\breplac|\bswap|\bsubstitut|"
    r"\bget rid of the original|换成|替换|换掉|"
    r"代替|替代|取代|覆盖|换为|改成"
)
_PADDED = re.compile(
    r"\b(?:pad\w*|full(?: length)?(?: of)?(?: the)? (?:audio|song|sound)|whole (?:song|audio)|longest|"
    r"until the (?:audio|song|sound|music) (?:ends|is over)|as long as (?:the|my) (?:audio|song|music|sound|mp3|"
    r"wav|track|recording)|"
    r"extend|freeze)\b|补齐|以音频(?:的)?(?:长度|时长)?为准|音频(?:的)?长度|延长|最长"
)
_SHORTEST = re.compile(
    r"\b(?:shortest|shorter(?: one)?|end(?:s)? with the (?:video|shorter|audio)|cut (?:it )?(?:off )?(?:at|"
    r"to) the (?:shorter|video)|as long as the video)\b|最短|以视频(?:的)?(?:长度|时长)?为准|短的为准"
)
STYLE = re.compile(
    r"\b(lo-?fi(?: hip ?hop)?|jazz(?:y)?|chill(?:ed|ing)?|piano|epic|upbeat|ambient|rock|hip[ -]?hop|"
    r"calm(?:ing)?|relax(?:ing|ed)?|happy|sad|energetic|acoustic|guitar|cinematic|electronic|edm|classical|"
    r"dramatic|romantic|funky|dreamy|peaceful|inspiring|motivational|corporate|techno|house|pop|"
    r"country|orchestral|retro|synthwave|cheerful|suspense\w*|spooky|christmas|meditation|trap|reggae|"
    r"folk|funk|disco|soul|blues|bossa nova|salsa|latin|samba|tango|swing|metal|punk|indie|r&b|dubstep|"
    r"gospel|bluegrass|celtic|new age|ukulele|violin|flute|harp|synth|vaporwave|8-bit|choir)\b"
)
_UNDER = re.compile(
    r"\bunder(?:neath|lay)?\b|\bbeneath\b|\bas (?:the |a |my )?(?:bgm|background(?! image| picture| photo)|"
    r"backing|sound ?track)\b"
    r"|\bin the background\b|\bbehind\b|作为?背景(?!图)|在背景(?!图)|当背景(?!图)|做背景(?!图)|当配乐|做配乐|垫在|铺"
)
_AS = re.compile(r"\bas (?:the |a )?(?:bgm|back|sound ?track)|\bunder(?:neath|lay)?\b|作为?背景|当|做背景|做配乐")
_ONE_OF_BOTH = re.compile(
    r"\b(?:one|a single) (?:mp4|file|video|clip)\b.{0,10}\b(?:out of|from|of|with)\b.{0,25}\band\b"
    r"|\b(?:audio|sound|mp3|recording) and (?:the |my )?(?:video|clip)\b.{0,6}\b(?:into|in|"
    r"to)\b.{0,8}\b(?:one|a single)\b"
    r"|\b(?:video|clip) and (?:the |my )?(?:audio|sound|mp3|recording)\b.{0,6}\b(?:into|in|"
    r"to)\b.{0,8}\b(?:one|a single)\b"
)
_FILES = re.compile(r"\b(?:files|both|them|these|the two|two|2|everything)\b|一起|两个|它们|文件")
_ALONE = re.compile(r"^\W*(?:please )?(?:merge|combine|mux|sync|合并|合成|混合)(?: please)?\W*$")
_FOR_ORIGINAL = re.compile(
    r"\b(?:for|over|instead of|in place of) (?:the |its |my )?(?:original|old|existing|current|camera)\b"
)
_PUT = re.compile(
    r"\b(?:add|put|lay|attach|use|overlay|place|insert|stick|layer|superimpose|drop|pop|throw|slap|play|"
    r"append|mount|sync|run|apply)\b|加|放|配|叠|贴|铺|套|插|用|盖"
)
_ADDED = re.compile(
    r"\b(?:add|put|some|insert|use|lay|include|underneath|underlay|throw)\b|加|配(?!乐)|放一|来点|来段|铺|垫|as (?:the "
    r")?(?:bgm|background)"
)
_OTHER_MUSIC = re.compile(
    r"\b(?:replace|swap|change|exchange) (?:the |my |this )?(?:background |bg )?(?:music|song|bgm|tune) (?:with|"
    r"for|to|by)\b|"
    r"(?:背景音乐|配乐|bgm|音乐) ?(?:换|替换|改)(?:成|为)"
)
_SPOKEN = re.compile(
    r"\b(?:narrat\w*|voice\w*|record\w*|comment\w*|mic|audio|sound)\b|录音|旁白|配音|解说|声音|音频|人声"
)
_DISLIKED = re.compile(r"\b(?:hate|dislike|can'?t stand|(?:don'?t|do not|not) like)\b|不喜欢|讨厌|难听")
_PLAYS_THERE = re.compile(
    r"\bthere(?:'s| is| was) (?:an? |some |the )?(?:\w+ )?(?:music|song|track|tune)\b|\b(?:is|was|'s) playing\b|"
    r"\bonly the (?:music|song)\b"
)
_INTO_SOUND = re.compile(
    r"^(?:请|把|将|我的?|这[个段条]|它|的|视频|影片|片子)*(?:改|换|变|转|做|弄)(?:成|为)(?:一个|"
    r"个)?(?:纯)?(?:音频|mp3|wav|m4a|aac)(?!里)"
)
_TAKEN_OUT = re.compile(
    r"\b(?:pull|rip|extract|get|save|export|convert|turn|give|send|take)\b.*\bas (?:an? )?(?:audio|sound)\W*$"
)
_MIXED_ALREADY = re.compile("(?:混|掺|夹)在?(?:一起|里面)了(?=$|[,，])")
_BARE_SOUND = re.compile(
    r"^\W*(?:and |with |plus )*(?:my|the|this|that|our)\b(?!.*\b(?:is|are|was|playing|plays|"
    r"drown\w*)\b)|^(?:我|把|用|这)"
)
_AS_SOUND = re.compile(
    r"\bas (?:the |its |a )?(?:new |only )?(?:(?:sound|audio|sound ?track) (?:of|for|on|in)\b|(?:sound|audio)\W*$)|"
    r"(?:做|当|作为?|成)(?:视频|画面|片子)?的?(?:声音|原声|音轨)"
)
_QUIET_MUSIC = re.compile(
    r"^\W*(?:(?:and|with|plus|some|a|an|bit of|very|really|nice|little) )*(?:soft|quiet|gentle|low|calm|subtle|"
    r"faint|loud)"
    r"(?:-volume)? (?:[\w-]+ ){0,2}(?:music|bgm|song|track|tune|soundtrack)\b(?! (?:down|up|is|isn't|should|needs?)\b)"
)
_SAID_OF_MUSIC = re.compile(
    r"\b(?:music|song|bgm|tune|beat|track|soundtrack)\b.{0,40}(?:'s|\b(?:is|are|was|sounds?|seems?|feels?|gets?|"
    r"keeps?|drowns?|"
    r"overpowers?|covers?))\b(?! (?:to be|on|in|added)\b)|音乐.{0,8}(?:太|盖过|压过|有点|好吵)"
)
_BARE_MUSIC = re.compile(
    r"\bfrom (?:my|the|this) (?:\w+ )?(?:file|mp3|upload|song)\b|"
    r"^\W*(?:some|a bit of|and|with|plus)\b|\bunderneath\b|来点|配"
    rf"|^\W*(?:and |with |plus |some |a |bit of )*(?:{STYLE.pattern} ?)+(?=(?:music )?(?:in the background|underneath|"
    rf"under|behind|at \d))"
    rf"|^\W*(?:and |with |plus |some |a |bit of )*(?:{STYLE.pattern} ?)+(?:background )?(?:music|song|track|beat|"
    rf"bgm|tune)\b"
    r"(?! (?:down|up|is|isn't|should|needs?|louder|quieter)\b)"
    r"|^\W*(?:and |with |plus |some )?(?:[\w-]+ ){0,2}(?:bgm|background music)(?:\W*$|:| at| under| with| \d)"
)


def merge(clause: Clause) -> Reading:
    """Sent sound and picture put together, beside or in place of the picture's own sound."""
    if clause.says(_INTO_SOUND) or clause.says(_TAKEN_OUT) or clause.says(_MIXED_ALREADY):
        return None
    if clause.says(_OTHER_MUSIC):
        return (AddMusic(volume=volume_in(clause.words), source=file_in(clause.words)),)
    sound = clause.names(Thing.SOUND, Thing.RECORDING, Thing.MUSIC, Thing.VOICE)
    sound = sound or (clause.does(Act.REPLACE) and clause.says(_FOR_ORIGINAL) and not clause.quotes)
    if not sound or any(span.kind is not Kind.LENGTH for span in clause.spans):
        return None
    merges = (clause.does(Act.MERGE) or clause.says(_ONE_OF_BOTH)) and not clause.does(Act.FADE)
    known = clause.names(Thing.ORIGINAL, Thing.SENT, Thing.RECORDING) or clause.says(
        r"\bwith\b|\bfor\b|成|用|^\W*(?:please "
        r")?replace (?:the )?(?:audio|sound|sound "
        r"?track)\W*$"
    )
    replaces = clause.does(Act.REPLACE) and clause.says(_INSTEAD) and known
    if not (merges or replaces or _lays(clause)):
        return None
    if not replaces and clause.says(_UNDER) and clause.names(Thing.MUSIC):
        return None
    mix = True if clause.says(_MIX) and not clause.says(_INSTEAD) else None
    if replaces or clause.says(_INSTEAD) or (mix is None and clause.says(_AS_SOUND)):
        mix = False
    return (Merge(mix=mix, pad=says_pad(clause), source=file_in(clause.words)),)


def merge_files(clause: Clause, kinds: frozenset[str]) -> Reading:
    """ "Combine the two": what they are is not said, and there is one way to do it."""
    if (
        not (clause.does(Act.MERGE) and (clause.says(_FILES) or clause.says(_ALONE)))
        or clause.quotes
        or clause.says(_MIXED_ALREADY)
    ):
        return None
    if kinds == {"audio", "image"} and not clause.spans:
        return (Visualize(background="image"),)
    if not kinds >= {"video", "audio"}:
        return None
    return (Merge(mix=says_mix(clause), pad=says_pad(clause)),) if not clause.spans else None


def _lays(clause: Clause) -> bool:
    """Whether a sound is put onto the picture that is no music under it."""
    if clause.says(_AS_SOUND):
        return True
    told = clause.says(r"\b(?:stop|start|begin|forgot to) recording\b")
    narration = (
        clause.names(Thing.RECORDING) and not told and not (clause.names(Thing.MUSIC) and not clause.says(_SPOKEN))
    )
    sound = clause.says(r"\b(?:audio|sound|voice|mp3|wav|m4a)\b|音频|声音") and not clause.names(Thing.MUSIC)
    if not clause.does(Act.ADD) or clause.says(_UNDER) or not clause.says(_PUT):
        return False
    if clause.says(r"\b(?:audio|sound) (?:from|of|in|out)\b|\bonly\b|\blouder\b") and not clause.says(
        r"\b(?:put|use|lay|place|add|stick|drop|mix) it\b"
    ):
        return False
    laid = sound and clause.says(_ON) and not clause.does(Act.REMOVE, Act.MUTE)
    return narration or laid


def says_mix(clause: Clause) -> bool | None:
    """Whether the picture's own sound stays, None where nothing is said of it."""
    own = clause.names(Thing.ORIGINAL) or clause.says(r"\b(?:sound|audio)\b|原声|声音|原音")
    if clause.does(Act.REMOVE, Act.MUTE, Act.REPLACE) and own and not clause.says(_MIX):
        return False
    return True if clause.says(_MIX) else None


def says_pad(clause: Clause) -> bool | None:
    return True if clause.says(_PADDED) else False if clause.says(_SHORTEST) else None


def music(clause: Clause) -> Reading:
    """Music under all of it."""
    named = clause.names(Thing.MUSIC)
    under = _is_under(clause)
    if not (named or under) or (clause.does(Act.REMOVE) and not under):
        return None
    changes = clause.does(Act.LOWER, Act.RAISE) or (clause.says("调|设") and volume_in(clause.words))
    changes = (changes and not clause.says(_QUIET_MUSIC)) or clause.says(_SAID_OF_MUSIC)
    told = clause.says(_DISLIKED) or clause.says(_PLAYS_THERE) or clause.says(_MIXED_ALREADY)
    if told or (changes and not clause.says(_ADDED)):
        return None
    if clause.says(r"\b(?:as|to|into|in)(?: an?)? (?:mp3|wav|m4a)\b|(?:成|为)(?:mp3|wav|m4a)") and not under:
        return None
    if not (clause.does(Act.ADD) or under or clause.says(_BARE_MUSIC) or clause.says(_QUIET_MUSIC)):
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


def _is_under(clause: Clause) -> bool:
    if clause.names(Thing.IMAGE, Thing.COVER):
        return False
    put = clause.does(Act.ADD, Act.LOOP) or clause.says(_AS) or clause.says(r"\bsome\b|\bget\b|\bhave\b")
    put = put or (clause.says(_BARE_SOUND) and not (clause.acts or clause.names(Thing.ORIGINAL)))
    return clause.says(_UNDER) and put and clause.names(Thing.SENT, Thing.SOUND, Thing.RECORDING, Thing.MUSIC)


def _style(clause: Clause) -> str | None:
    match = STYLE.search(clause.words)
    if not match:
        return None
    return "lo-fi" if match[1].startswith("lofi") else match[1]
