"""What the agent says of what it did, and what it asks, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studio import phrases, questions
from studio.keeping import is_music
from studio.material import Step, clock, range_of
from studio.mixing import BITRATE, is_heard, music_of
from studio.operations import (
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Fade,
    Join,
    Merge,
    Mute,
    Part,
    RemoveMusic,
    RemoveText,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)
from studio.palette import colour_name
from studio.separation.methods import Method
from studio.timeline import Clip
from studio.understanding import About, Ask

_TEXTS = phrases.TEXTS | questions.TEXTS
_NOTICED = 300  # ms: less between two lengths is not worth a sentence
Sentences = Iterator[tuple[str, dict[str, str]]]

# Quotations and file names are in whatever language they are.
_NOT_OWN = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|「[^」]*」|《[^》]*》|^\s*File:.*$", re.MULTILINE)


def language_of(tag: str, text: str) -> str:
    """Chinese where the message is, and where a button's words come from a session that is; else English."""
    own_words = _NOT_OWN.sub("", text)
    return "zh" if tag.lower().startswith("zh") or re.search(r"[\u4e00-\u9fff]", own_words) else "en"


def say(key: str, language: str, **values: str) -> str:
    return _TEXTS[key][language].format(**values)


def listed(items: Sequence[str], language: str) -> str:
    """ "a, b and c"."""
    if language == "zh":
        return "、".join(items)
    return " and ".join([part for part in (", ".join(items[:-1]), items[-1]) if part])


def question(ask: Ask, language: str) -> str:
    """What we ask back, with what can be done where that helps."""
    key = f"ask_{ask.about.value}"
    if ask.about is About.UNSUPPORTED and not ask.word:
        key = "ask_unknown"
    word = questions.NAMES_IN_CHINESE.get(ask.word, ask.word) if language == "zh" else ask.word
    return say(key, language, word=word[:60], can=say("can", language))


def what_was_done(steps: Sequence[Step], language: str, separates: Method = Method.NET) -> str:
    """A sentence or two a step, each of the lengths at that step. `separates` is what will keep a voice."""
    gap = "" if language == "zh" else " "
    told = [sentence for step in steps for sentence in _sentences(step, language)]
    instead = {"voice_only": "voice_only_demucs"} if separates is Method.DEMUCS else {}
    return gap.join(say(instead.get(key, key), language, **values) for key, values in told)


def _sentences(step: Step, language: str) -> Sentences:
    match step.operation:
        case Trim(parts) | Cut(parts):
            yield from _cut_or_kept(step, parts, language)
        case Speed(factor):
            yield "speed", {"factor": f"{factor:g}", "length": clock(step.after.duration)}
        case StartOver():
            yield "started_over", {}
        case Join():
            yield from _joined(step, language)
        case SetAspect() | AddText() | EditText() | RemoveText() | Visualize():
            yield from _of_picture(step, language)
        case _:
            yield from _of_sound(step, language)


def _joined(step: Step, language: str) -> Sentences:
    clips = sorted(step.after.clips, key=lambda clip: clip.start)
    names = list(dict.fromkeys(f"“{clip.name}”" for clip in clips if not is_music(clip)))
    yield "joined", {"names": listed(names, language), "length": clock(step.after.duration)}
    if step.after.fit is not step.before.fit:
        yield "joined_shapes", {}


def _cut_or_kept(step: Step, parts: Sequence[Part], language: str) -> Sentences:
    whole, length = step.before.duration, clock(step.after.duration)
    if len(parts) == 1 and isinstance(step.operation, Trim):
        yield _trimmed(parts[0], step)
        return
    said = listed([_range(part, whole) for part in parts], language)
    yield "trim" if isinstance(step.operation, Trim) else "cut", {"range": said, "length": length}


def _trimmed(part: Part, step: Step) -> tuple[str, dict[str, str]]:
    whole = step.before.duration
    if range_of(part, whole) == (0, whole):
        return "trim_whole", {"whole": clock(whole)}
    kept = {"range": _range(part, whole), "length": clock(step.after.duration)}
    if part.end.at(whole) > whole + _NOTICED:
        return "trim_past_end", {**kept, "whole": clock(whole)}
    return "trim", kept


def _range(part: Part, whole: int) -> str:
    """Times that were named are repeated as they were said; others are rounded."""
    start, end = range_of(part, whole)
    named = part.end.share == 0 and part.end.at(whole) < whole
    return f"{clock(start, 1 if part.start.share else 2)}–{clock(end, 2 if named else 1)}"


