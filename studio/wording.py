"""What the agent says, in English and Chinese."""

from __future__ import annotations

import re
from typing import assert_never

from studio.editing import clock
from studio.operations import ExtractAudio, Merge, Mute, Operation, Trim
from studio.timeline import Timeline

_TEXTS = {
    "extract": {
        "en": "I took the audio out as {kind} ({rate}, {length}).",
        "zh": "已提取音频，格式为 {kind}（{rate}，{length}）。",
    },
    "trim": {
        "en": "I kept {start}–{end}; it is now {length} long.",
        "zh": "已保留 {start}–{end}，现在时长 {length}。",
    },
    "merge": {
        "en": "I merged the audio with the video; it replaces the video's own sound.",
        "zh": "已将音频与视频合成，替换了视频原声。",
    },
    "mix": {
        "en": "I mixed the audio with the video's own sound.",
        "zh": "已将音频与视频原声混合。",
    },
    "mute": {"en": "I muted the video.", "zh": "已将视频静音。"},
    "not_understood": {
        "en": "I did not understand that, so I changed nothing. I can extract the audio as MP3, trim, merge audio "
        "with video, and mute the video.",
        "zh": "我没有理解您的要求，所以没有做任何修改。我可以：提取音频（MP3）、剪辑片段、合成音频和视频、将视频静音。",
    },
    "not_yet": {
        "en": "I cannot do “{about}” yet, so I changed nothing. I can extract the audio as MP3, trim, merge audio "
        "with video, and mute the video.",
        "zh": "我还不支持“{about}”，所以没有做任何修改。"
        "我可以：提取音频（MP3）、剪辑片段、合成音频和视频、将视频静音。",
    },
    "no_files": {"en": "There is no file yet. Please send one first.", "zh": "还没有文件，请先发送一个文件。"},
    "no_such_file": {"en": "There is no file named “{name}” here.", "zh": "这里没有名为“{name}”的文件。"},
    "picture": {
        "en": "“{name}” is a picture; I can only edit video and audio so far.",
        "zh": "“{name}”是图片，我目前只能编辑视频和音频。",
    },
    "no_sound": {
        "en": "There is no sound in it, so I changed nothing.",
        "zh": "其中没有声音，所以没有做任何修改。",
    },
    "mute_sound_only": {
        "en": "This is only sound; muted, nothing would be left. I changed nothing.",
        "zh": "这里只有声音，静音后就什么都没有了，所以没有做任何修改。",
    },
    "merge_needs_video": {"en": "To merge I need a video as well.", "zh": "合成还需要一个视频文件。"},
    "merge_needs_audio": {"en": "To merge I need an audio file as well.", "zh": "合成还需要一个音频文件。"},
    "too_much": {
        "en": "That is more than fits into one project, so I changed nothing.",
        "zh": "这超出了一个项目的容量，所以没有做任何修改。",
    },
    "trim_outside": {
        "en": "That span lies outside of it: it is {length} long. I changed nothing.",
        "zh": "这个时间段超出了范围：总时长为 {length}。没有做任何修改。",
    },
}


def language_of(tag: str, text: str) -> str:
    """The session's language if it is one of ours, else the message's."""
    if tag:
        return "zh" if tag.lower().startswith("zh") else "en"
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"


def say(key: str, language: str, **values: str) -> str:
    return _TEXTS[key][language].format(**values)


def what_was_done(operations: tuple[Operation, ...], timeline: Timeline, language: str) -> str:
    """A sentence an operation, with the length that came of them."""
    gap = "" if language == "zh" else " "
    return gap.join(_done(operation, timeline, language) for operation in operations)


def _done(operation: Operation, timeline: Timeline, language: str) -> str:
    length = clock(timeline.duration)
    match operation:
        case ExtractAudio(kind, bitrate):
            rate = "16 bit PCM" if kind == "wav" else f"{bitrate} kbps"
            return say("extract", language, kind=kind.upper(), rate=rate, length=length)
        case Trim():
            first = min(timeline.clips, key=lambda clip: clip.start)
            start, end = clock(first.offset), clock(first.offset + timeline.duration)
            return say("trim", language, start=start, end=end, length=length)
        case Merge(mix):
            return say("mix" if mix else "merge", language)
        case Mute():
            return say("mute", language)
        case _:
            assert_never(operation)
