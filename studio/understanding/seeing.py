"""Clauses about what is seen: words over the picture, its shape, a picture drawn from the sound. Pure."""

from __future__ import annotations

import re
from typing import Literal

from studio.timeline.model import Look
from studio.timeline.operations import END, START, AddText, Moment, Part, Picture, RemoveText, SetAspect, Visualize
from studio.understanding.cutting import Reading, cut_or_keep
from studio.understanding.lexicon import MILD, Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.shapes import colour_in, fit_in, position_in, shape_in, size_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_SONG = (
    r"(?:songs?|audios?(?: file| track| clip)?|tracks?|podcasts?(?: episode)?|music|mp3s?|recordings?|voice "
    r"(?:memo|note|message)|episode|sound|beat|tune|single|interview|wav|m4a)"
)
_FILM = r"(?:videos?|vids?|mp4|clip|movie|reel|tiktok|short|visual|film|youtube|instagram|insta)"
_INTO_FILM = re.compile(
    rf"\b{_SONG}\b.{{0,30}}\b(?:into|to|as|out of|in|a)\b.{{0,40}}\b{_FILM}\b|\b(?:make|turn|create|convert|"
    rf"build|produce|generate|transform|want|need|like|love|have|gimme|give me|"
    rf"get)\b.{{0,40}}\b{_FILM}\b.{{0,20}}\b(?:out of|from|for|"
    rf"of|with|around)\b (?:the |my |this |an? |that )?(?:\w+ )?{_SONG}\b"
    r"|(?:歌曲?|音频|音乐|播客|录音|mp3|语音).{0,6}(?:做成|变成|转成|转为|转换成|弄成|改成|改为|换成|调成|生成|"
    r"制作成|变|转|"
    r"做).{0,12}(?:视频|mp4|短片)|(?:给|用|"
    r"为)(?:这首|这段|我的)?(?:歌|音频|音乐|播客|录音).{0,6}(?:做|生成|配|制作).{0,8}(?:视频|画面|mp4)"
)
_TO_FILM = re.compile(
    rf"^\W*(?:an? )?(?:video|mp4)(?: please| pls)*\W*$|\b(?:make|turn|convert|create|change|need|want|"
    rf"transform)\b.{{0,25}}\b{_FILM}\b|(?:做成|变成|转成|"
    rf"转为|生成|做个|"
    rf"弄成)(?:一个|个|一条|一段)?(?:[竖横方][屏版形]的?)?(?:视频|mp4)"
)
# Where a sound is all there is, a film that is spoken of has still to be drawn.
_A_FILM = re.compile(
    r"\b(?:video|clip|reel) (?:of|for|from|out of|with|w/)(?= )|[做出来弄整](?:一?个|一?条|一?段)\S{0,6}视频"
)
_DRAWS = MILD | {Act.KEEP, Act.MERGE}
_SUNG_BY = re.compile(
    r"\b(?:artist|singer|band|by)(?: name)?(?: is)?\b\W*$|(?:歌手|艺人|作者|演唱者?)(?:名|名字)?[写是叫为用]?\W*$"
)
_ITS_PICTURE = re.compile("[配加搭]上[^,]{0,8}(?:照片|图片|图|封面)[^,]{0,3}(?:[做当]背景|$)")
_WAVE = re.compile(r"\bbars\b|\bwave|audio ?gram|sound ?wave|oscillo|波形|声波|音波")
_NOT_DRAWN = re.compile(
    r"\b(?:merge|combine|mux|join|sync|replace|remove|strip|extract|add (?:this|my|the|some) (?:song|audio|"
    r"music|track|mp3)|to (?:the|this|my) (?:video|clip|footage)|as (?:the |its |a )?(?:new )?(?:sound|audio|"
    r"sound ?track))\b|合成|合并|替换|提取|去掉|加到|(?:做|当|作为?)(?:视频|画面|片子)?的?(?:声音|原声|音轨)"
)
_THE_FILM = re.compile(r"\b(?:the|my|this|that|its) (?:\w+ )?(?:video|vid|clip|footage|film|movie)(?:'s)?\b|视频的")
_FILE_NAME = re.compile(r"\.(?:mp[34]|wav|m4a|aac|mov|avi|webm|mkv|jpe?g|png|gif|webp)$", re.IGNORECASE)
_WRITES = re.compile(r"\b(?:add|put|write|show|display|overlay|say|type|print|with)\b|加|写|打|显示|放|贴|配|标")
_TITLED = re.compile(r"\b(?:titles?(?: card)?|heading|headline|titled)\b|标题|片名|题目")
# "She shouts 'stop filming'": what somebody says in it is not to be written.
_SPOKEN = re.compile(
    r"^\W*(?:he|she|they|someone|somebody|"
    r"(?:my|the|our|a) (?!title|heading|text|caption|headline|line|label|banner)\w+) "
    r"(?:(?!that|which)\w+ ){0,2}(?:says?|said|shouts?|shouted|yells?|yelled|sings?)\b|"
    r"^\W*(?:他|她|有人|孩子|大家|我[妈爸])[^,]{0,6}(?:喊|说|叫|骂|唱)"
)
_AT_END = re.compile(
    r"^\W*(?:and |then )?(?:end|close|finish)(?:ing)? (?:it |the (?:video|clip) )?with\b|"
    r"\b(?:at|near|towards?|in) (?:the )?(?:very )?(?:end|ending|close|finish)\b|\bend (?:title|card|"
    r"credit)|\bclosing\b|结尾|末尾|最后|片尾|结束的?时候"
)
_AT_START = re.compile(
    r"^\W*(?:and |then )?(?:start|open|begin)(?:ing)? (?:it |the (?:video|clip) )?with\b|"
    r"\b(?:at|in|from|on) (?:the )?(?:very )?(?:start|beginning|opening|intro)\b|\bopening\b|\bintro\b|"
    r"开头|片头|开始|一开始"
)
_ALWAYS = re.compile(
    r"\b(?:whole|entire|throughout|all the time|all through|full) ?(?:video|clip|time|duration|thing|way|"
    r"length)?\b|\bthroughout\b|\bthe whole\b|全程|一直|始终|整个视频|全片|从头到尾"
)
_SHOWN = 3.0  # seconds of a title of which only the place was said


