"""One record per operation: what calls for it, what it takes, and whether it destroys. All the rest is read from here.

A way is an ordered pattern of concepts and value kinds: "REMOVE|CUT MUSIC" is a verb of either kind, and music as its
object. `takes` is what else the record accounts for. How the concepts are said stands in the files of the languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from studio.reader import build_picture, build_sound, build_time
from studio.reader.model import Built, Seen
from studio.timeline import operations as o


@dataclass(frozen=True, slots=True)
class Record:
    """`build` makes operations of what was seen, an `Ask` where something is missing, or None: not meant.

    `slots` are the fields of the target that a later message may change.
    """

    name: str
    target: type | None
    ways: tuple[str, ...]
    takes: str
    build: Callable[[Seen], Built]
    slots: tuple[str, ...] = ()
    destroys: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way a record is called for: what must be there, each need with its alternatives."""

    record: Record
    pattern: str
    needs: tuple[frozenset[str], ...]
    accounts: frozenset[str]


_SOUNDS = "SOUND|MUSIC|VOICE|VOLUME|RECORDING|ORIGINAL"
_AMOUNTS = "percent db factor HALF TWICE TRIPLE QUARTER THIRD ABIT ALOT MORE"
_SHARES = "HALF|TWICE|TRIPLE|QUADRUPLE|QUARTER|THIRD"
_LOOKS = "place color SIZEBIG SIZESMALL WHOLE ATSTART ATEND span VIDEO SCREEN IMAGE"

