"""Words the answer to a turn, in English and Chinese: what was done, or what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.agent import phrases, questions
from studio.agent.wording_sound import NOTICED, Sentences, listed, of_sound, spoken_range
from studio.separation.methods import Method
from studio.timeline.cuts import is_music
from studio.timeline.material import Step, clock, range_of
from studio.timeline.operations import (
    AddText,
    Cut,
    EditText,
    Join,
    Part,
    RemoveText,
    Rotate,
    SetAspect,
    Speed,
    StartOver,
    Trim,
    Visualize,
)
from studio.timeline.palette import colour_name
from studio.understanding import About, Ask, examples

_TEXTS = phrases.TEXTS | questions.TEXTS

# Quotations and file names are in whatever language they are.
_NOT_OWN = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|「[^」]*」|《[^》]*》|^\s*File:.*$", re.MULTILINE)


def language_of(tag: str, text: str) -> str:
    """Chinese if the message or the session's language is, else English."""
    own_words = _NOT_OWN.sub("", text)
    return "zh" if tag.lower().startswith("zh") or re.search(r"[\u4e00-\u9fff]", own_words) else "en"


def say(key: str, language: str, **values: str) -> str:
    return _TEXTS[key][language].format(**values)


def question(ask: Ask, language: str) -> str:
    """Words the question, or the refusal with the nearest things that can be done."""
    key = f"ask_{ask.about.value}"
    if not ask.word and ask.about in (About.UNSUPPORTED, About.WORDS, About.NOUN, About.LEFT):
        key = "ask_unknown"
    asked_for = [f"“{examples(language)[name]}”" for name in ask.near]
    listed_ = say("or", language).join([part for part in (", ".join(asked_for[:-1]), *asked_for[-1:]) if part])
    return say(key, language, word=ask.word[:60], near=say("near", language, examples=listed_) if listed_ else "")


def offered(steps: Sequence[Step], language: str, separates: Method = Method.NET) -> str:
    """Words what would be done."""
    told = [next(iter(_sentences(step, language))) for step in steps]
    wishes = [say(f"would_{key}", language, **values) for key, values in told]
    return say("offer", language, what=listed(wishes, language))


def what_was_done(steps: Sequence[Step], language: str, separates: Method = Method.NET) -> str:
    """Words one or two sentences for each step, with the lengths as of that step.

    `separates` is the method that will keep a voice.
    """
    gap = "" if language == "zh" else " "
    told = [sentence for step in steps for sentence in _sentences(step, language)]
    if len(steps) > 1:  # of all of them together it may not be true
        told = [(key, values) for key, values in told if key != "picture_untouched"]
    instead = {"voice_only": "voice_only_demucs"} if separates is Method.DEMUCS else {}
    return gap.join(say(instead.get(key, key), language, **values) for key, values in told)


def _sentences(step: Step, language: str) -> Sentences:
    match step.operation:
        case Trim(parts) | Cut(parts):
            yield from _cut_or_kept(step, parts, language)
        case Speed(factor):
            yield "speed", {"factor": f"{_speed_of(step, factor):g}", "length": clock(step.after.duration)}
        case StartOver():
            yield "started_over", {}
        case Join():
            yield from _joined(step, language)
        case SetAspect() | Rotate() | AddText() | EditText() | RemoveText() | Visualize():
            yield from _of_picture(step, language)
        case _:
            yield from of_sound(step, language)


def _speed_of(step: Step, factor: float) -> float:
    """The speed relative to the recording, earlier edits included."""
    return next((round(clip.speed, 3) for clip in step.after.clips if not is_music(clip)), factor)


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
    said = listed([spoken_range(part, whole) for part in parts], language)
    yield "trim" if isinstance(step.operation, Trim) else "cut", {"range": said, "length": length}


def _trimmed(part: Part, step: Step) -> tuple[str, dict[str, str]]:
    whole = step.before.duration
    if range_of(part, whole) == (0, whole):
        return "trim_whole", {"whole": clock(whole)}
    kept = {"range": spoken_range(part, whole), "length": clock(step.after.duration)}
    if part.end.at(whole) > whole + NOTICED:
        return "trim_past_end", {**kept, "whole": clock(whole)}
    return "trim", kept


def _of_picture(step: Step, language: str) -> Sentences:
    match step.operation:
        case SetAspect():
            size = f"{step.after.width}×{step.after.height}"
            fit = say(f"fit_{step.after.fit.value}", language)
            yield ("aspect" if step.operation.across else "fit_only"), {"size": size, "fit": fit}
        case Rotate(degrees):
            yield f"rotated_{degrees}", {"size": f"{step.after.width}×{step.after.height}"}
        case AddText(text):
            title = step.after.titles[-1]
            shown = f"{clock(title.start)}–{clock(title.end)}"
            place = say(f"at_{title.position.value}", language)
            yield "text", {"text": text, "range": shown, "place": place}
        case EditText(size=size):
            yield "text_changed", _changed_text(step, language)
            if size:
                yield "text_larger" if size > 1 else "text_smaller", {}
        case RemoveText():
            yield "text_removed", {}
        case Visualize():
            size = f"{step.after.width}×{step.after.height}"
            yield "visualize", {"size": size, "length": clock(step.after.duration)}


def _changed_text(step: Step, language: str) -> dict[str, str]:
    """Describes the title that differs from before, or the last one."""
    changed = [title for title in step.after.titles if title not in step.before.titles] or [step.after.titles[-1]]
    title = changed[0]
    return {
        "text": title.text,
        "color": colour_name(title.color, language),
        "place": say(f"at_{title.position.value}", language),
        "range": f"{clock(title.start)}–{clock(title.end)}",
    }
