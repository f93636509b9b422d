"""Renders one draft to one file: prepares its inputs, encodes it, and checks what came out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.media import Ffmpeg, FfmpegFailed, Media
from studio.files.folders import Folders
from studio.records import Render
from studio.render.output import read_output
from studio.render.voices import Voices
from studio.separation.methods import Outcome, notices_of
from studio.store import Store
from studio.timeline.draft import read_draft
from studio.timeline.model import Timeline

if TYPE_CHECKING:
    from studio.render.preparing import Preparation, Progress

_BEFORE = 0.6


@dataclass(frozen=True, slots=True)
class Tools:
    """What a renderer works with."""

    store: Store
    folders: Folders
    ffmpeg: Ffmpeg
    voices: Voices


class _Shares:
    """Joins two progresses into one: preparation takes up to `_BEFORE` of it, if it reports any."""

    def __init__(self, report: Progress) -> None:
        self._report = report
        self._first = 0.0

    def before(self, share: float) -> None:
        self._first = _BEFORE
        self._report(self._first * share)

    def encoding(self, share: float) -> None:
        self._report(self._first + (1 - self._first) * share)


class Renderer:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def render(self, render: Render, on_progress: Progress) -> str:
        """Writes the result file and returns the names of its notices, separated by spaces.

        `on_progress` gets shares from 0 to 1. Raises `CannotRender`, `FfmpegFailed`.
        """
        draft = read_draft(json.loads(render.draft))
        output = read_output(json.loads(render.output), draft.sound_only)
        with self._tools.folders.work() as work:
            shares = _Shares(on_progress)
            preparation = await self._prepare(render, draft, work, shares.before)
            ready = await preparation.ready(draft, output)
            await self._tools.ffmpeg.run(
                ready.arguments(),
                output=self._tools.folders.result(render),
                duration=ready.plan.duration,
                on_progress=shares.encoding,
                feed=ready.strip,
            )
            told = [*notices_of(preparation.voices), *await preparation.limits_of(draft), *ready.plan.losses]
            return " ".join(told)

    async def probe(self, render: Render) -> Media:
        """The finished file. Raises `FfmpegFailed` for a file without frames, which FFmpeg itself accepts."""
        if media := await self._tools.ffmpeg.probe(self._tools.folders.result(render)):
            return media
        raise FfmpegFailed("nothing was encoded")

    async def _prepare(self, render: Render, draft: Timeline, work: Path, on_progress: Progress) -> Preparation:
        """Finds the files that the draft names by id, among those of its own session only."""
        from studio.render.preparing import Preparation  # noqa: PLC0415 - it brings numpy and Pillow, which only renders use

        tools = self._tools
        visual = {draft.visual.background, draft.visual.cover} if draft.visual else set()
        wanted = {clip.source for clip in draft.clips} | visual
        files = {file.id: file for file in tools.store.files(render.session) if file.id in wanted}
        paths = {file_id: tools.folders.source(file) for file_id, file in files.items()}
        sources: dict[str, Media] = {}
        for file_id, path in paths.items():
            if media := await tools.ffmpeg.probe(path):
                sources[file_id] = media

        async def keep_voice(source: str, work: Path, on_progress: Progress) -> tuple[Path, Outcome]:
            return await tools.voices.of(files[source], work, on_progress)

        return Preparation(tools.ffmpeg, work, paths, sources, keep_voice, on_progress)