RECORDS: tuple[Record, ...] = (
    Record(
        "trim",
        o.Trim,
        (
            "KEEP|ONLY|GET|EXTRACT span",
            "span REST REMOVE|CUT",
            "TRIM|CUT|LENGTH span",
            "REST REMOVE|CUT span",
            "EXCEPT span",
            "EXCEPT span REMOVE|CUT",
            "EXCEPT span KEEP",
            "MAKE span",
            "BEGIN|END span",
            "LOWER|LESSOF span",
            "span",
        ),
        "GET CHANGE KEEP ONLY VIDEO BEGIN END LENGTH MAKE ATSTART ATEND EXTRACT USE HIDE TRIM REST EXCEPT REMOVE:EXCEPT "
        "DOWNTO JOINCLIPS JOINBACK PIECE",
        build_time.trim,
        ("parts",),
        destroys=True,
    ),
    Record(
        "cut",
        o.Cut,
        ("span", "REMOVE|CUT|TRIM|SKIP span", "REMOVE|CUT|TRIM"),
        "REMOVE CUT VIDEO ATSTART ATEND ONLY BEGIN END SKIP PIECE OFF",
        build_time.cut,
        ("parts",),
        destroys=True,
    ),
    Record(
        "mute",
        o.Mute,
        ("MUTE", "NOSOUND", "REMOVE|CUT SOUND|ORIGINAL|VOLUME"),
        "span SOUND VIDEO ORIGINAL ONLY MUSIC VOLUME VOICE MAKE MUTE WHOLE TOOLOUD PIECE",
        build_sound.mute,
        ("parts",),
        destroys=True,
    ),
    Record(
        "volume",
        o.SetVolume,
        (
            f"LOWER|RAISE|LESSOF|MOREOF {_SOUNDS}",
            "LOWER|RAISE",
            "LESSOF|MOREOF percent|db|HALF|TWICE",
            "TOOLOUD|TOOQUIET",
            f"{_SOUNDS} percent|db|factor|{_SHARES}",
            f"{_SHARES} VOLUME",
            "MUSIC|SOUND|VOICE|VOLUME QUIETLY",
            "MAKE|CHANGE|SET VOLUME",
            "VOLUME factor",
            "db",
        ),
        f"{_AMOUNTS} span LOWER RAISE {_SOUNDS.replace('|', ' ')} VIDEO MAKE TOOLOUD TOOQUIET CHANGE LESSOF MOREOF PIECE",
        build_sound.volume,
        ("factor",),
    ),
    Record(
        "speed",
        o.Speed,
        (
            "FASTER|SLOWER",
            "TOOSLOW|TOOFAST",
            "RAISE|LOWER|LESSOF|MOREOF SPEED",
            "FASTER|SLOWER number",
            "SPEED number",
            f"SPEED factor|percent|{_SHARES}|span",
            f"{_SHARES} SPEED",
            "factor",
            "MAKE|CHANGE|SET SPEED",
            "FASTER|SLOWER factor|percent|HALF|TWICE",
        ),
        f"{_AMOUNTS} QUADRUPLE REST SPEED VIDEO MAKE FASTER SLOWER span USE number TOOSLOW TOOFAST CHANGE ADD PIECE",
        build_time.speed,
        ("factor",),
    ),
    Record(
        "fade",
        o.Fade,
        ("FADEIN", "FADEOUT", "FADE"),
        "span FADEIN FADEOUT FADE MUSIC SOUND ATSTART ATEND BOTH TOO VIDEO ADD MAKE SLOWER WHOLE VOLUME ABIT ONLY KEEP PIECE",
        build_sound.fade,
        ("seconds",),
    ),
    Record(
        "aspect",
        o.SetAspect,
        ("ratio", "pixels", "fit"),
        "ratio pixels fit MAKE VIDEO CUT TRIM EXTRACT ADD CHANGE REPLACE USE SENT SCREEN",
        build_picture.aspect,
        ("fit",),
    ),
    Record(
        "extract_audio",
        o.ExtractAudio,
        (
            "EXTRACT|GET|MAKE|ONLY|USE SOUND",
            "KEEP SOUND HIDE",
            "EXTRACT|GET|MAKE|KEEP|ONLY|USE|CHANGE format",
            "format",
            "SOUND HIDE",
            "EXTRACT|GET SOUND|MUSIC|RECORDING VIDEO",
            "REMOVE SOUND EXTRACT format",
            "AUDIOONLY",
            "CHANGE SOUND",
        ),
        "bitrate bits format SOUND VIDEO ONLY EXTRACT GET MAKE KEEP HIDE VOICE RECORDING SENT USE ORIGINAL AUDIOONLY CHANGE "
        "number REMOVE",
        build_sound.extract,
        ("kind",),
        destroys=True,
    ),
    Record(
        "merge_av",
        o.Merge,
        (
            "MERGE RECORDING|SENT|SOUND",
            "MERGE VIDEO",
            "MERGE FILES|format",
            "MERGE",
            "ADD|USE|MAKE RECORDING",
            "REPLACE SOUND|ORIGINAL|VOICE|RECORDING",
            "REPLACE SENT|MUSIC SOUND|ORIGINAL|VIDEO|VOICE",
            "ADD|USE RECORDING|MUSIC|SENT MIXIN",
            "MIXIN RECORDING|MUSIC|SENT",
            "USE SENT|MUSIC|RECORDING|file|filename SOUND|ORIGINAL",
            "REPLACE|ADD|USE|MERGE RECORDING|SENT|MUSIC|SOUND REMOVE|MUTE ORIGINAL",
            "USE|ADD MUSIC|RECORDING MUTE|REMOVE ORIGINAL",
        ),
        "ORIGINAL MIXIN KEEP SOUND VIDEO RECORDING SENT MUSIC file format filename REPLACE MERGE ADD USE VOICE ONLY IMAGE MAKE "
        "FILES TOO CHANGE number LENGTH",
        build_sound.merge,
        ("mix",),
    ),
    Record(
        "bgm",
        o.AddMusic,
        (
            "ADD|USE MUSIC",
            "MAKE MUSIC BACKGROUND",
            "file MUSIC",
            "ADD|USE|MERGE SENT|RECORDING|MUSIC percent",
            "ADD|USE|MERGE SENT|MUSIC LOOP|DUCK|QUIETLY",
            "BACKGROUND|MUSIC|SENT LOOP",
            "GENRE percent",
            "filename BACKGROUND|percent|VOLUME|ADD|USE",
            "MERGE MUSIC",
            "GENRE MUSIC|BACKGROUND",
            "ADD|USE|MAKE GENRE MUSIC",
            "BACKGROUND MUSIC|SENT",
            "MUSIC QUIETLY",
            "ADD|USE MUSIC|SENT SPEAKING LOWER|LESSOF|DUCK",
            "MUSIC|SENT BACKGROUND SPEAKING LOWER|LESSOF|DUCK",
            "BACKGROUND SPEAKING LOWER|LESSOF|DUCK",
            "ADD|USE SENT BACKGROUND",
            "BACKGROUND percent",
            "ADD|USE LOOP SENT",
        ),
        "percent QUIETLY HALF LOOP DUCK SPEAKING span file format filename MUSIC BACKGROUND SENT RECORDING SOUND VIDEO ADD "
        "USE MAKE VOLUME WHOLE ONLY VOICE QUARTER quote TOOLOUD GENRE",
        build_sound.music,
        ("volume",),
    ),
    Record(
        "duck",
        o.Duck,
        ("DUCK", "SPEAKING LOWER|LESSOF|QUIETLY|DUCK"),
        "TOOLOUD MUSIC LOWER LESSOF MAKE VOICE ONLY SOUND VOLUME SPEAKING BACKGROUND",
        build_sound.make_duck,
    ),
    Record(
        "remove_music",
        o.RemoveMusic,
        (
            "REMOVE|CUT MUSIC",
            "REMOVEMUSIC",
            "KEEP|ONLY|EXTRACT VOICE",
            "ONLY GET VOICE",
            "REMOVE|CUT|MUTE MUSIC KEEP|ONLY SOUND|VOICE|ORIGINAL",
        ),
        "TOOLOUD MUSIC VOICE KEEP ONLY REMOVE CUT VIDEO BACKGROUND EXTRACT USE ORIGINAL SOUND BOTH GET TOO MUTE",
        build_sound.remove_music,
        destroys=True,
    ),
    Record(
        "text",
        o.AddText,
        ("quote ADD|WRITE|TEXT|TITLE|MAKE|USE|SAYING", "quote", "ADD|WRITE|MAKE TEXT|TITLE"),
        f"{_LOOKS} TEXT TITLE ADD WRITE MAKE quote NAMEIT BACKGROUND USE SAYING",
        build_picture.text,
        ("text", "position", "color", "size", "part"),
    ),
    Record(
        "edit_text",
        o.EditText,
        (
            "REPLACE|CHANGE|MAKE|MISTAKE quote quote",
            "MOVE|MAKE|ADD|CHANGE TEXT|TITLE place",
            "CHANGE|MAKE|ADD TEXT|TITLE color",
            "CHANGE|MAKE TEXT|TITLE SIZEBIG|SIZESMALL",
            "TEXT|TITLE SIZEBIG|SIZESMALL|MOVE|place|color",
            "REPLACE TEXT|TITLE color",
            "MOVE place",
            "TEXT|TITLE CHANGE|SAYING quote",
            "KEEP|MOVE|MAKE TEXT|TITLE span",
            "MISTAKE quote TEXT|TITLE",
        ),
        f"{_LOOKS} TEXT TITLE quote REPLACE MOVE USE MISTAKE MAKE CHANGE TWICE factor",
        build_picture.edit_text,
        ("text", "position", "color", "size", "part"),
    ),
    Record("remove_text", o.RemoveText, ("REMOVE|CUT TEXT|TITLE",), "TEXT TITLE VIDEO place", build_picture.remove_text),
    Record(
        "visualize",
        o.Visualize,
        (
            "WAVE",
            "IMAGE|COVER VIDEO|MAKE|MERGE|ADD|USE|MUSIC|SOUND",
            "VIDEO MAKE|GET|USE|MUSIC|SOUND|RECORDING|SENT",
            "quote ARTIST",
        ),
        "WAVE ratio pixels quote IMAGE COVER BACKGROUND TITLE ARTIST NAMEIT MAKE ADD MUSIC SOUND VIDEO "
        "RECORDING MERGE SENT USE TEXT fit format MOVE EXTRACT bits WRITE SAYING ATSTART CHANGE HIDE GET",
        build_picture.visualize,
    ),
    Record(
        "rotate",
        o.Rotate,
        ("ROTATE", "MAKE|CHANGE degrees", "ROTATE degrees"),
        "degrees angle VIDEO MAKE CHANGE IMAGE ABIT SCREEN UPSIDEDOWN SIDEWAYS",
        build_picture.rotate,
        ("degrees",),
    ),
    Record("join", o.Join, ("JOINCLIPS MERGE|ADD", "JOINCLIPS"), "VIDEO MERGE", build_time.join),
    Record(
        "start_over",
        o.StartOver,
        ("RESET",),
        "VIDEO REMOVE UNDO STEPS ORIGINAL WHOLE",
        build_time.start_over,
        destroys=True,
    ),
    Record("undo", None, ("UNDO", "PUTBACK", "steps"), "steps STEPS REMOVE MAKE TWICE number", build_time.undo),
    Record("redo", None, ("REDO", "UNDO PUTBACK"), "steps STEPS UNDO", build_time.redo),
    Record(
        "cannot",
        None,
        ("CANNOT", "REMOVE|CUT|MUTE VOICE", "ADD|MAKE|REMOVE|CUT|WRITE|SAYING|KEEP|EXTRACT|GET|MUTE|LOWER|RAISE|USE|REPLACE|CHANGE BEYOND"),
        "CANNOT BEYOND place quote percent VIDEO SOUND TEXT fit ADD MAKE REMOVE VOICE color CHANGE number ratio",
        build_time.cannot,
    ),
)


@cache
def ways() -> tuple[Way, ...]:
    made: list[Way] = []
    for record in RECORDS:
        for pattern in record.ways:
            needs = tuple(frozenset(need.split("|")) for need in pattern.split())
            made.append(Way(record, pattern, needs, frozenset(record.takes.split()).union(*needs)))
    return tuple(made)


@cache
def record_of(name: str) -> Record:
    return next(record for record in RECORDS if record.name == name)
