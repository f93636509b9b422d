"""Words that only say which film, which music or whose voice it is: "the museum's piano music", "把健身房的音乐". Pure.

What stands between "the" and such a noun describes it, whatever it means, and is no order. Not so before "sound" or
"part": "the coughing sound" is not all of the sound.
"""

from __future__ import annotations

import re

from studio.timeline.operations import (
    AddMusic,
    Cut,
    Duck,
    ExtractAudio,
    Fade,
    Mute,
    Operation,
    RemoveMusic,
    SetVolume,
    Visualize,
)
from studio.understanding.spans import SPAN

_BINDS = (
    r"(?:and|or|but|then|so|to|with|in|on|at|for|of|from|by|it|is|are|was|as|the|a|an|not|no|please|also|plus|into|"
    r"over|under|behind|off|out)"
)
_UNKNOWN = rf"(?:(?!{_BINDS}\b)[a-z][a-z'-]* )"
_WHOSE = r"(?:the|my|our|his|her|their|this|that|its|your|these|those|[a-z]+'s)"
_FILM = r"(?:videos?|clips?|vids?|footage|film|recording|movie|vlog|reel)"
_MUSIC = r"(?:music|bgm|songs?|soundtrack)"
_VOICE = r"(?:voices?|speech|words|talking|commentary)"
_OF_MUSIC = (RemoveMusic, AddMusic, Duck)
# Where what is spoken of stands behind the edit: "remove the music behind the toast".
_PREPOSITIONS: dict[type, str] = {
    RemoveMusic: r"(?:from under|from behind|from|off|out of|behind|under|underneath|beneath)",
    AddMusic: r"(?:behind|under|underneath|beneath|to|for)",
    ExtractAudio: r"(?:from|of|out of|off)",
    Visualize: r"(?:from|of|out of|for)",
}
_WHILE = re.compile(r"\b(?:when|while|whenever|under|if|as)\b.*$")
_Z_NAME = r"(?:(?!和|并|再|加|后|且|把|将)[\u4e00-\u9fff])"
_Z_OF_MUSIC = re.compile(rf"{_Z_NAME}{{1,6}}的(?=音乐|歌|配乐|背景|bgm|声音|人声|说话|讲话|话)")
_Z_OF_SOUND = re.compile(
    rf"{_Z_NAME}{{1,8}}的(?=录音|音频|歌|音乐|曲|播客|声音)|[把将给为]这[段首个条]{_Z_NAME}{{1,8}}?(?=做|变|转|弄|改|生成|配|加)"
)
_Z_THIS = re.compile(rf"(?<=[把将]){_Z_NAME}{{1,8}}这[段首个条](?=[存转导做变提])")
_Z_PART = re.compile(rf"(?<={SPAN})\s*的?那[段里儿]的?(?:(?![声音])[\u4e00-\u9fff]){{1,6}}(?=[剪删去切裁]|$)")
_Z_WHOSE = re.compile(
    "(?:老师|主持人?|嘉宾|新郎|新娘|导游|主播|歌手|教授|孩子|宝宝|女儿|儿子|司仪|受访者|采访者|讲师|演讲者|客户|同学|经理|老板|爷爷|奶奶)们?的?"
    "(?=声音?|话|说|讲|致)"
)


def undescribed(text: str, operations: tuple[Operation, ...]) -> str:
    """The words of a clause without those that only describe what `operations` work on."""
    kinds = {type(operation) for operation in operations}
    text = _before(_heads(operations)).sub("the ", text)
    for kind, words in _PREPOSITIONS.items():
        if kind in kinds:
            text = re.sub(
                rf"\b{words} {_WHOSE} {_UNKNOWN}{{0,2}}[a-z'-]+(?: with (?:the |my )?[a-z]+)?(?=\s*$|\s*,)", " ", text
            )
    if Duck in kinds:
        text = _WHILE.sub(" ", text)
    if not kinds & {Cut, Mute, Fade, SetVolume}:
        text = _Z_WHOSE.sub(" ", text)
    if kinds & {RemoveMusic}:
        text = _Z_OF_MUSIC.sub(" ", text)
    if kinds & {Visualize}:
        text = _Z_OF_SOUND.sub(" ", text)
    if kinds & {ExtractAudio}:
        text = _Z_THIS.sub(" ", text)
    return _Z_PART.sub(" ", text) if kinds & {Cut} else text


def _heads(operations: tuple[Operation, ...]) -> str:
    heads = [_FILM]
    if any(isinstance(operation, _OF_MUSIC) or _target(operation) == "bgm" for operation in operations):
        heads.append(_MUSIC)
    if any(isinstance(operation, RemoveMusic) or _target(operation) == "voice" for operation in operations):
        heads.append(_VOICE)
    return "|".join(heads)


def _before(heads: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_WHOSE} {_UNKNOWN}{{1,3}}(?={heads}\b)")


def _target(operation: Operation) -> str | None:
    return operation.target if isinstance(operation, SetVolume | Fade | Mute) else None
