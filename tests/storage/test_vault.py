from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import stat
from pathlib import Path

import pytest

from storage.vault import FileVault

TOKEN = "nmv_usr_a-secret"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "accounts.json"


async def test_what_was_written_is_read_by_the_next_process(path: Path) -> None:
    await FileVault(path).write("here", {"token": TOKEN, "client_id": "é"})
    assert await FileVault(path).read("here") == {"token": TOKEN, "client_id": "é"}


async def test_nothing_is_known_of_a_place_at_first(path: Path) -> None:
    assert await FileVault(path).read("here") == {}
    await FileVault(path).write("there", {"token": TOKEN})
    assert await FileVault(path).read("here") == {}


async def test_writing_replaces_one_place_whole_and_leaves_the_others(path: Path) -> None:
    vault = FileVault(path)
    await vault.write("here", {"token": "1", "user_id": "u"})
    await vault.write("there", {"token": "2"})
    await vault.write("here", {"token": "3"})
    assert [await vault.read("here"), await vault.read("there")] == [{"token": "3"}, {"token": "2"}]


async def test_only_its_owner_can_read_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{}")
    path.chmod(0o644)
    await FileVault(path).write("here", {"token": TOKEN})
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


async def test_what_another_process_wrote_is_seen_at_once(path: Path) -> None:
    ours, theirs = FileVault(path), FileVault(path)
    for token in ("1", "2", "3"):
        await theirs.write("here", {"token": token})
        assert await ours.read("here") == {"token": token}


async def test_what_a_person_mended_by_hand_is_seen(path: Path) -> None:
    vault = FileVault(path)
    await vault.write("here", {"token": "1", "user_id": "u"})
    path.write_text('{"here": {"token": "mended"}}')
    assert await vault.read("here") == {"token": "mended"}


async def test_what_a_caller_does_with_an_account_changes_none(path: Path) -> None:
    vault, mine = FileVault(path), {"token": "1"}
    await vault.write("here", mine)
    mine["token"] = "2"
    (await vault.read("here"))["token"] = "3"
    assert await vault.read("here") == {"token": "1"}


async def test_a_file_that_did_not_change_is_parsed_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await FileVault(path).write("here", {"token": "1"})
    vault, parsed = FileVault(path), list[str]()
    loads = json.loads

    def counted(text: str) -> object:
        parsed.append(text)
        return loads(text)

    monkeypatch.setattr("storage.vault.json.loads", counted)
    for _ in range(3):
        assert await vault.read("here") == {"token": "1"}
    assert len(parsed) == 1


async def test_writers_at_the_same_moment_lose_nothing(path: Path) -> None:
    vaults = [FileVault(path) for _ in range(3)]
    await asyncio.gather(*(vaults[n % 3].write(f"place {n}", {"token": str(n)}) for n in range(30)))
    assert [await vaults[0].read(f"place {n}") for n in range(30)] == [{"token": str(n)} for n in range(30)]


def _write_ten(path: Path, name: str) -> None:
    async def write() -> None:
        for number in range(10):
            await FileVault(path).write(f"{name} {number}", {"token": name})

    asyncio.run(write())


async def test_processes_that_write_at_the_same_moment_lose_nothing(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_write_ten, args=(path, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        await asyncio.to_thread(process.join)
    assert len(json.loads(path.read_text())) == 30


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"x"', b'{"here": "x"}', b"\xff\xfe", b'{"here": {"token": "x"}']
)
async def test_a_damaged_file_is_no_account_and_is_not_written_over(
    path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    vault = FileVault(path)
    assert await vault.read("here") == {}
    await vault.write("here", {"token": TOKEN})
    assert await vault.read("here") == {"token": TOKEN}
    assert path.with_suffix(".damaged").read_bytes() == content
    assert "damaged" in caplog.text


async def test_a_write_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = FileVault(path)
    await vault.write("here", {"token": "old"})

    def no_space(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", no_space)
        with pytest.raises(OSError, match="No space"):
            await vault.write("here", {"token": "new"})
    assert await vault.read("here") == {"token": "old"}
    await vault.write("here", {"token": "new"})
    assert await vault.read("here") == {"token": "new"}


async def test_no_token_is_in_its_repr_or_the_logs(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    vault = FileVault(path)
    await vault.write("here", {"token": TOKEN})
    await vault.read("here")
    assert TOKEN not in repr(vault) + str(vars(vault)) + caplog.text
