from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bots.console.outgoing import save_result
from core.messages import MediaFile, MediaKind


def _made(folder: Path, content: bytes, name: str = "clip.mp3") -> MediaFile:
    path = folder / f"made-{hash(content)}"
    path.write_bytes(content)
    return MediaFile(path, name, MediaKind.AUDIO, len(content))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "out"


def test_a_result_is_saved_under_its_name_in_a_folder_that_is_made_for_it(tmp_path: Path, out: Path) -> None:
    saved = save_result(_made(tmp_path, b"one"), out)
    assert saved == out / "clip.mp3"
    assert saved.read_bytes() == b"one"
    assert list(out.iterdir()) == [saved]


def test_nothing_is_written_over(tmp_path: Path, out: Path) -> None:
    saved = [save_result(_made(tmp_path, content), out) for content in (b"one", b"two", b"three")]
    assert [path.name for path in saved] == ["clip.mp3", "clip-2.mp3", "clip-3.mp3"]
    assert [path.read_bytes() for path in saved] == [b"one", b"two", b"three"]


def test_the_same_content_again_is_the_same_file(tmp_path: Path, out: Path) -> None:
    for content in (b"one", b"two", b"one", b"two"):
        save_result(_made(tmp_path, content), out)
    assert sorted(path.name for path in out.iterdir()) == ["clip-2.mp3", "clip.mp3"]


def test_a_folder_or_a_link_into_nowhere_is_not_replaced(tmp_path: Path, out: Path) -> None:
    (out / "clip.mp3").mkdir(parents=True)
    (out / "clip-2.mp3").symlink_to(tmp_path / "elsewhere")
    assert save_result(_made(tmp_path, b"one"), out).name == "clip-3.mp3"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("../../etc/passwd.mp3", "passwd.mp3"),
        ("/abs/olute.mp3", "olute.mp3"),
        ("..", "file"),
        (".hidden.mp3", "hidden.mp3"),
        ("a\x1b[31m\u202egpj.mp3", "a[31mgpj.mp3"),
        ("视频 one.mp3", "视频 one.mp3"),
    ],
)
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, out: Path, name: str, saved_as: str) -> None:
    saved = save_result(_made(tmp_path, b"one", name), out)
    assert saved == out / saved_as


def test_the_longest_name_can_be_saved_twice(tmp_path: Path, out: Path) -> None:
    for content in (b"one", b"two"):
        assert save_result(_made(tmp_path, content, "字" * 300 + ".mp3"), out).suffix == ".mp3"


def test_a_full_disk_leaves_nothing_that_looks_like_a_result(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(source: Path, to: Path) -> None:
        to.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", no_space)
        with pytest.raises(OSError, match="No space"):
            save_result(_made(tmp_path, b"one"), out)
    assert list(out.iterdir()) == []
    assert save_result(_made(tmp_path, b"one"), out).name == "clip.mp3"
