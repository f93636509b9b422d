"""The files, and what has to be true of whatever is made of each: measured on what is decoded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.files import kinds
from tests.files.looking import begins_to_sound, combs, frame_times, luma, picture, pitch, size, tags
from tests.files.operations import Operation
from tests.making import make_animation, make_audio, make_clip, make_picture, make_turned

_HEIC = Path(__file__).with_name("photo.heic")  # nothing that is installed writes such
Check = Callable[[Path, Operation], str]


def fine(_: Path, __: Operation) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class File:
    """`make` makes it in a folder. `check` says what is wrong with a result, "" if nothing is. `refused` is the key of
    the error with which it is refused, if it is to be.
    """

    name: str
    make: Callable[[Path], Path]
    check: Check = fine
    refused: str = ""


def _toned(made: Path, operation: Operation) -> str:
    if operation.form != "mp4" or operation.name not in ("keep a part", "faster", "half as loud", "join"):
        return ""
    paper, sun = picture(made, 0.1)[18, 8].mean(), picture(made, 0.1)[18, 56].mean()
    return "" if abs(paper - 226) < 8 and abs(sun - 248) < 6 else f"white paper is {paper:.0f}, the sun {sun:.0f}"


def _black_outside(made: Path, operation: Operation) -> str:
    if operation.form != "mp4" or operation.name in ("square", "upright", "title", "fade out", "film of a picture"):
        return ""
    row = picture(made, 0.1)[18]
    return "" if max(row[4].max(), row[60].max()) < 40 < row[30][0] else f"outside it is {row[4]}"


def _no_combs(made: Path, operation: Operation) -> str:
    if operation.form != "mp4" or operation.name not in ("keep a part", "mute", "faster"):
        return ""
    found = combs(luma(made, (160, 96)))
    return "" if found < 10 else f"combs of {found:.0f}"


def _right_language(made: Path, operation: Operation) -> str:
    if operation.silent or operation.brings or operation.name in ("music-to-free", "faster"):
        return ""
    found = pitch(made)
    return "" if abs(found - 1200) < 30 else f"a tone of {found:.0f} Hz"


def _names_alone(made: Path, operation: Operation) -> str:
    found = tags(made)
    if left := {"location", "location-eng", "comment", "make", "creation_time", "timecode"} & set(found):
        return f"tags left: {', '.join(sorted(left))}"
    return "" if found.get("title") == "A walk" else "the title is gone"


def _in_time(made: Path, operation: Operation) -> str:
    if operation.name != "cut the beginning":
        return ""
    frames = zip(frame_times(made), luma(made, (160, 90)), strict=False)
    shown = next((at for at, frame in frames if frame.mean() > 128), np.inf)
    apart = abs(shown - begins_to_sound(made))
    return "" if apart < 0.033 else f"sound and picture are {apart * 1000:.0f} ms apart"


def _hd(made: Path, operation: Operation) -> str:
    wanted = {"upright": (1080, 1920), "square": (1080, 1080)}.get(operation.name)
    found = size(made)
    return "" if wanted in (None, found) else f"{found[0]}x{found[1]}"


def _named(made: Path, _: Operation) -> str:
    found = tags(made).get("title")
    return "" if found == "晴天" else f"the title is {found}"


def _named_in_japan(made: Path, _: Operation) -> str:
    found = tags(made).get("title")
    return "" if found == "夜に駆ける" else f"the title is {found}"


def _wide(folder: Path, size: str) -> Path:
    return make_clip(folder / f"{size}.mp4", seconds=1, size=size)


FILES = (
    File("phone.mp4", lambda at: make_clip(at / "phone.mp4", seconds=1.2)),
    File("turned.mp4", lambda at: make_turned(at / "turned.mp4", make_clip(at / "bare.mp4", seconds=1.2))),
    File("HDR10", lambda at: kinds.make_hdr(at / "hdr.mov"), _toned),
    File("HLG", lambda at: kinds.make_hdr(at / "hlg.mov", transfer="arib-std-b67"), _toned),
    File("ProRes with alpha", lambda at: kinds.make_transparent(at / "a.mov", "prores"), _black_outside),
    File("VP9 with alpha", lambda at: kinds.make_transparent(at / "a.webm", "vp9"), _black_outside),
    File("VP8 with alpha", lambda at: kinds.make_transparent(at / "a.webm", "vp8"), _black_outside),
    File("interlaced", lambda at: kinds.make_interlaced(at / "camera.mp4"), _no_combs),
    File("two languages", lambda at: kinds.make_two_sounds(at / "film.mkv"), _right_language),
    File("chapters and tags", lambda at: kinds.make_tagged(at / "walk.mp4"), _names_alone),
    File("uneven frames", lambda at: kinds.make_uneven(at / "screen.mp4"), _in_time),
    File("panorama 5:1", lambda at: _wide(at, "2000x400"), _hd),
    File("wide 2.4:1", lambda at: _wide(at, "1920x800"), _hd),
    File("GIF", lambda at: make_animation(at / "loop.gif", ms=(300, 300, 300, 300))),
    File("song in GBK", lambda at: kinds.make_named_in(at / "song.mp3", "gbk", "晴天", "周杰伦"), _named),
    File("voice.opus", lambda at: make_audio(at / "voice.opus", seconds=1.2)),
    File("book.m4b", lambda at: make_audio(at / "book.m4a", seconds=1.2).rename(at / "book.m4b")),
    File("radio.mp2", lambda at: make_audio(at / "radio.mp2", seconds=1.2)),
    File("voice.weba", lambda at: make_audio(at / "voice.webm", seconds=1.2).rename(at / "voice.weba")),
    File("song.mka", lambda at: make_audio(at / "song.mka", seconds=1.2)),
    File("film.ac3", lambda at: make_audio(at / "film.ac3", seconds=1.2)),
    File("x.mp4.part", lambda at: make_clip(at / "x.mp4", seconds=1.2).rename(at / "x.mp4.part")),
    File("no name at all", lambda at: make_clip(at / "recording.mkv", seconds=1.2).rename(at / "recording")),
    File("song in Shift-JIS", lambda at: kinds.make_named_in(at / "song.mp3", "cp932", "夜に駆ける"), _named_in_japan),
    File("ring.m4r", lambda at: make_audio(at / "ring.m4a", seconds=1.2).rename(at / "ring.m4r")),
    File("film.f4v", lambda at: make_clip(at / "film.mp4", seconds=1.2).rename(at / "film.f4v")),
    File("photo.bmp", lambda at: make_picture(at / "photo.bmp")),
    File("photo.tiff", lambda at: make_picture(at / "photo.tiff")),
    File("photo.jfif", lambda at: make_picture(at / "photo.jpg").rename(at / "photo.jfif")),
    File("photo.heic", lambda at: Path(shutil.copy(_HEIC, at))),
    File("rgba64.png", lambda at: kinds.make_transparent(at / "logo.png", "rgba64"), _black_outside),
    File("96 megapixels", lambda at: kinds.make_huge(at / "huge.png"), refused="too-many-pixels"),
    File("no index", lambda at: kinds.make_without_index(at / "broken.mp4"), refused="broken-file"),
    File("disc.vob", lambda at: kinds.make_vob(at / "disc.vob")),
)
