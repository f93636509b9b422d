"""Several results in as few messages as a platform can show them in: which files stand together, and what is said."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import ChatGone, MediaRefused
from core.jobs.context import Work
from core.jobs.delivery import deliver, result_buttons, shelve, words_of
from core.jobs.result import Result
from core.messages import Album, Limits, MediaFile, Outgoing, Sent, Tone

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several results, with the work it is of."""

    work: Work
    result: Result


@dataclass(slots=True)
class Page:
    """What one message shows, and the results that it speaks of."""

    media: list[MediaFile] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def has_room_for(self, file: MediaFile, album: Album, upload: int | None) -> bool:
        """All files of a message together are no larger than one may be: some platforms count them so."""
        if len(self.media) >= album.most:
            return False
        if upload is not None and sum(each.size for each in (*self.media, file)) > upload:
            return False
        types = album.mixed_with(_type(self.media[0])) if self.media else None
        return types is None or _type(file) in types


async def deliver_all(work: Work, pieces: Sequence[Piece]) -> None:
    """Says them all in the name of the job that carries them. Where an album is not taken, each goes by itself.

    Raises `ChatGone`, after the results have been put on the shelf all the same.
    """
    pages = pages_of(pieces, work.messenger.limits(work.job.place))
    for number, page in enumerate(pages, start=1):
        last = number == len(pages)
        message = _message(page, pieces, first=number == 1, last=last)
        await _show(work, page, message, "result" if last else f"album-{number}")


def pages_of(pieces: Sequence[Piece], limits: Limits) -> list[Page]:
    """At least one. What is too large to be sent is spoken of on the first."""
    pages: list[Page] = []
    spoken_of = []
    for piece in pieces:
        for file in piece.result.files:
            if limits.upload is not None and file.size > limits.upload:
                continue
            page = _page_for(file, pages, limits)
            page.media.append(file)
            if file is piece.result.file:
                page.pieces.append(piece)
                spoken_of.append(piece)
    pages = pages or [Page()]
    pages[0].pieces += [piece for piece in pieces if piece not in spoken_of]
    return pages


def _page_for(file: MediaFile, pages: list[Page], limits: Limits) -> Page:
    album = limits.album or Album(most=1)
    for page in pages:
        if page.has_room_for(file, album, limits.upload):
            return page
    pages.append(Page())
    return pages[-1]


def _message(page: Page, pieces: Sequence[Piece], *, first: bool, last: bool) -> Outgoing:
    answers = dict.fromkeys(piece.work.job.answer for piece in pieces) if first else {}
    words = [words_of(piece.work, piece.result) for piece in page.pieces]
    about = page.pieces[0] if page.pieces else pieces[0]
    return Outgoing(
        "\n".join(line for line in (*answers, *words) if line),
        Tone.RESULT,
        result_buttons(about.work) if last else (),
        media=tuple(page.media),
        link=about.result.link,
        result=about.work.job.id,
        language=about.work.job.language,
    )


async def _show(work: Work, page: Page, message: Outgoing, name: str) -> None:
    try:
        sent = await work.send(message, name)
    except MediaRefused as refusal:
        log.info("job %s: the platform does not take the album: %s", work.job.id, refusal)
        for number, piece in enumerate(page.pieces, start=1):
            await deliver(work, piece.result, of=piece.work, name=f"{name}-piece-{number}")
    except ChatGone:
        await _shelve(page, None)
        raise
    else:
        await _shelve(page, sent)


async def _shelve(page: Page, sent: Sent | None) -> None:
    handles = dict(zip((file.path for file in page.media), sent.files if sent else (), strict=False))
    for piece in page.pieces:
        message = sent.id if sent else ""
        words = words_of(piece.work, piece.result)
        await shelve(piece.work, piece.result, words, message, handles.get(piece.result.file.path, ""))


def _type(file: MediaFile) -> str:
    return Path(file.name).suffix.removeprefix(".").lower()
