"""Words to operations. Pure: knows neither files nor timelines.

A request is understood whole or not at all: one that asks for something we cannot do changes nothing, and the
answer names what was in the way. So the words for what is not done yet are listed as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studio.operations import ExtractAudio, Merge, Mute, Operation, Trim
from studio.spans import Span, find_span, normalise_numbers


@dataclass(frozen=True, slots=True)
class Understood:
    """`files` are the names on "File:" lines."""

    operations: tuple[Operation, ...]
    files: tuple[str, ...] = ()

    @property
    def merges(self) -> bool:
        return any(isinstance(operation, Merge) for operation in self.operations)


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last edit. Only where it is all that is asked for."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`about` is the word that stood in the way, "" where there was none that we know."""

    about: str = ""


_FILE_LINE = re.compile(r"^[ \t]*File:[ \t]*(\S.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)

_UNDO = re.compile(
    r"(?:please )?(?:undo|take back|revert)(?: (?:that|it|this|(?:the )?last (?:edit|change|step|one)))?(?: please)?"
    r"|(?:请|帮我)?(?:撤销|撤回|回退)(?:一下|上一步|刚才的(?:修改|编辑)|上次的?(?:修改|编辑))?(?:吧)?"
)
_NOT_YET = re.compile(
    r"\b(?:titles?|text|captions?|subtitles?|watermark|crop|vertical|square|portrait|landscape|speed|faster|slower|"
    r"slow motion|fade|rotate|flip|filter|blur|transition|waveform|visuali[sz]er|gif|zoom|reverse|denoise|louder|"
    r"quieter|volume|brighter|colou?rs?|aspect|stabili[sz]e|translate|undo|bgm|background music|lo-?fi|vocals?)\b"
    r"|\b(?:remove|strip|take|turn|lower|delete|drop|kill|lose|isolate|separate)\b.{0,20}\b(?:music|song|noise)\b"
    r"|\bvoice only\b|\b(?:9:16|1:1|4:5|16:9)\b(?!\s*(?:-|to))"
    r"|标题|文字|字幕|水印|竖屏|横屏|正方形|加速|减速|倍速|慢动作|淡入|淡出|旋转|翻转|滤镜|模糊|转场|波形|倒放|降噪|调色|音量"
    r"|撤销|(?:去掉|去除|消除|删掉|移除).{0,4}(?:音乐|伴奏|噪音)|背景音乐|配乐|人声"
)

_SOUND = r"(?:audio|sound ?track|sound|voice|music|track|narration|voice ?over|recording)"
_EXTRACT = re.compile(
    r"\b(?:extract|rip|pull|grab|get|take|save|isolate|export|want|need|convert|turn|strip|only|just)\b"
    rf".{{0,40}}\b{_SOUND}\b|\b{_SOUND}[ -]only\b|(?<![a-z\d])(?:mp3|wav|m4a)(?![a-z\d])"
    r"|提取.{0,6}(?:音频|声音|音轨|音乐)|(?:音频|声音|音轨).{0,8}(?:提取|导出|分离|抽取|转成|保存)"
    r"|(?:只要|只留|只保留)(?:音频|声音)|转(?:成|换成|为)?\s*音频"
)
_MUTE = re.compile(
    r"\b(?:mute|silence)\b|\b(?:remove|drop|delete|kill|cut|turn off|without|no)\s+(?:the |all |its |any )?"
    r"(?:original )?(?:audio|sounds?)\b|静音|消音|无声"
    r"|(?:去掉|去除|删除|关掉|关闭)(?:原|所有|全部)?(?:的)?(?:声音|音频|原声)"
)
_MERGE = re.compile(
    r"\b(?:merge|combine|join|mux|sync|attach|overlay|lay|put|add|replace|swap|mix)\b.{0,60}"
    rf"\b(?:{_SOUND}|mp3|wav|m4a|video|clip|them|both)\b"
    r"|合成|合并|合在一起|混合|替换.{0,4}(?:原声|声音|音频)|(?:原声|声音|音频).{0,3}(?:换成|替换)"
    r"|配上.{0,6}(?:音频|音乐|声音|录音)"
)
_MIX = re.compile(
    r"\bmix\b|\b(?:keep|leave|along with|preserve)\b.{0,20}\b(?:original|own)\b|\bon top of\b"
    r"|保留原声|混合|混音|叠加"
)
# "Cut 10 to 20 s" is said for both keeping and removing, so the bare verb is in neither list.
_KEEP = re.compile(
    r"\b(?:trim|keep|only|shorten|clip|start(?:ing)?|ends?|make it|want|extract|mp3|wav|m4a)\b"
    r"|\bcut (?:it |this |the video |the clip |down )*to\b|保留|剪到|剪成|截|只要|留下|提取|取"
)
_REMOVE = re.compile(
    r"\b(?:remove|delete|cut out|cut off|drop|skip|lose|get rid of|take out|take off|trim off|chop off|chop)\b"
    r"|\b(?:trim|cut|take|chop|shave)\b.{0,25}\boff\b|去掉|删除|删掉|剪掉|切掉|裁掉|移除|去除|不要"
)
_ALONE = re.compile(r"^\W*(?:the )?(?:first|last|opening|final|前|最后|开头)")
_KIND = re.compile(r"(?<![a-z\d])(mp3|wav|m4a)(?![a-z\d])")
# What an MP3 of constant bit rate can have: of another number the encoder would make one of these unasked.
_RATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITRATE = re.compile(r"(?<!\d)(\d{2,3}) ?k(?:bps|b/s|bit)?(?![a-z])")


def understand(text: str) -> Understood | Undo | NotUnderstood:
    """What a message asks for, in English or Chinese."""
    files = tuple(_FILE_LINE.findall(text))
    words = normalise_numbers(unicodedata.normalize("NFKC", _FILE_LINE.sub("", text)).lower())
    if _UNDO.fullmatch(words.strip(" .!。！")):
        return Undo()
    if unknown := _NOT_YET.search(words):
        return NotUnderstood(unknown[0])
    operations = _operations(words)
    return Understood(operations, files) if operations else NotUnderstood()


def _operations(words: str) -> tuple[Operation, ...]:
    """All that the message asks for, () if some of it is beyond us."""
    span = find_span(words)
    muted, merged = _MUTE.search(words), _merge(words)
    if muted and span and not _KEEP.search(words):
        return ()  # silence for a part of it: not done yet, and the whole is not what was meant
    trim = _trim(words, span) if span else None
    if span and trim is None:
        return ()
    found: list[Operation | None] = [Mute() if muted else None, merged, trim]
    if not muted and not merged:
        found.append(_extract(words))
    return tuple(operation for operation in found if operation)


def _merge(words: str) -> Merge | None:
    if not _MERGE.search(words) or _MUTE.search(words):
        return None
    return Merge(mix=bool(_MIX.search(words)))


def _extract(words: str) -> ExtractAudio | None:
    if not _EXTRACT.search(words):
        return None
    kind = match[1] if (match := _KIND.search(words)) else "mp3"
    bitrate = int(match[1]) if (match := _BITRATE.search(words)) else 192
    match kind:
        case "wav" | "m4a" | "mp3":
            return ExtractAudio(kind, min(_RATES, key=lambda rate: abs(rate - bitrate)))
    return None


def _trim(words: str, span: Span) -> Trim | None:
    """A span to keep, or one to take away at an end. What is cut out of the middle is not done yet."""
    if _REMOVE.search(words):
        if span.start == 0 and span.end is not None:
            return Trim(start=span.end)
        return Trim(end=span.start) if span.end is None and span.start != 0 else None
    return Trim(span.start, span.end) if _KEEP.search(words) or _ALONE.search(words) else None
