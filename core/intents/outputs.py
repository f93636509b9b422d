"""The file type that the words ask for as the result: not every type that they mention.

The tables of words that name a type, and of those that only look like it, stand first.
"""

from __future__ import annotations

import functools
import re

from core.intents.plain import QUOTED, instruction
from core.intents.words import compiled

# What we cannot write comes as the nearest type that we can: lossless stays lossless, a film stays a film.
WRITTEN_AS = {
    "mp3": "mp3", "ogg": "mp3", "opus": "mp3", "wma": "mp3", "wav": "wav", "flac": "wav", "aiff": "wav",
    "m4a": "m4a", "aac": "m4a", "mp4": "mp4", "mov": "mp4", "mkv": "mp4", "webm": "mp4", "avi": "mp4", "m4v": "mp4",
}  # fmt: skip

_T = rf"(?P<type>{'|'.join(WRITTEN_AS)})(?![a-z0-9])(?! (?:player|icon|logo|overlay|sound effect))"
_ANY = rf"(?:{'|'.join(WRITTEN_AS)})(?![a-z0-9])"
_A = (
    r"(?:an? |one |some )?(?:(?:new|single|small|smaller|good|high[ -]quality|hd|4k|\d+p|\d+ ?k(?:bps)?|mono|stereo|"
    r"audio|video|only|just|plain|short|\d+ ?s(?:ec(?:ond)?s?)?)[ -])*\.?"
)
_THING = r"(?: (?:file|format|version|audio|video|track|clip|only))*"
_END = r"(?=$| (?:please|pls|plz|now|again|thanks|from|of|out|for|at|in|with|and|only)\b|[ .!?)])"

_TURN = (
    r"(?:convert|turn|change|transform|transcode|encode|export|save|extract|make|render|rip|compress|remux|switch|"
    r"go|reduce)"
)
_HAND = r"(?:export|download|render|save|get|want|need|give(?: me| us)?|send(?: me| us)?|produce|output|return|deliver)"
_HAND_ME = r"(?:export|download|render|save|get|want|need|give me|send me|return|deliver)"

# Where a type stands as the result. "to the mp3" is a file that is there already, "to mp3" one that shall be.
RESULT = (
    rf"\bas {_A}(?:[\w-]+\.)?{_T}",
    rf"\bin {_A}{_T}(?: format)?{_END}",
    rf"\b{_TURN}\w*\b.*?\b(?:in)?to {_A}(?:[\w-]+\.)?{_T}",
    rf"\b(?:mp4|mov|avi|webm|mkv|m4a|wav|aac|flac|ogg|mp3|video|audio|clip|this|it|that|file)s?"
    rf"(?: ?(?:->|→|=>|-to-) ?| (?:in)?to | 2 ){_A}{_T}",
    rf"\b{_HAND} (?:it |this |that |everything )?{_A}{_T}",
    rf"\b(?:{_HAND_ME}|get me) (?:the |\.)?{_A}{_T}{_THING}(?=$| (?:please|pls|now|again|from|of|out)\b)",
    rf"\b(?:make|create|generate|build) (?:me |us |it |this )?(?:an? |one )"
    rf"(?:(?!(?:from|of|with|out|using|for|my|the|this)\b)[\w:.-]+ ){{0,3}}?{_T}",
    rf"\binto {_A}{_T}",
    rf"\b(?:format|output|type)(?: is| should be|:| =)? {_A}{_T}",
    r"^(?:please |just |only |an? |to |as |and |then |i'd like |i would like |(?:the )?result (?:as )?)*"
    rf"{_A}{_T}{_THING}"
    r"(?: please| pls| plz| now| thanks| instead| again)*(?:$| (?:at \d|from\b|of\b|out of\b|@))",
    rf"\b{_T} (?:only|please|pls|plz)$",
    r"(?:转换?|变|改|做|存|保存|另存|导出|输出|提取|合成|合并|生成|压缩?|下载|渲染|剪|制作)"
    rf"(?:音频|视频|声音)?(?:成|为|到|作为|做成|出)?(?:一个|个|一段|一份|单个|高清|\d+p|\d+k|的|新的?)*{_T}",
    rf"(?:转换?|存|保存|另存|导出|输出|提取)[^,。;]{{0,12}}?(?:成|为)(?:一个|个|一段|的)*{_T}",
    rf"(?<!不)(?:要|想要|需要|给我|发我|发给我|来)(?:一个|个|一份|份|\d+k|\d+kbps|高音质|的)*{_T}",
    rf"^(?:请|就|只|用|以)?{_T}(?:格式|文件|就行|就好|吧|即可)*$",
    rf"(?:用|以|格式)(?:为|是|:)?{_T}格式?(?:导出|保存|输出|发)?$",
)

