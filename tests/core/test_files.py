"""Files by name and type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files import CONVERTED, UPLOADABLE, Kind, extension_of, kind_of, safe_name


@pytest.mark.parametrize(
    ("name", "mime", "extension", "kind"),
    [
        ("clip.mp4", "", "mp4", "video"),
        ("CLIP.MOV", "video/quicktime", "mov", "video"),
        ("song.mp3", "audio/mpeg", "mp3", "audio"),
        ("cover.JPG", "", "jpg", "image"),
        ("loop.gif", "image/gif", "gif", "image"),
        ("loop.gif", "video/mp4", "gif", "video"),
        ("voice.webm", "audio/webm", "webm", "audio"),
        ("voice.mp4", "audio/mp4", "mp4", "audio"),
        ("voice.ogg", "audio/ogg; codecs=opus", "ogg", "audio"),
        ("film.ogg", "video/ogg", "ogg", "video"),
        ("old.flv", "", "flv", "video"),
        ("photo.heic", "", "heic", "image"),
        ("", "audio/ogg", "ogg", "audio"),
        ("", "video/quicktime", "mov", "video"),
        ("", "audio/x-m4a", "m4a", "audio"),
        ("", "AUDIO/MPEG", "mp3", "audio"),
        ("", "video/3gpp", "3gp", "video"),
        ("", "image/heic", "heic", "image"),
        ("voice message", "audio/mp4", "m4a", "audio"),
        ("my.holiday", "video/mp4", "mp4", "video"),
        ("song.mp3", "application/octet-stream", "mp3", "audio"),
        (".mp4", "", "mp4", "video"),
        ("clip.tar.mp4", "", "mp4", "video"),
        ("notes.pdf", "application/pdf", "pdf", "other"),
        ("notes", "", "", "other"),
        ("odd.xyz", "video/x-odd", "xyz", "video"),
        ("", "", "", "other"),
    ],
)
def test_a_file_is_what_its_name_or_type_says(name: str, mime: str, extension: str, kind: Kind) -> None:
    assert extension_of(name, mime) == extension
    assert kind_of(name, mime) == kind


@pytest.mark.parametrize("extension", [*UPLOADABLE, *CONVERTED])
def test_every_type_that_is_taken_has_a_kind(extension: str) -> None:
    assert kind_of(f"a.{extension}") != "other"


def test_what_is_converted_ends_in_a_type_that_is_taken() -> None:
    assert set(CONVERTED.values()) <= set(UPLOADABLE)
    assert not set(CONVERTED) & set(UPLOADABLE)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("clip.mp4", "clip.mp4"),
        ("我的 视频.mp4", "我的 视频.mp4"),
        ("../../etc/passwd", "passwd"),
        ("C:\\films\\clip.mp4", "clip.mp4"),
        ("/clip.mp4/", "clip.mp4"),
        ("..", "file"),
        ("", "file"),
        ("   ", "file"),
        (".mp4", "file.mp4"),
        (".env", "file.env"),
        ("a\r\nX-Header: 1.mp4", "aX-Header_ 1.mp4"),
        ("a\x00b.mp4", "ab.mp4"),
        ("gpj\u202e4pm.exe", "gpj4pm.exe"),
        ('a<b>:"c|d?*.mp4', "a_b___c_d__.mp4"),
        ("two  spaces .mp4", "two spaces.mp4"),
        ("dots...", "dots"),
        ("\ud800.mp4", "file.mp4"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("letter", ["a", "视", "🎬"])
def test_a_long_name_is_cut_and_keeps_its_type(letter: str) -> None:
    name = safe_name(letter * 500 + ".mp4")

    assert name.endswith(f"{letter}.mp4")
    assert len(name.encode()) <= 200


@given(st.text())
def test_any_name_can_be_made_safe(text: str) -> None:
    name = safe_name(text)

    assert name
    assert name == safe_name(name)
    assert not set(name) & set("/\\\0\r\n")
    assert name not in (".", "..")
    assert len(name.encode()) <= 200
