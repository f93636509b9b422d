"""Chooses the skill for a request. If the words name no output type, the result has the skill's."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from core.files import Kind
from core.intents import converts_openly, joins_files, kinds_said, output_of
from core.intents.plain import instruction
from core.skills.book import SkillBook
from core.skills.model import Skill

_SOUNDS = ("mp3", "wav", "m4a")
_PICTURE = re.compile(
    r"\b(?:video|clip|film|movie|waveform|audiogram|visuali\w+|animat\w+|vertical|portrait|square|landscape|cover|picture|"
    r"photo|image|post|shar(?:e|able|eable)|tiktok|reels?|shorts|youtube|instagram|\d+:\d+)\b"
    r"|视频|影片|画面|波形|可视化|封面|图片|照片|竖屏|横屏|竖版|方形|抖音|发布"
)
_THERE = re.compile(
    r"\b(?:this|these|that|the|my|its?|his|her|their|background)\b[^.;,]{0,25}\b"
    r"(?:videos?|clips?|films?|songs?|music|audio|sounds?|tracks?|files?|voice|recordings?|mp[34]|bgm|it)\b"
    r"|\b(?:this|it)\b|这|该|我的|把|视频[里中的]|(?:背景)?音乐|人声|声音"
)
_NOT_REFUSED = r"(?<!don't )(?<!do not )(?<!never )(?<!别)(?<!不要)(?<!不用)"


def choose_skill(book: SkillBook, request: str, kinds: Iterable[Kind], chosen: str = "", default: str = "") -> Skill:
    """The skill for `request` on files of these `kinds` (the project's files where none came with it).

    What somebody chose wins. Otherwise a skill with the output that the request is after, by its keywords and
    the files it is made for; `default` is taken where the words speak for none, but never against the output:
    trimming a video ends in a video although the default makes an MP3. Raises `LookupError` on an empty book.
    """
    if picked := book.named(chosen):
        return picked
    present = frozenset(kinds) - {"other"} or frozenset[Kind]({"video"})
    if converts_openly(request):
        present = kinds_said(request) or present
    sound = _wants_sound(request, present)
    fitting = [skill for skill in book.skills if (skill.output in _SOUNDS) is sound] or list(book.skills)
    if not fitting:
        raise LookupError("no skills")
    said, joins = instruction(request), len(present) > 1 and joins_files(request, present)
    fits = {skill.name: _fit(skill, said, joins, present) for skill in fitting}
    best = max(fitting, key=lambda skill: fits[skill.name])
    if fits[best.name] > 0:
        return best
    usual = book.named(default)
    return usual if usual and usual in fitting else max(fitting, key=lambda skill: len(skill.inputs))


def is_about_a_file(book: SkillBook, request: str) -> bool:
    """Whether the words are those of a skill and speak of something that is there already: nothing can be done then
    without a file. A film "about the sea" is one that the agent may make of nothing."""
    if converts_openly(request):
        return True
    said = instruction(request)
    return _THERE.search(said) is not None and any(
        _occurs(keyword, said) for skill in book.skills for keyword in skill.keywords
    )


def _wants_sound(request: str, kinds: frozenset[Kind]) -> bool:
    output = output_of(request)
    if output:
        return output in _SOUNDS
    if converts_openly(request):  # into what it is not yet
        return "audio" not in kinds
    # A sound alone stays a sound, unless something is to be seen.
    return kinds == {"audio"} and not _PICTURE.search(instruction(request))


def _fit(skill: Skill, said: str, joins: bool, kinds: frozenset[Kind]) -> float:
    """How much speaks for a skill: keywords, and files that are just the ones it is made for. 0 for nothing."""
    if not kinds & (skill.inputs - {"image"} or skill.inputs):
        return 0  # a picture alone makes nothing a skill for sounds
    if "video" in kinds - skill.inputs:
        return 0
    spoken = sum(len(keyword.split()) for keyword in skill.keywords if _occurs(keyword, said))
    joining = len(kinds) > 1 and kinds <= skill.inputs and (joins or "video" not in kinds)
    made_for = kinds == skill.inputs and "audio" in kinds
    return spoken + 2 * joining + 0.5 * made_for


def _occurs(keyword: str, said: str) -> bool:
    """Whether the words of `keyword` stand in `said` in this order and near each other."""
    # Most keywords are out by their first word, and finding that out takes no pattern.
    return all(word in said for word in keyword.split()) and _form_of(keyword).search(said) is not None


@functools.cache  # as many as the skills have keywords
def _form_of(keyword: str) -> re.Pattern[str]:
    words = (rf"\b{re.escape(word)}\w*" if word.isascii() else re.escape(word) for word in keyword.split())
    return re.compile(_NOT_REFUSED + r"[^.;。；]{0,40}?".join(words))