_SOUND = r"(?:audio|sound|soundtrack|audio track|sound track)"
EXTRACTED = (
    rf"\b(?:extract|rip|pull|grab|isolate|get)\w* (?:out )?(?:me )?(?:just |only )?(?:the |all the |its )?{_SOUND}"
    r"(?: track| file)?(?= (?:out|from|of|off|and save|as|please)\b|$)",
    rf"\b(?:extract|rip)\w* (?:out )?(?:just |only )?(?:the |all the |its |this video's |the video's )?{_SOUND}\b",
    rf"\bseparate the {_SOUND}(?: track)? from\b|\b{_SOUND} extraction\b",
    r"\b(?:want|need|give|give me|send|send me|get|keep|take|export|download|save|have|return|leave)(?: only| just)"
    rf" (?:the )?{_SOUND}(?! (?:louder|quieter))\b",
    rf"\b(?:only|just) (?:want|need|keep|export|save|get) the {_SOUND}\b",
    rf"^(?:please )?(?:only|just) (?:the )?{_SOUND}(?: track| file)?(?: please| pls| from.*| of.*)?$",
    r"^(?:\w+ (?:an? |as |the )?)?(?<!mute )(?<!make )(?:audio|sound)[ -]only(?= mp3| please|$)",
    rf"\bonly {_SOUND}(?: please)?$",
    rf"^(?:export|download|save) (?:the )?{_SOUND}(?: track| file)?$",
    rf"\b(?:in)?to (?:an? )?{_SOUND}(?= file| please|$)|\bas (?:an? )?(?:audio|sound)(?: file| track)?$",
    r"(?:提取|抽取|抽出|分离出?|导出|截取|扒)(?:出来|出|来|一下)?(?:这个|这段|里面|其中)?(?:视频|影片)?"
    r"(?:里面|里|中)?的?(?:音频|声音|音轨|原声)",
    r"(?:音频|声音|音轨)(?:单独)?(?:提取|抽取|抽|分离|导出|扒)(?:出来|下来|出)?(?!.*(?:合|配|加到|放到))",
    r"(?:只|仅|光|单独)(?:要|需要|保留|留|留下|导出|提取)(?:视频|影片)?(?:里|中)?(?:的)?(?:音频|声音|音轨)(?!调|放)",
    rf"\btake the {_SOUND} from\b|\b(?:get|give me|send me|have|want) the {_SOUND} only\b",
    r"^给我(?:音频|声音)(?:就行|就好|吧)?$",
    r"^(?:只|仅|光)(?:要|需要|保留|留)[^,。;]{0,12}的(?:声音|音频)$",
    r"(?:转换?|变|做|存|改|导出|保存)(?:成|为)(?:一个|个)?(?:纯)?音频(?:文件|格式)?|^(?:只要|纯|仅)?音频$",
)

_FILM = r"(?:video|videos|clip|movie|film|reel|short|audiogram|visuali[sz]er|visuali[sz]ation|slideshow|story)"
FILMED = (
    rf"\b(?:convert|turn|change|transform|make|put)\b.*\b(?:in)?to (?:an? |some )?(?:[\w:.-]+,? ){{0,5}}?{_FILM}\b",
    # Whatever is done before: what goes into a video becomes one.
    rf"\binto (?:an?|one|a single) (?:[\w:.-]+,? ){{0,4}}?{_FILM}\b",
    # A sound that is to be seen.
    r"\bvisuali[sz](?:e|ing)\b|\banimat(?:e|ing) (?:the |this |that |my )?(?:\w+ )?"
    r"(?:song|sound|audio|music|track|recording|podcast|mp3|waveform)\b|可视化|视觉化",
    r"\b(?:make|create|generate|produce|build)\w* (?:me |us )?an? "
    rf"(?:[\w:.-]+,? ){{0,4}}?{_FILM}\b(?! (?:louder|shorter))",
    rf"\b(?:audio|sound|mp3|wav|m4a|song|music|podcast) to (?:an? )?{_FILM}\b|\bas an? (?:\w+ )?{_FILM}$",
    rf"\b(?:make|turn) (?:this|the|my|it)(?: \w+)? (?:in)?(?:to )?an? (?:\w+ ){{0,3}}?{_FILM}\b",
    r"(?:做|转换?|变|改|生成|制作|合成|剪)(?:成|为|个|一个|一段|一条|出)+[^,。;]{0,14}(?:视频|影片|短片|动画|电影|竖版|横版)",
    r"(?:mp3|wav|m4a|音频|音乐|声音|录音|歌曲?)转(?:成|换成|为)?视频",
    r"(?:生成|制作|合成|合并成|拼成)[^,。;]{0,12}(?:视频|影片|短片)",
)