def text(clause: Clause) -> Reading:
    """Words over the picture."""
    named = clause.names(Thing.TITLE, Thing.TEXT)
    if clause.does(Act.REMOVE) and named and not clause.quotes:
        return _without_text(clause)
    if clause.quotes and all(_FILE_NAME.search(quote) for quote in clause.quotes) and not named:
        return None
    if clause.quotes and clause.does(Act.REMOVE, Act.TRIM, Act.KEEP) and not named and not clause.says(_WRITES):
        return None
    if not clause.quotes:
        asks = named and clause.does(Act.ADD, Act.MAKE) and not clause.names(Thing.SOUND, Thing.MUSIC, Thing.VOICE)
        return Ask(About.TEXT) if asks else None
    if len(clause.quotes) > 1 or (clause.does(Act.REMOVE, Act.REPLACE) and not clause.does(Act.ADD)):
        return (
            Ask(About.UNSUPPORTED, "change words that are there")
            if not named or clause.does(Act.REPLACE)
            else Ask(About.TEXT)
        )
    if not (named or clause.does(Act.ADD, Act.MAKE) or len(clause.words) < 60) or clause.says(_SPOKEN):
        return None
    return (
        AddText(
            clause.quotes[0],
            shown(clause),
            position_in(clause.words),
            colour_in(clause.words),
            size_in(clause.words),
            is_title=clause.says(_TITLED),
        ),
    )


def _without_text(clause: Clause) -> Reading:
    known = (
        clause.says(
            r"\b(?:title|text|caption|subtitle|watermark)s?\b|上的字|字(?=去|删|不要)|"
            r"标题|字幕|文字|水印"
        )
        and not clause.spans
    )
    return (RemoveText(),) if known else None


