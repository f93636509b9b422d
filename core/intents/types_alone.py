"""Requests that the type of the result fulfils by itself: "the sound as MP3" needs no edit of the timeline. Pure."""

from __future__ import annotations

import re

from core.intents.outputs import EXTRACTED, FILMED
from core.intents.plain import instruction
from core.intents.words import compiled

_EDITS = re.compile(
    r"\b(?:remov\w*|delet\w*|cut(?:s|ting)?|trim\w*|crop\w*|keep\w*|add(?:s|ing)?|insert\w*|mut(?:e|ed|ing)|lower\w*|"
    r"rais(?:e|ing)|loud\w*|quiet\w*|volume|fad(?:e|es|ing)|speed\w*|slow\w*|faster|merg\w*|join\w*|combin\w*|"
    r"mix (?:in|it|them|the|with)|replac\w*|separat\w*|isolat\w*|split\w*|clean\w*|de-?nois\w*|noise|bright\w*|"
    r"dark\w*|blur\w*|rotat\w*|flip\w*|revers\w*|loop\w*|titles?|captions?|subtitles?|watermarks?|vocals?|"
    r"voices?(?! (?:memo|note|message|recording))|translat\w*|dub\w*|shorte\w*|longer|undo|without|"
    r"(?:first|last) (?:\w+ )?(?:s|secs?|seconds?|minutes?|half|part)|from \d|\d+:\d+)\b"
    r"|[去删剪裁切掉]|加(?!载)|静音|音量|调[大小高低]|淡|变速|倍速|加速|减速|合并|合成|拼|混|降噪|噪|分离(?!音频|声音)|人声|伴奏"
    r"|标题|字幕|文字|水印|[前后]\d|最后|翻译|配音|撤销|保留"
)
_CONVERTS = re.compile(r"\b(?:convert|transcod|re-?encod|remux)\w*\b|转换|转码|转成|转为|转格式")


def is_done_by_its_type(text: str, *, sound: bool) -> bool:
    """Whether a file of the wanted type is all that is asked for. `sound`: the type is one of a sound.

    A sound is taken out of what there is; for a video only a conversion is no edit.
    """
    words = instruction(text)
    if not sound and (not _CONVERTS.search(words) or any(form.search(words) for form in compiled(FILMED))):
        return False
    for form in compiled(EXTRACTED):
        words = form.sub(" ", words)
    return not _EDITS.search(words)
