"""Operations of the sound, made of what was seen. No language in it."""

from __future__ import annotations

import re

from studio.timeline.operations import (
    AddMusic,
    Cut,
    Duck,
    ExtractAudio,
    Fade,
    Merge,
    Mute,
    Operation,
    RemoveMusic,
    SetVolume,
    Target,
    Trim,
)
from studio.understanding.build_picture import part_of_look
from studio.understanding.build_time import joined, parts_of, share_of
from studio.understanding.model import About, Ask, Built, Seen
from studio.understanding.spans import Kind, Span

_USUAL_BITRATES = (64, 96, 112, 128, 160, 192, 224, 256, 320)
_VIDEO_FILE = re.compile(r"\.(?:mp4|mov|avi|mkv|webm)$", re.IGNORECASE)
_WRITTEN = ("mp3", "wav", "m4a")
_LOUDEST = 10.0
_QUIET = 0.2


def mute(seen: Seen) -> Built:
    if (seen.has("MUSIC") or seen.is_only_sound) and seen.has("REMOVE", "CUT") and not seen.has("MUTE"):
        return None
    spans = joined(seen.spans())
    parts = parts_of(spans) or ()
    if (spans and not parts) or seen.has("EXCEPT") or _is_of_another_part(seen):
        return Ask(About.PART)
    return (Mute(parts, "bgm" if seen.has("MUSIC") else "all"),)


def _is_of_another_part(seen: Seen) -> bool:
    """ "Mute the rest", "make the intro louder": a part without its times; after a cut the rest is all there is."""
    if seen.has("REST") and not any(isinstance(each, Cut | Trim) for each in seen.before):
        return True
    return seen.has("ATSTART", "ATEND") and not seen.spans()


def _target(seen: Seen) -> Target:
    music, own = seen.has("MUSIC"), seen.has("VOICE", "ORIGINAL")
    if music and own and seen.has("TOOLOUD"):
        return "bgm"
    if music and own:
        sounds = {token.kind for token in seen.tokens if token.kind in ("MUSIC", "VOICE", "ORIGINAL")}
        return "all" if len(sounds) > 1 else "voice"
    return "bgm" if music else "voice" if own else "all"


def volume(seen: Seen) -> Built:
    asked = [kind for token in seen.tokens for kind in ("RAISE", "LOWER", "MOREOF", "LESSOF") if token.can_be(kind)]
    if not asked and seen.has("QUIETLY") and not share_of(seen):
        asked = ["LOWER"]
    up = asked[-1] in ("RAISE", "MOREOF") if asked else seen.has("TOOQUIET")
    down = asked[-1] in ("LOWER", "LESSOF") if asked else seen.has("TOOLOUD") and not up
    if seen.has("RAISE") and seen.has("LOWER"):
        return Ask(About.CLASH)
    sent = "audio" in seen.kinds and "video" in seen.kinds and seen.has("MUSIC", "BACKGROUND", "filename")
    if sent and not asked and not seen.has("VOLUME", "TOOLOUD", "TOOQUIET"):
        return None  # a song that was sent is to be added
    amounts = [token for token in seen.tokens if token.kind in ("percent", "factor", "db")]
    if len(amounts) > 1 or seen.spans(Kind.LENGTH) or any(token.prep == "to" for token in seen.all("span")):
        return None
    spans = joined(seen.spans())
    parts = parts_of(spans) or ()
    if (spans and not parts) or seen.has("EXCEPT") or _is_of_another_part(seen):
        return Ask(About.PART)
    if not (up or down or amounts or share_of(seen) or seen.has("TWICE", "TRIPLE")):
        return Ask(About.LEVEL)
    factor, absolute = _level(seen, up=up, down=down)
    return (SetVolume(_target(seen), factor, absolute, parts),) if 0 <= factor <= _LOUDEST else Ask(About.LEVEL)


def _level(seen: Seen, *, up: bool, down: bool) -> tuple[float, bool]:
    """How many times as loud, and whether as loud as recorded."""
    decibels, share = seen.number("db"), share_of(seen)
    if decibels is not None:
        return round(10 ** ((-abs(decibels) if down and not up else decibels) / 20), 4), False
    if seen.has("TWICE"):
        return 2.0, False
    if seen.has("TRIPLE"):
        return 3.0, False
    if share is not None:
        return _shared(seen, *share, up=up, down=down)
    if factor := seen.number("factor"):
        if factor == 1.0 and up:  # "大一倍"
            return 2.0, False
        return (round(1 / factor, 4) if down and factor > 1 else factor), False
    return (1.5 if up or not down else 0.5), False