def shown(clause: Clause) -> Part | None:
    """When words are to be seen; None where nothing is said of it."""
    length = next((span.seconds for span in clause.spans if span.kind is Kind.LENGTH), 0.0)
    placed = next((span for span in clause.spans if span.kind is not Kind.LENGTH), None)
    if placed and placed.kind is Kind.POINT:
        at = placed.part.start.seconds
        return Part(Moment(at), Moment(at + (length or _SHOWN)))
    if placed and placed.kind is Kind.FROM and length:
        at = placed.part.start.seconds
        return Part(Moment(at), Moment(at + length))
    if placed:
        return placed.part
    if clause.says(_AT_END):
        return Part(Moment(-(length or _SHOWN), 1.0), END)
    if length:
        return Part(START, Moment(length))
    if clause.says(_ALWAYS):
        return Part(START, END)
    return Part(START, Moment(_SHOWN)) if clause.says(_AT_START) else None


def shape(clause: Clause) -> Reading:
    wanted = shape_in(clause.words)
    if wanted is None:
        return None
    if clause.does(Act.REMOVE) and clause.names(Thing.MUSIC, Thing.SOUND):
        return None
    if any(span.kind is not Kind.LENGTH for span in clause.spans):
        rest = cut_or_keep(clause)
        return (*rest, wanted) if isinstance(rest, tuple) else Ask(About.KEEP_OR_CUT)
    return (wanted,)


def fit_alone(clause: Clause) -> SetAspect | None:
    """How the picture comes into the frame, said by itself."""
    fit = fit_in(clause.words)
    return SetAspect(0, 0, fit=fit) if fit and not clause.spans else None


def visualize(clause: Clause, kinds: frozenset[str]) -> Reading:
    """A picture drawn from the sound."""
    drawn = clause.names(Thing.WAVEFORM) and not clause.does(Act.REMOVE)
    made = clause.says(_INTO_FILM) and not clause.says(_NOT_DRAWN)
    made = made and not ("video" in kinds and clause.says(_THE_FILM))
    only_sound = "audio" in kinds and "video" not in kinds
    turned = only_sound and clause.says(_TO_FILM) and not clause.says(_NOT_DRAWN) and not clause.spans
    shown_picture = clause.names(Thing.IMAGE, Thing.COVER) and clause.does(Act.MERGE, Act.MAKE)
    turned = turned or (
        only_sound and clause.says(_A_FILM) and not clause.acts - _DRAWS and not clause.says(_NOT_DRAWN)
    )
    turned = turned or (only_sound and shown_picture and clause.says(r"\b(?:video|mp4|together)\b|视频"))
    turned = turned or (only_sound and clause.says(_ITS_PICTURE) and not clause.does(Act.REMOVE))
    if "video" in kinds and not drawn and clause.does(Act.MERGE, Act.REPLACE):
        return None
    if not (drawn or made or turned) or (clause.does(Act.REMOVE) and not drawn):
        return None
    return (looks(clause),)


def looks(clause: Clause) -> Visualize:
    """What a clause says of such a picture, "" of nothing."""
    style: Literal["waveform"] | None = "waveform" if clause.says(_WAVE) else None
    background: Picture | None = None
    if clause.names(Thing.COVER) or clause.says(r"封面"):
        background = "album_art"
    elif clause.says(
        r"\b(?:background image|image|picture|photo|pic|photograph|selfie|jpe?g|png)s?\b|背景图|图片|照片|"
        r"图像|相片|这张图|图"
    ):
        background = "image"
    title = artist = None
    if clause.quotes:
        title = clause.quotes[0]
        if len(clause.quotes) > 1 and clause.says(r"\bartist\b|\bby\b|\bsinger\b|歌手|艺人|作者|艺术家|演唱"):
            artist = clause.quotes[1]
        elif clause.says(_SUNG_BY) and not clause.says(_TITLED):
            title, artist = None, clause.quotes[0]
    return Visualize(style, look_in(clause), background, shape_in(clause.words), title, artist)


def look_in(clause: Clause) -> Look | None:
    if clause.says(r"\bbars?\b(?! ?code)|\bspectrum\b|equali[sz]er|柱状|频谱|条形"):
        return Look.BARS
    return Look.SCROLL if clause.says(r"\bscroll\w*\b|滚动") else None
