"""From the project to a file on this disk: submit under an id saved before, poll, download, and look inside."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

from core.conversion import AUDIO_TYPES, sound_of
from core.errors import (
    BackendDown,
    NothingToExport,
    OutcomeUnknown,
    Refused,
    RenderFailed,
    RenderTooSlow,
    SessionGone,
    TokenRefused,
)
from core.job import Stage
from core.media import Media
from core.messages import MediaFile, MediaKind
from core.nemo.models import RenderBroken, Rendered, RenderedWithoutUrl, Rendering, RenderUnknown, SessionState
from core.nemo.timeline import has_segments, read_timeline
from core.nemo.tracks import Kind
from core.work import Work

log = logging.getLogger(__name__)

# The shortest watch over a render that shows no news: ten polls, as the published client does.
PATIENCE_IN_POLLS = 10
POLLS_WITHOUT_URL = 3
POLLS_UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Result:
    """The finished file. `link` is public, "" where the backend gave none; `link_is_video` when the file was made here
    from what the link leads to."""

    file: MediaFile
    link: str
    link_is_video: bool = False


class _NotTaken(Exception):
    """The backend did not take or did not finish a render: another id may be tried, once."""


async def export(work: Work) -> Result:
    """Renders the project as it stands; picks up a render that was submitted before a restart.

    Raises `NothingToExport`, `RenderFailed`, `RenderTooSlow`, `NoSoundInResult` and what the backend refuses.
    """
    resumed = work.job.stage in (Stage.RENDERING, Stage.DELIVERING) and bool(work.job.render)
    for submit in (not resumed, True):
        try:
            url = await _submitted(work) if submit else await _watch(work)
            break
        except _NotTaken as error:
            log.warning("job %s: render %s was not taken: %s", work.job.id, work.job.render, error)
    else:
        raise RenderFailed(id=work.job.render)
    return await _fetched(work, url)


async def _submitted(work: Work) -> str:
    """Submits under a new id and watches it. Rendering is free, so a refused id may be followed by another."""
    work.status.show(work.say("rendering", percent=0))
    state = await work.state()
    if state.raw_draft is None or not has_segments(state.draft):
        raise NothingToExport
    output = wanted_output(work, state)
    form = output if output in work.tools.gateway.audio_formats else "mp4"
    # The id is saved before the POST: whoever comes after a crash polls it instead of rendering again.
    await work.save(stage=Stage.RENDERING, render=_new_id(work), output=output)
    try:
        await _submit(work, state.raw_draft, form)
    except OutcomeUnknown:
        log.warning("job %s: no answer to the render's submission; its id is polled", work.job.id)
    return await _watch(work)


async def _submit(work: Work, draft: str, form: str) -> None:
    client, job = work.tools.gateway.client, work.job
    try:
        polled = await work.ask(
            lambda who: client.start_render(who, job.render, job.session, draft, output_format=form)
        )
    except (SessionGone, TokenRefused):
        raise
    except Refused as error:
        if type(error) is not Refused:  # credits, plan, rate: another id would be refused as well
            raise
        raise _NotTaken(str(error.__cause__)) from error
    if polled != job.render:
        await work.save(render=polled)


def _new_id(work: Work) -> str:
    return f"render_{int(work.tools.clock.now() * 1000)}{secrets.randbelow(1000):03}"


def wanted_output(work: Work, state: SessionState) -> str:
    """The file type to end in: what the words ask for, what the project is (sound alone), what the skill declares."""
    if work.job.output:
        return work.job.output
    kinds = {track.kind for track in read_timeline(state.draft).tracks if track.segments}
    return "mp3" if kinds == {Kind.AUDIO} else work.skill.output


@dataclass(slots=True)
class _Patience:
    """How long a render may go without news. `bare` and `unknown` count answers that lead nowhere."""

    last_news: float
    polls: int = 0
    progress: float | None = None
    bare: int = 0
    unknown: int = 0


async def _watch(work: Work) -> str:
    """Polls until there is a URL; "" where the render is finished and only its id leads to the file."""
    patience = _Patience(work.tools.clock.now())
    while True:
        try:
            found, wait = await _poll(work, patience)
        except BackendDown:
            found, wait = None, None
        if found is not None:
            return found
        _check(work, patience)
        await work.tools.clock.sleep(wait if wait is not None else work.tools.settings.render_poll_seconds)


async def _poll(work: Work, patience: _Patience) -> tuple[str | None, float | None]:
    client, render = work.tools.gateway.client, work.job.render
    match await work.ask(lambda who: client.poll_render(who, render)):
        case Rendered(url):
            return url, None
        case RenderBroken(reason):
            raise _NotTaken(reason)
        case Rendering(progress, retry_after):
            _note(work, patience, progress)
            return None, retry_after
        case RenderedWithoutUrl():
            patience.bare += 1
            return ("" if patience.bare > POLLS_WITHOUT_URL else None), None
        case RenderUnknown():
            patience.unknown += 1
            if patience.unknown > POLLS_UNKNOWN:
                raise _NotTaken("the backend does not know the id")
            return None, None


def _note(work: Work, patience: _Patience, progress: float | None) -> None:
    if progress is not None and progress != patience.progress:
        patience.progress, patience.polls, patience.last_news = progress, 0, work.tools.clock.now()
        work.status.show(work.say("rendering", percent=round(progress * 100)), progress)


def _check(work: Work, patience: _Patience) -> None:
    patience.polls += 1
    longest = PATIENCE_IN_POLLS * work.tools.settings.render_poll_seconds
    quiet = work.tools.clock.now() - patience.last_news
    if patience.polls >= PATIENCE_IN_POLLS and quiet >= longest:
        raise RenderTooSlow(id=work.job.render)


async def _fetched(work: Work, url: str) -> Result:
    await work.save(stage=Stage.DELIVERING)
    work.status.show(work.say("downloading"))
    client, render = work.tools.gateway.client, work.job.render
    path = work.folder / "result"
    await work.ask(lambda who: client.download(who, render, url, path))
    media = await work.tools.ffmpeg.probe(path)
    if media is None:
        raise RenderFailed(id=work.job.render)
    if work.job.output in AUDIO_TYPES and not _is_sound(media, work.job.output):
        made = await _sound(work, path)
        media = await work.tools.ffmpeg.probe(made) or media
        return Result(await _media_file(work, made, media), url, link_is_video=True)
    named = path.with_suffix(f".{_extension(media)}")
    await asyncio.to_thread(path.rename, named)
    return Result(await _media_file(work, named, media), url)


async def _sound(work: Work, path: Path) -> Path:
    made = path.with_suffix(f".{work.job.output}")

    def on_progress(share: float) -> None:
        work.status.show(work.say("taking-the-sound", percent=round(share * 100)), share)

    await sound_of(work.tools.ffmpeg, path, made, name=made.name, on_progress=on_progress)
    return made


_FORMATS = {"mp3": "mp3", "wav": "wav", "flac": "flac", "ogg": "ogg", "aac": "aac", "gif": "gif", "avi": "avi"}


def _extension(media: Media) -> str:
    """By content, never by what the address ends in."""
    for name in media.format.split(","):
        if name in _FORMATS:
            return _FORMATS[name]
    if "matroska" in media.format:
        return "webm" if media.video and media.video.codec in ("vp8", "vp9", "av1") else "mkv"
    if "mov" in media.format or "mp4" in media.format:
        return "mp4" if media.video else "m4a"
    if media.still and media.video:
        return {"mjpeg": "jpg", "png": "png", "webp": "webp"}.get(media.video.codec, "jpg")
    return "mp4"


def _is_sound(media: Media, wanted: str) -> bool:
    return media.video is None and _extension(media) == wanted


async def _media_file(work: Work, path: Path, media: Media) -> MediaFile:
    project = await work.tools.store.project(work.job.place)
    stem = Path(project.source).stem or "cutroom"
    video = media.video
    return MediaFile(
        path=path,
        name=f"{stem}{path.suffix}",
        kind=MediaKind(media.kind.value),
        size=(await asyncio.to_thread(path.stat)).st_size,
        duration=media.duration,
        width=video.width if video else None,
        height=video.height if video else None,
    )
