"""`make files`: every odd but ordinary file made anew, every operation and every skill on it, and what came of that.

Prints a table and ends with 1 where anything was wrong. With `STUDIO_FFMPEG` it is that FFmpeg that is tried. `short`
takes a few operations for each file, in less than a minute of processor time.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.jobs.converting import as_uploadable
from core.media import Ffmpeg, Media
from studio import StudioSettings
from studio.server import Studio
from tests.files.looking import report
from tests.files.operations import OPERATIONS, SKILLS, Operation
from tests.files.table import FILES, File
from tests.making import chosen_ffmpeg, make_audio, make_clip, make_picture
from tests.studio.caller import Caller

_AT_ONCE = 2
_LEFT = ("Chapter #", "Data:", "Subtitle:", "Mastering display", "bt2020", "smpte2084", "arib-std-b67", "top first")


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    operation: str
    wrong: str  # "" where it came out right


class Bench:
    """A studio, the second files, and a folder for what is made."""

    def __init__(self, studio: Studio, ffmpeg: Ffmpeg, folder: Path) -> None:
        self._studio = studio
        self._ffmpeg = ffmpeg
        self._folder = folder
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._more = {
            "clip": make_clip(folder / "second.mp4", seconds=1),
            "song": make_audio(folder / "second.mp3", seconds=1),
            "photo": make_picture(folder / "photo.jpg"),
        }

    async def rows(self, file: File, operations: tuple[Operation, ...]) -> list[Row]:
        """Of one file, converted first as it is on its way into a chat's project."""
        folder = self._folder / file.name.replace(" ", "-")
        folder.mkdir()
        source = await asyncio.to_thread(file.make, folder)
        try:
            path, name, _ = await as_uploadable(self._ffmpeg, source, source.name)
        except UserError as error:
            return [Row(file.name, "upload", "" if error.key == file.refused else error.key)]
        if file.refused:
            return [Row(file.name, "upload", f"taken, not {file.refused}")]
        media = await self._ffmpeg.probe(path)
        if media is None:
            return [Row(file.name, "upload", "cannot be read")]
        wanted = [operation for operation in operations if _is_possible(operation, media)]
        done = await asyncio.gather(*(self._row(file, operation, path, name, media) for operation in wanted))
        return [Row(file.name, "upload", ""), *done]

    async def _row(self, file: File, operation: Operation, path: Path, name: str, media: Media) -> Row:
        async with self._gate:
            try:
                wrong = await self._wrong(file, operation, path, name, media)
            except AssertionError as error:
                wrong = str(error).partition("\n")[0] or "refused"
            return Row(file.name, operation.name, wrong)

    async def _wrong(self, file: File, operation: Operation, path: Path, name: str, media: Media) -> str:
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        more = (self._more[operation.brings],) if operation.brings else ()
        async with Caller(self._studio, client_id=folder.name) as caller:
            answer = (await caller.post_files(path, *more, names=(name, *(each.name for each in more)))).json()
            if answer["code"]:
                return f"upload: {answer['message']}"
            said = await caller.say(operation.words)
            if not (await caller.state())["draft"]:
                return f"said: {said[:80]}"
            made = await caller.render(folder, format=operation.form)
        found = await self._ffmpeg.probe(made)
        if found is None:
            return "the result cannot be read"
        return _shape(operation, media, found, made) or await asyncio.to_thread(file.check, made, operation)


def _is_possible(operation: Operation, media: Media) -> bool:
    if media.still or operation.needs == "still":
        return media.still and operation.needs == "still"
    match operation.needs:
        case "picture":
            return media.video is not None
        case "sound":
            return media.audio is not None
        case "sound alone":
            return media.video is None
        case "both":
            return media.video is not None
        case _:
            return True


def _shape(operation: Operation, media: Media, found: Media, made: Path) -> str:
    """What is wrong with any result: its length, its streams, and what must not be left of the source."""
    behind = 1.0 if operation.name == "join" else 0.0
    expected = operation.seconds(media.duration or 0, behind)
    if abs((found.duration or 0) - expected) > 0.15:
        return f"{found.duration} s long, not {expected:.2f}"
    if (media.video is not None or operation in SKILLS) and operation.form == "mp4" and not _plays(found):
        return f"no H.264 of 8 bits: {found.video}"
    if media.audio and not operation.silent and found.audio is None:
        return "the sound is gone"
    said = report(made)
    left = [sign for sign in _LEFT if sign in said]
    return f"left of the source: {', '.join(left)}" if left else ""


def _plays(media: Media) -> bool:
    video = media.video
    return (video is None and media.audio is not None) or (
        video is not None and video.codec == "h264" and video.pixel_format in ("yuv420p", "yuvj420p") and video.plain
    )


def _table(rows: list[Row]) -> None:
    widths = [max(len(row.file) for row in rows), max(len(row.operation) for row in rows)]
    for row in rows:
        print(f"{row.file:{widths[0]}}  {row.operation:{widths[1]}}  {row.wrong or 'right'}")


async def main(*, short: bool) -> bool:
    operations = tuple(each for each in (*OPERATIONS, *SKILLS) if not (short and each.long))
    ffmpeg = chosen_ffmpeg()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="cutroom-files-") as name:
        folder = Path(name)
        async with Studio(StudioSettings(data=folder / "data", ffmpeg=ffmpeg.binary)) as studio:
            bench = Bench(studio, ffmpeg, folder)
            for file in FILES:
                done = await bench.rows(file, operations)
                _table(done)
                rows += done
    wrong = [row for row in rows if row.wrong]
    used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"\n{ffmpeg.binary}: {len(rows) - len(wrong)} of {len(rows)} right, {used:.0f} s of processor time")
    if wrong:
        print()
        _table(wrong)
    return not wrong


if __name__ == "__main__":
    os.environ.setdefault("TZ", "UTC")
    sys.exit(0 if asyncio.run(main(short="short" in sys.argv[1:])) else 1)
