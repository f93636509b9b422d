"""What the agent says, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from studio.editing import Step, clock, span_of
from studio.operations import ExtractAudio, Merge, Mute, Trim
from studio.timeline import Timeline

_NOTICED = 300  # ms: less between two lengths is not worth a sentence

_TEXTS = {
    "extract": {
        "en": "I took the audio out as {kind} ({rate}, {length}).",
        "zh": "已提取音频，格式为 {kind}（{rate}，{length}）。",
    },
    "trim": {
        "en": "I kept {start}–{end}; it is now {length} long.",
        "zh": "已保留 {start}–{end}，现在时长 {length}。",
    },
    "trim_past_end": {
        "en": "It was only {whole} long, so I kept {start}–{end}; it is now {length} long.",
        "zh": "原来只有 {whole}，所以保留了 {start}–{end}，现在时长 {length}。",
    },
    "trim_whole": {
        "en": "It is only {whole} long, so I kept all of it.",
        "zh": "总时长只有 {whole}，所以全部保留了。",
    },
    "trim_reversed": {
        "en": "{start} comes after {end}, so I changed nothing. Which part shall I keep?",
        "zh": "{start} 在 {end} 之后，所以没有做任何修改。您想保留哪一段？",
    },
    "merge": {
        "en": "I merged the audio with the video; it replaces the video's own sound.",
        "zh": "已将音频与视频合成，替换了视频原声。",
    },
    "mix": {
        "en": "I mixed the audio with the video's own sound.",
        "zh": "已将音频与视频原声混合。",
    },
    "merge_silent": {
        "en": "I merged the audio with the video, which had no sound of its own.",
        "zh": "已将音频与视频合成，视频原本没有声音。",
    },
    "sound_short": {
        "en": "The audio lasts {sound} and the video {whole}, so the end of it has no added sound.",
        "zh": "音频时长 {sound}，视频时长 {whole}，所以结尾部分没有这段音频。",
    },
    "sound_long": {
        "en": "The audio lasts {sound} and the video {whole}, so the audio ends with the video.",
        "zh": "音频时长 {sound}，视频时长 {whole}，所以音频随视频一起结束。",
    },
    "mute": {"en": "I muted the video.", "zh": "已将视频静音。"},
    "mute_silent": {"en": "The video had no sound already.", "zh": "视频原本就没有声音。"},
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
    "undone": {"en": "I took back the last edit.", "zh": "已撤销上一次编辑。"},
    "nothing_to_undo": {"en": "There is no edit to take back.", "zh": "没有可以撤销的编辑。"},
    "too_much": {
        "en": "That is more than fits into one project, so I changed nothing.",
        "zh": "这超出了一个项目的容量，所以没有做任何修改。",
    },
    "trim_empty": {
        "en": "That would leave nothing, so I changed nothing.",
        "zh": "这样什么都不会留下，所以没有做任何修改。",
    },
    "trim_outside": {
        "en": "That span lies outside of it: it is {length} long. I changed nothing.",
        "zh": "这个时间段超出了范围：总时长为 {length}。没有做任何修改。",
    },
}


# Quotations and file names are in whatever language they are.
_NOT_OWN = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|「[^」]*」|《[^》]*》|^\s*File:.*$", re.MULTILINE)


def language_of(tag: str, text: str) -> str:
    """Chinese where the message is, and where a button's words come from a session that is; else English."""
    own_words = _NOT_OWN.sub("", text)
    return "zh" if tag.lower().startswith("zh") or re.search(r"[\u4e00-\u9fff]", own_words) else "en"


def say(key: str, language: str, **values: str) -> str:
    return _TEXTS[key][language].format(**values)


def what_was_done(steps: Sequence[Step], language: str) -> str:
    """A sentence or two a step, each of the lengths at that step."""
    gap = "" if language == "zh" else " "
    return gap.join(say(key, language, **values) for step in steps for key, values in _sentences(step))


def _sentences(step: Step) -> Iterator[tuple[str, dict[str, str]]]:
    match step.operation:
        case ExtractAudio(kind, bitrate):
            rate = {"mp3": f"{bitrate} kbps", "wav": "16 bit PCM", "m4a": "AAC"}[kind]
            yield "extract", {"kind": kind.upper(), "rate": rate, "length": clock(step.after.duration)}
        case Trim():
            yield _trimmed(step.operation, step)
        case Merge(mix):
            yield ("mix" if mix else "merge") if _is_heard(step.before) else "merge_silent", {}
            yield from _difference(step)
        case Mute():
            yield "mute" if _is_heard(step.before) else "mute_silent", {}
        case _:
            assert_never(step.operation)


def _trimmed(trim: Trim, step: Step) -> tuple[str, dict[str, str]]:
    whole = step.before.duration
    start, end = span_of(trim, whole)
    if (start, end) == (0, whole):
        return "trim_whole", {"whole": clock(whole)}
    named = trim.end is not None and 0 <= trim.end * 1000 < whole
    kept = {
        "start": clock(start, 2 if trim.start >= 0 else 1),
        "end": clock(end, 2 if named else 1),
        "length": clock(step.after.duration),
    }
    if trim.end is not None and trim.end * 1000 > whole + _NOTICED:
        return "trim_past_end", {**kept, "whole": clock(whole)}
    return "trim", kept


def _difference(step: Step) -> Iterator[tuple[str, dict[str, str]]]:
    """What a merge leaves over, where somebody would notice."""
    sound, whole = (step.sound and step.sound.duration) or 0, step.before.duration
    if abs(sound - whole) > _NOTICED:
        yield "sound_short" if sound < whole else "sound_long", {"sound": clock(sound), "whole": clock(whole)}


def _is_heard(timeline: Timeline) -> bool:
    return any(clip.volume > 0 for clip in timeline.clips)
