"""Clauses about how loud it is: volume, mute, fades, music that gives way to speech. Pure."""

from __future__ import annotations

import re

from studio.timeline.operations import END, START, AddMusic, Duck, Fade, Mute, Part, SetVolume, Target
from studio.understanding.cutting import EXCEPT, Reading
from studio.understanding.lexicon import Act, Thing
from studio.understanding.model import About, Ask
from studio.understanding.slots import decibels_in, factor_in, file_in, format_in, level_in, volume_in
from studio.understanding.spans import Kind
from studio.understanding.writing import Clause

_LENGTH = r"(\d+(?:\.\d+)?) ?-?(?:seconds?|secs?|s\b|秒)"
_FADE_LENGTHS = {
    "in": re.compile(rf"(?:fade[ -]?in|淡入|渐入)\D{{0,14}}?{_LENGTH}|{_LENGTH}的?\s*(?:fade[ -]?in|淡入|渐入)"),
    "out": re.compile(rf"(?:fade[ -]?out|淡出|渐出)\D{{0,14}}?{_LENGTH}|{_LENGTH}的?\s*(?:fade[ -]?out|淡出|渐出)"),
}


_NO_FADE = re.compile("(?:不要|不用|别|去掉|取消)[^,]{0,3}[淡渐]")
_TOO_QUIET = re.compile(
    r"^\W*(?:\w+ ){1,3}(?:is|are|was|sounds?) (?:\w+ ){0,2}(?:quiet|soft|faint)\b|"
    r"\b(?:too (?:quiet|soft|low|faint)|(?:can'?t|cannot|can not|hard to|barely) (?:\w+ )?hear|less "
    r"quiet)\b|太小|太轻|听不清|听不见|小了"
)
_TOO_LOUD = re.compile(r"\btoo loud\b|\b(?:turn|bring|take|dial)\S* (?:\S+ ){0,4}down\b|太大|太响|太吵|调低|调小|大了")
_BOTH = re.compile(r"\b(?:both|and)\b|都|和")
_LOUD = re.compile(
    r"\b(?:louder|quieter|too (?:loud|quiet)|can(?:'?t|not) hear (?:anything|a thing|it|him|her|them|me)|"
    r"turn it (?:up|down)|(?:sound|audio) (?:up|down))\b|大声|小声|响一点|听不清"
)
_MORE_BY = re.compile(
    r"\d ?(?:%|percent|per cent|pct) (?:more |less )?(?:loud|quiet|soft|high|low|strong|"
    r"weak)er\b|\d ?% (?:more|less)\b"
)
_LEVEL_TO = re.compile(
    r"\b(?:to|at|of|is|be|like|around) (?:about |around |an? |one )?(?:\d|third|quarter|fifth)|[:=]|到|至|为|(?<!\d)成"
)


# "Drop the picture and give me the audio" takes no sound away, and "remove all but the sound" neither.
_OF_PICTURE = re.compile(r"\b(?:just|only|except|out of|picture|images?|visuals?)\b|只|画面")
# "Remove the first 3 s of the song" takes time away, and not its sound.
_PART_OF_FILE = re.compile(
    r"(?:录音|音频|歌曲?|播客|语音)的?(?:前|后|最后|开头|结尾|第)|"
    r"\b(?:seconds?|minutes?|s) (?:of|from|off) (?:the|my|this) (?:recording|song|podcast|episode|track|mp3)\b"
)
_ALL_OF_IT = re.compile(r"\b(?:whole|entire) (?:video|clip|thing|film)|\bthis recording\b|整个(?:视频|片子)|全片")
_ALL_BUT = re.compile(
    r"\b(?:except|but|outside|apart from|other than|besides|excluding|without)\b|除了?|以外|之外|其他|其余"
)


def duck(clause: Clause) -> Reading:
    if not clause.does(Act.DUCK):
        return None
    adds = (
        clause.does(Act.ADD)
        and clause.names(Thing.MUSIC, Thing.RECORDING)
        and clause.says(r"\b(?:add|put|use|lay|play|insert|with)\b|加|配|放|(?<!不)用")
    )
    if adds:
        return (AddMusic(volume=volume_in(clause.words), source=file_in(clause.words), duck=True),)
    return (Duck(),)


def fade(clause: Clause) -> Reading:
    if not clause.does(Act.FADE) or clause.says(_NO_FADE):
        return None
    opens = clause.says(
        r"fade[ds]?[ -]?in|fad(?:e|ing) (?!out\b).{0,20}\bin\b|in and (?:fade[ -]?)?out|in & out|from black|淡入|渐入|"
        r"渐显|渐强|渐亮|慢慢亮|亮起来|\bease in|\b(?:start|begin|open)(?:s|ing)? with|gradually "
        r"(?:start|appear|increase|come)"
    )
    closes = clause.says(
        r"fade[ds]?[ -]?(?:away|out)|fad(?:e|ing) .{0,25}\bout\b|in and (?:fade[ -]?)?out|in & out|(?:to|"
        r"into) (?:black|silence|nothing|white)|淡出|渐出|渐隐|渐黑|渐弱|变黑|渐暗|慢慢[暗黑]|[暗黑]下[去来]|"
        r"gradually (?:end|disappear|decrease|die)|\b(?:end|finish|close|conclude)(?:s|ing)? with|"
        r"die out"
    )
    if not (opens or closes):
        at_start = clause.says(r"\b(?:start|beginning|opening|first|both)\b|开头|开始|首尾|头尾")
        at_end = clause.says(r"\b(?:end|ending|finish|last|both)\b|结尾|末尾|最后|片尾|首尾|头尾")
        opens, closes = (at_start, at_end) if at_start or at_end else (True, True)
    target: Target = "bgm" if clause.names(Thing.MUSIC) and not clause.names(Thing.VIDEO) else "all"
    if clause.names(Thing.MUSIC) and not clause.says(r"\b(?:video|picture|screen|clip)\b|画面|视频"):
        target = "bgm"
    if clause.names(Thing.MUSIC) and clause.says(r"\bnot the (?:video|picture|image|clip)\b"):
        target = "bgm"
    found: list[Fade] = []
    if opens:
        found.append(Fade("in", _fade_length(clause, "in", alone=not closes), target))
    if closes:
        found.append(Fade("out", _fade_length(clause, "out", alone=not opens), target))
    return tuple(found)