def _shared(seen: Seen, share: float, prep: str, *, up: bool, down: bool) -> tuple[float, bool]:
    changed = round(1 + share if up else 1 - share, 4)
    if seen.has("percent"):
        by = (up or down) and prep not in ("to", "at", "of", "is") and not _is_apart(seen)
        return (changed, False) if by else (share, True)
    if share == 0.5:
        return (1.5 if up and (prep == "by" or seen.has("RAISE")) else 0.5), False
    return (changed, False) if prep == "by" or (up and prep != "to") else (share, True)


def _is_apart(seen: Seen) -> bool:
    """ "Quieter, 60 %": what it is to be, and not by how much."""
    marks = [token.start for token in seen.tokens if token.kind == "SEP"]
    verbs = [token.start for token in seen.tokens if token.kinds & {"RAISE", "LOWER", "MOREOF", "LESSOF"}]
    percent = seen.first("percent")
    return bool(percent and verbs and any(verbs[-1] < mark < percent.start for mark in marks))


def fade(seen: Seen) -> Built:
    spans = seen.spans()
    if any(span.kind is Kind.RANGE and span.part.start.seconds and not span.seconds for span in spans):
        return Ask(About.LEVEL)
    if len(spans) > 2 or any(span.kind in (Kind.FROM, Kind.UNTIL, Kind.AFTER, Kind.BEFORE) for span in spans):
        return None
    opens, closes = seen.has("FADEIN"), seen.has("FADEOUT")
    if seen.has("BOTH"):
        opens = closes = True
    if opens != closes and len(spans) > 1:
        return None
    if not (opens or closes):
        kinds = {span.kind for span in seen.spans()}
        opens = seen.has("ATSTART", "BOTH") or Kind.FIRST in kinds
        closes = seen.has("ATEND", "BOTH") or Kind.LAST in kinds
        if not (opens or closes):
            opens = closes = True
    of_music = seen.has("MUSIC") or bool(seen.before and isinstance(seen.before[-1], AddMusic))
    target: Target = "bgm" if of_music else "all"
    lengths = [(t.start, t.value.seconds) for t in seen.tokens if isinstance(t.value, Span) and t.value.seconds]
    lengths = sorted([*lengths, *((t.start, t.value) for t in seen.all("number") if isinstance(t.value, float))])
    if opens != closes and len(lengths) > 1:
        return None
    both = opens and closes
    made: list[Operation] = []
    if opens:
        made.append(Fade("in", _seconds(seen, "FADEIN", lengths, both=both), target))
    if closes:
        made.append(Fade("out", _seconds(seen, "FADEOUT", lengths, both=both), target))
    return tuple(made)


def _seconds(seen: Seen, kind: str, lengths: list[tuple[int, float]], *, both: bool) -> float | None:
    """The length that was said with it: the two in the order of what fades."""
    if not lengths:
        return None
    if not both or len(lengths) == 1:
        return lengths[0][1]
    heads = [token.start for name in ("FADEIN", "FADEOUT") for token in seen.all(name)]
    first_is_in = heads == sorted(heads)
    return lengths[0 if (kind == "FADEIN") == first_is_in else -1][1]


def merge(seen: Seen) -> Built:
    plainly = seen.has("MERGE") and seen.has("SOUND", "RECORDING") and not seen.has("IMAGE", "COVER", "WAVE")
    if (seen.is_only_sound and not plainly) or (
        "audio" not in seen.kinds and not seen.has("MERGE", "REPLACE", "MIXIN")
    ):
        return None
    if len(seen.all("filename")) == 2 and all(_VIDEO_FILE.search(str(t.value)) for t in seen.all("filename")):
        return None
    if seen.has("JOINCLIPS") and "audio" not in seen.kinds:
        return None
    source, original = seen.value("file"), seen.has("ORIGINAL")
    if seen.has("MIXIN") and original and seen.has("REMOVE", "MUTE"):
        return Ask(About.CLASH)
    changes = seen.has("REPLACE", "REMOVE", "MUTE")
    keeps = seen.has("MIXIN") or (original and (seen.has("KEEP", "TOO") or (seen.has("MERGE") and not changes)))
    removed = original and (seen.has("REMOVE", "MUTE", "OFF") or not seen.has("MERGE", "ADD"))
    instead = seen.has("REPLACE") or (seen.has("USE") and seen.has("SOUND") and not seen.has("MERGE", "ADD"))
    own_away = not keeps and (instead or removed)
    return (Merge(True if keeps else False if own_away else None, None, int(str(source)) if source else None),)


