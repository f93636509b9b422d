"""Runs a program to its end, or kills it within milliseconds when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

OnLine = Callable[[str], None]
Feed = Callable[[], Iterator[bytes]]

_TAIL = 65536
_PIPE = 1024 * 1024


async def execute(
    command: Sequence[str],
    on_line: OnLine | None = None,
    *,
    keep: int = _TAIL,
    feed: Feed | None = None,
    unreadable: Literal["replace", "surrogateescape"] = "replace",
) -> tuple[int, str]:
    """Exit code and the last `keep` bytes of stderr. Leaves no process behind, however it is left.

    `unreadable` is what becomes of bytes that are no UTF-8, as for `bytes.decode`.

    What `feed` yields is made in a thread and written to the program's stdin as fast as it is read there.
    """
    read, write = _pipe() if feed else (asyncio.subprocess.DEVNULL, None)
    try:
        process = await asyncio.create_subprocess_exec(
            *_leash(),
            *command,
            stdin=read,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except BaseException:
        if write is not None:
            os.close(write)
        raise
    finally:
        if write is not None:  # the program has its own; with ours open, a write to a dead one would wait for ever
            os.close(read)
    try:
        reading = [_lines(process.stdout, on_line), _tail(process.stderr, keep, unreadable)]
        pouring = [asyncio.to_thread(_pour, write, feed)] if feed and write is not None else []
        _, errors, *_ = await asyncio.gather(*reading, *pouring)
        return await process.wait(), errors or ""
    finally:
        await _kill(process)


@functools.cache
def _leash() -> tuple[str, ...]:
    """What makes the kernel kill a program when we are killed ourselves, with no time to do it.

    util-linux's `setpriv`; BusyBox has one without the option, and other systems have none. A `preexec_fn` could
    do it everywhere on Linux, but is not safe beside threads.
    """
    if (found := shutil.which("setpriv")) is None:
        return ()
    leash = (found, "--pdeathsig", "KILL", "--")
    try:
        subprocess.run([*leash, "true"], capture_output=True, timeout=5, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ()
    return leash


def _pour(pipe: int, feed: Feed) -> None:
    """In a thread. A program that ends before it has read all is no error here: its exit code says what it was."""
    with os.fdopen(pipe, "wb", buffering=0) as stdin, contextlib.suppress(BrokenPipeError):
        for piece in feed():
            left = memoryview(piece)
            while left:
                left = left[stdin.write(left) :]


def _pipe() -> tuple[int, int]:
    """Wide where the system allows it: a frame of video is a hundred times what a pipe usually holds."""
    read, write = os.pipe()
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not on every system

        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, _PIPE)
    return read, write


async def _lines(stream: asyncio.StreamReader | None, on_line: OnLine | None) -> None:
    while stream and (line := await stream.readline()):
        if on_line:
            on_line(line.decode("ascii", "replace").strip())


async def _tail(stream: asyncio.StreamReader | None, keep: int, unreadable: str) -> str:
    kept = bytearray()
    while stream and (chunk := await stream.read(65536)):
        kept += chunk
        if len(kept) > 2 * keep:  # not at every chunk: that would copy the whole of it each time
            del kept[:-keep]
    return kept[-keep:].decode("utf-8", unreadable)


async def _kill(process: asyncio.subprocess.Process) -> None:
    """SIGKILL: FFmpeg takes half a second over SIGTERM and leaves a short file that looks whole."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    await process.wait()