# Words shown in the picture are no wishes for the file: "a title saying MP3 RULES".
SHOWN = re.compile(
    r"\b(?:saying|that says|which says|that reads|reading|titled|called|"
    r"(?:title|caption|text|subtitle|watermark|words?)s?"
    r"(?: card)?(?:,? (?:with|is|of))?:?) (?!(?:to|as|in|on|at|from|for|and|overlay|is|with|that)\b)[^,;。,\n]*"
    r"|(?:标题|字幕|文字|水印)(?:是|写着?|叫|为|内容|:)+[^,;。\n]*|写(?:着|上)[^,;。\n]*"
)
REFUSED = re.compile(
    r"\b(?:not|no|instead of|rather than|don't want|do not want|without|never|isn't|except) "
    rf"(?:an? |the |as |to |in )*{_ANY}"
    rf"|\b(?:don't|do not|never|shouldn't)(?: \w+){{1,4}} (?:in)?(?:to|as) (?:an? )?{_ANY}"
    rf"|(?:不要|不是|别|而不是|不用|不想要|不需要)(?:转成|导出|导出成|保存成)?{_ANY}"
)
SOURCE = re.compile(
    rf"(?<!as )(?<!to )(?<!into )(?<!成)(?<!为)\b[\w-]+\.(?:{'|'.join(WRITTEN_AS)}|jpe?g|png|gif|webp)\b"
)
CLAUSE = re.compile(r"[,;。!?\n]+|\.(?= |$)|(?<!\w)(?:and then|then)\b|然后|再(?!次)")
BESIDES = re.compile(r"\b(?:too|as well|also|separately)\b|也|另外|顺便|还要")
USED_ON = re.compile(r"\b(?:put|add|lay|use|overlay|merge|combine|mix|sync|attach)\b|合成|合并|配到|放到|加到")


@functools.lru_cache(maxsize=16)  # on a request's way in it is asked for by three
def output_of(text: str) -> str:
    """The type that the words ask for as the result: "mp3", "mp4", "wav", "m4a", or "" where they ask for none.

    "" is also the answer where a sound is wanted beside the video: the video stays the result.
    """
    words = " ".join(instruction(text).replace(QUOTED, " ").replace("\n", ";").split())
    for form, instead in ((SHOWN, " "), (SOURCE, "file"), (REFUSED, " ")):
        words = form.sub(instead, words)
    clauses = [clause for part in CLAUSE.split(words) if (clause := " ".join(part.split()))]
    main = [c for index, c in enumerate(clauses) if index == 0 or not BESIDES.search(c)]
    return _named_type(main) or _sound(main) or _film(main)


def _named_type(clauses: list[str]) -> str:
    found = [(index, m.end("type"), m["type"]) for index, c in enumerate(clauses) for m in _matches(c)]
    return WRITTEN_AS[max(found)[2]] if found else ""


def _matches(clause: str) -> list[re.Match[str]]:
    return [m for form in compiled(RESULT) for m in form.finditer(_aside_removed(clause)) if m["type"]]


def _aside_removed(clause: str) -> str:
    # "and give me an mp3 too": the second half of a clause without a comma.
    head, _, tail = clause.partition(" and ")
    return head if tail and BESIDES.search(tail) else clause


def _sound(clauses: list[str]) -> str:
    for index, clause in enumerate(clauses):
        for form in compiled(EXTRACTED):
            found = form.search(_aside_removed(clause))
            # A sound that is used in the next breath is material and not the result.
            if found and not USED_ON.search(" ".join([clause[found.end() :], *clauses[index + 1 :]])):
                return "mp3"
    return ""


def _film(clauses: list[str]) -> str:
    return "mp4" if any(form.search(clause) for clause in clauses for form in compiled(FILMED)) else ""