def _of_picture(step: Step, language: str) -> Sentences:
    match step.operation:
        case SetAspect():
            size = f"{step.after.width}×{step.after.height}"
            fit = say(f"fit_{step.after.fit.value}", language)
            yield ("aspect" if step.operation.across else "fit_only"), {"size": size, "fit": fit}
        case AddText(text):
            title = step.after.titles[-1]
            shown = f"{clock(title.start)}–{clock(title.end)}"
            place = say(f"at_{title.position.value}", language)
            yield "text", {"text": text, "range": shown, "place": place}
        case EditText():
            yield "text_changed", _changed_text(step, language)
        case RemoveText():
            yield "text_removed", {}
        case Visualize():
            size = f"{step.after.width}×{step.after.height}"
            yield "visualize", {"size": size, "length": clock(step.after.duration)}


def _changed_text(step: Step, language: str) -> dict[str, str]:
    """The words that are not as they were, or the last."""
    changed = [title for title in step.after.titles if title not in step.before.titles] or [step.after.titles[-1]]
    title = changed[0]
    return {
        "text": title.text,
        "color": colour_name(title.color, language),
        "place": say(f"at_{title.position.value}", language),
        "range": f"{clock(title.start)}–{clock(title.end)}",
    }


def _of_sound(step: Step, language: str) -> Sentences:
    match step.operation:
        case ExtractAudio(kind):
            rate = {
                "mp3": f"{step.after.sound_only.bitrate_k if step.after.sound_only else BITRATE} kbps",
                "wav": "16 bit PCM",
                "m4a": "AAC",
            }[kind]
            yield "extract", {"kind": kind.upper(), "rate": rate, "length": clock(step.after.duration)}
        case Merge(mix, pad):
            yield ("mix" if mix else "merge") if is_heard(step.before) else "merge_silent", {}
            yield from _difference(step, pad)
        case AddMusic(query=query):
            yield from _music(step, query)
        case RemoveMusic(also):
            yield "music_taken_out" if music_of(step.before) else "voice_only", {}
            if also:
                yield "clean_audio", {}
        case Mute(parts, target):
            yield from _muted(step, parts, target, language)
        case _:
            yield from _of_level(step)


def _of_level(step: Step) -> Sentences:
    match step.operation:
        case Duck():
            yield "duck", {}
        case SetVolume(target):
            yield f"volume_{target}", {"level": _level(step, target)}
        case Fade(kind, _, target):
            yield f"fade_{kind}_{target if target == 'bgm' else 'all'}", {"seconds": _faded(step)}


def _music(step: Step, query: str | None) -> Sentences:
    clip = music_of(step.after)[-1]
    whole = (step.sound and step.sound.duration) or 0
    key = "music_looped" if clip.loop and whole < clip.duration - _NOTICED else "music"
    yield key, {"name": clip.name, "level": f"{clip.volume * 100:g}%"}
    if clip.ducked:
        yield "duck", {}
    if query:
        yield "music_no_library", {"query": query}


def _muted(step: Step, parts: Sequence[Part], target: str, language: str) -> Sentences:
    if parts:
        ranges = [_range(part, step.before.duration) for part in parts]
        yield "mute_part", {"range": listed(ranges, language)}
    elif target == "bgm":
        yield "music_taken_out", {}
    else:
        yield "mute" if is_heard(step.before) else "mute_silent", {}


def _level(step: Step, target: str) -> str:
    """What the first sound that was meant is now at."""
    meant = [clip for clip in step.after.clips if _is_meant(clip, target)]
    return f"{meant[0].volume * 100:.3g}%" if meant else "100%"


def _is_meant(clip: Clip, target: str) -> bool:
    return clip.volume > 0 and (target == "all" or is_music(clip) == (target == "bgm"))


def _faded(step: Step) -> str:
    before, after = step.before, step.after
    lengths = [after.fade_in - before.fade_in and after.fade_in, after.fade_out - before.fade_out and after.fade_out]
    old = {(clip.id, clip.start): clip for clip in before.clips}
    for clip in after.clips:
        was = old.get((clip.id, clip.start))
        lengths += [clip.fade_in if not was or was.fade_in != clip.fade_in else 0]
        lengths += [clip.fade_out if not was or was.fade_out != clip.fade_out else 0]
    said = step.operation.seconds if isinstance(step.operation, Fade) else None
    return f"{(max(lengths, default=0) or round((said or 1) * 1000)) / 1000:g}"


def _difference(step: Step, pad: bool | None) -> Sentences:
    """What a merge leaves over, where somebody would notice."""
    sound, whole = (step.sound and step.sound.duration) or 0, step.before.duration
    if abs(sound - whole) <= _NOTICED:
        return
    values = {"sound": clock(sound), "whole": clock(whole)}
    if sound < whole:
        yield "sound_short_cut" if pad is False else "sound_short", values
    else:
        yield "sound_long_padded" if pad else "sound_long", values
