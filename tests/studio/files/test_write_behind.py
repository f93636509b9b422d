from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import xxhash

from studio.errors import ApiError, disk_full
from studio.files import write_behind
from studio.files.write_behind import WriteBehind


def nothing(_: int) -> None:
    """Every batch may be written."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_behind, "_BATCH", 1000)
    monkeypatch.setattr(write_behind, "_WRITE", 300)


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 54_321])
async def test_what_is_added_in_any_pieces_is_what_is_written(tmp_path: Path, size: int) -> None:
    content, path = bytes(number % 251 for number in range(size)), tmp_path / "file"
    async with WriteBehind(path, nothing) as file:
        for start, end in ((0, 7), (7, 1900), (1900, 1900), (1900, size)):
            await file.add(content[start : min(end, size)])
    assert path.read_bytes() == content
    assert (file.size, file.digest) == (size, xxhash.xxh3_128(content).hexdigest())


async def test_what_the_check_raises_ends_it(tmp_path: Path) -> None:
    asked: list[int] = []

    def full(coming: int) -> None:
        asked.append(coming)
        if len(asked) == 3:
            raise disk_full()

    with pytest.raises(ApiError):
        async with WriteBehind(tmp_path / "file", full) as file:
            await file.add(bytes(10_000))
    assert asked == [1000] * 3
    assert (tmp_path / "file").stat().st_size == 2000


async def test_a_disk_that_refuses_is_noticed() -> None:
    with pytest.raises(OSError, match="No space left"):
        async with WriteBehind(Path("/dev/full"), nothing) as file:
            await file.add(bytes(1500))


async def test_a_cancelled_writer_closes_its_file(tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with WriteBehind(tmp_path / "file", nothing) as file:
            await file.add(bytes(5500))
            files.append(file)
            begun.set()
            await asyncio.Event().wait()

    files: list[WriteBehind] = []
    task = asyncio.create_task(write())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files[0]._file.closed