def _fade_length(clause: Clause, kind: str, *, alone: bool) -> float | None:
    """Its own where each has one, else the one that is named."""
    match = _FADE_LENGTHS[kind].search(clause.words)
    if match and not alone:
        return float(next(group for group in match.groups() if group))
    lengths = [span.seconds for span in clause.spans if span.seconds]
    return lengths[0] if len(set(lengths)) == 1 else float(next(g for g in match.groups() if g)) if match else None


def mute(clause: Clause) -> Reading:
    sound = clause.names(Thing.SOUND) and not clause.names(Thing.MUSIC)
    if format_in(clause.words, only="mp3 wav m4a aac") or clause.says(_PART_OF_FILE):
        return None
    off = clause.does(Act.MUTE) or (clause.does(Act.REMOVE) and sound) or clause.says(r"\bno (?:sound|audio)\b")
    if not off or (clause.does(Act.LOWER, Act.RAISE) and not clause.does(Act.MUTE)):
        return None
    if clause.does(Act.REMOVE) and not clause.does(Act.MUTE) and clause.says(_OF_PICTURE):
        return None
    parts = tuple(span.part for span in clause.spans if span.kind not in (Kind.LENGTH, Kind.POINT))
    if clause.spans and not parts:
        return Ask(About.PART)
    if parts and clause.says(EXCEPT):
        return (Mute(_around(parts[0])),) if len(parts) == 1 else Ask(About.PART)
    target: Target = "bgm" if clause.names(Thing.MUSIC) else "all"
    return (Mute(parts, target),)


def _around(part: Part) -> tuple[Part, ...]:
    """All but that part."""
    edges = (Part(START, part.start), Part(part.end, END))
    return tuple(edge for edge in edges if edge.start != edge.end)


def volume(clause: Clause) -> Reading:
    up, down = clause.does(Act.RAISE), clause.does(Act.LOWER)
    if clause.says(_TOO_QUIET):
        up, down = True, False
    elif clause.says(_TOO_LOUD):
        up, down = False, True
    thing = clause.names(Thing.SOUND, Thing.MUSIC, Thing.VOICE, Thing.VOLUME, Thing.ORIGINAL, Thing.RECORDING)
    level = level_in(clause.words)
    signed = clause.says(r"[+-] ?\d+(?:\.\d+)? ?d(?:b|ecibels?)\b")
    times = clause.names(Thing.VOLUME) and factor_in(clause.words)
    sets = clause.does(Act.SET) and thing and (level or times or decibels_in(clause.words) is not None)
    alone = clause.names(Thing.VOLUME) and (level or (signed and clause.says(r"音量|volume")))
    loud = clause.says(_LOUD)
    if not (((up or down) and thing) or sets or alone or loud):
        return None
    spans = [span for span in clause.spans if span.kind is not Kind.LENGTH]
    if any(span.kind is Kind.POINT for span in spans):
        return Ask(About.PART)
    if spans and clause.says(_ALL_BUT):
        return Ask(About.PART)
    parts = tuple(span.part for span in spans)
    factor, absolute = change_of(clause, up=up, down=down)
    return (SetVolume(_target(clause), factor, absolute, parts),) if 0 <= factor <= 4 else Ask(About.LEVEL)


def _target(clause: Clause) -> Target:
    if clause.says(_ALL_OF_IT):
        return "all"
    music, own = clause.names(Thing.MUSIC), clause.names(Thing.VOICE, Thing.ORIGINAL, Thing.RECORDING)
    if music and own and clause.says(_BOTH):
        return "all"
    if music:
        return "bgm"
    return "voice" if own else "all"


def change_of(clause: Clause, *, up: bool, down: bool) -> tuple[float, bool]:
    """The factor, and whether it is of the sound as it was recorded: "down by 20 %" is not, "down to 20 %" is."""
    louder = up and not down
    if (decibels := decibels_in(clause.words)) is not None:
        return round(10 ** ((-abs(decibels) if down and not up else decibels) / 20), 4), False
    level = level_in(clause.words)
    if level and level.exact:
        if (up or down) and (clause.says(_MORE_BY) or not clause.says(_LEVEL_TO)):
            return round(1 + level.share if louder else 1 - level.share, 4), False
        return level.share, True
    if clause.says(r"\b(?:double|twice)\b|翻倍|加倍|[大高]一倍|1倍|两倍|2倍"):
        return 2.0, False
    if level:
        return (1.5 if louder else 0.5), False
    if factor := factor_in(clause.words):
        return (round(1 / factor, 4) if down and not up and factor > 1 else factor), False
    return (1.5 if louder else 0.5), False