def music(seen: Seen) -> Built:
    if seen.is_only_sound or seen.has("IMAGE", "COVER") or seen.spans(Kind.LENGTH):
        return None
    if seen.has("REMOVE") and not seen.has("NOT:REMOVE"):
        return None
    if seen.has("ATSTART", "ATEND") and not seen.spans() and seen.has("ONLY"):
        return Ask(About.PART)
    calls = seen.has("ADD", "USE", "MERGE", "REPLACE", "MAKE", "GENRE", "BACKGROUND")
    if "audio" not in seen.kinds and not calls:
        return None
    share, source = share_of(seen), seen.value("file")
    quietly = seen.has("QUIETLY", "LOWER", "LESSOF") and not seen.has("DUCK", "SPEAKING")
    decibels = seen.number("db")
    level = (
        round(10 ** (decibels / 20), 4) if decibels is not None else share[0] if share else _QUIET if quietly else None
    )
    part = part_of_look(seen, lone=bool(seen.spans()))
    query = None if seen.has("SENT", "RECORDING", "format", "file", "filename") else _query(seen)
    loop, duck = True if seen.has("LOOP") else None, True if seen.has("DUCK", "SPEAKING") else None
    return (AddMusic(level, query, int(str(source)) if source else None, loop, duck, part),)


def _query(seen: Seen) -> str | None:
    """The words right before "music": what kind was wished for."""
    at = next((i for i, t in enumerate(seen.tokens) if t.can_be("MUSIC") or t.can_be("BACKGROUND")), 0)
    words: list[str] = []
    for token in reversed(seen.tokens[:at]):
        if token.kind in ("word", "GENRE"):
            words.insert(0, token.said)
        elif token.kind != "FILLER":
            break
    is_chinese = bool(words) and not words[0].isascii()
    return ("" if is_chinese else " ").join(words).rstrip("的") or None


def make_duck(seen: Seen) -> Built:
    return (Duck(),)


def remove_music(seen: Seen) -> Built:
    also = (
        seen.has("SOUND", "AUDIOONLY", "VOICE") and seen.has("GET", "EXTRACT") and seen.has("TOO", "BOTH", "AUDIOONLY")
    )
    return None if seen.has("format") else (RemoveMusic(also),)


def extract(seen: Seen) -> Built:
    film = any(not token.can_be("IT") for token in seen.all("VIDEO")) or seen.has("WAVE")
    if seen.is_only_sound and film and seen.has("MAKE", "CHANGE") and not seen.has("EXTRACT"):
        return None
    kinds = [str(token.value) for token in seen.all("format")]
    if seen.has("CONVERT") and not set(kinds) - {"mp4", "mov"} and not seen.has("SOUND", "AUDIOONLY"):
        return Ask(About.TARGET_FORMAT)
    if unknown := next((kind for kind in kinds if kind not in (*_WRITTEN, "mp4", "mov")), None):
        return Ask(About.FORMAT, unknown)
    good = [kind for kind in kinds if kind in _WRITTEN]
    if kinds and not good:
        return Ask(About.FORMAT, kinds[-1]) if kinds[-1] != "mp4" else None
    plainly = seen.has("EXTRACT", "GET", "MAKE", "KEEP", "ONLY", "CHANGE", "AUDIOONLY")
    if kinds and seen.has("SENT", "RECORDING", "MERGE") and not plainly:
        return None
    bare = seen.number("number")
    bitrate = seen.number("bitrate") or (bare if bare in _USUAL_BITRATES else None)
    kind = good[-1] if good else "mp3"
    rate = int(bitrate) if bitrate else None
    wanted = ExtractAudio("wav" if kind == "wav" else "m4a" if kind == "m4a" else "mp3", rate)
    return (RemoveMusic(), wanted) if good and seen.has("VOICE") and seen.has("ONLY") else (wanted,)
