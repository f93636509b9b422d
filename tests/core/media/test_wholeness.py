"""A file that ends too early is told from a whole one by its container."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.media import is_cut_short
from tests.making import chosen_ffmpeg, lengthened, make_audio, make_clip


def _part(path: Path, share: float) -> Path:
    content = path.read_bytes()
    cut = path.with_name(f"cut-{path.name}")
    cut.write_bytes(content[: int(len(content) * share)])
    return cut


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.m4a", "a.wav"])
@pytest.mark.parametrize("share", [0.2, 0.7, 0.999])
def test_a_file_without_its_end_is_cut_short(tmp_path: Path, name: str, share: float) -> None:
    whole = _made(tmp_path / name)
    assert not is_cut_short(whole)
    assert is_cut_short(_part(whole, share))


def _made(path: Path) -> Path:
    return make_clip(path, seconds=0.4) if path.suffix in (".mp4", ".mov") else make_audio(path, seconds=0.4)


async def test_a_film_that_plays_while_it_loads_is_cut_short_all_the_same(tmp_path: Path) -> None:
    clip, first, parts = make_clip(tmp_path / "a.mp4", seconds=0.4), tmp_path / "first.mp4", tmp_path / "parts.mp4"
    for made, flags in ((first, "+faststart"), (parts, "+frag_keyframe+empty_moov")):
        await chosen_ffmpeg().run(["-i", str(clip), "-c", "copy", "-movflags", flags], output=made)
        assert not is_cut_short(made)
        assert is_cut_short(_part(made, 0.9))


def test_what_stands_behind_a_whole_file_does_no_harm(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", seconds=0.4)
    assert not is_cut_short(lengthened(clip, tmp_path, 1000))
    for tail in (bytes(100), b"x", b"\x00\x00\x00\x00mdat", b"some words behind it"):
        clip.with_name("tail.mp4").write_bytes(clip.read_bytes() + tail)
        assert not is_cut_short(clip.with_name("tail.mp4"))


@pytest.mark.parametrize("content", [b"", b"ID3", b"RIFF", b"\x1aE\xdf\xa3rest", b"RIFF\xff\xff\xff\xffWAVE"])
def test_nothing_is_said_of_a_file_that_does_not_say_how_long_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert not is_cut_short(path)
