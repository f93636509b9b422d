"""The last words of a job: a result, an answer or an error, as the messages a person reads."""

from __future__ import annotations

import logging

from core.attachments import MEGABYTE
from core.chat.buttons import Press, PressExport, PressNew, PressOffer, PressRetry, PressStatus, PressUndo, write_press
from core.chat.status import clock_face
from core.errors import BadInput, ChatGone, MediaRefused, NothingToExport, UserError
from core.jobs.context import Work
from core.jobs.result import Result
from core.language.catalogue import explain
from core.messages import Button, Outgoing, Tone
from core.records import KeptResult

log = logging.getLogger(__name__)


async def deliver(work: Work, result: Result, of: Work | None = None, name: str = "result") -> None:
    """The media itself where it fits the platform, and the link always. What was delivered is kept.

    `of` is whose result it is where this job only brings it along, `name` tells it from other messages of this job.
    Raises `ChatGone`, after the result has been kept all the same.
    """
    of = of or work
    message = _message(of, result)
    try:
        sent = await work.send(message, name)
    except MediaRefused as refusal:
        log.info("job %s: the platform does not take the file: %s", of.job.id, refusal)
        sent = await work.send(_message(of, result, refused=True), f"{name}-words")
    except ChatGone:
        await shelve(of, result, message.text, "", "")
        raise
    file = sent.files[0] if sent and sent.files else ""
    await shelve(of, result, message.text, sent.id if sent else "", file)


def _message(work: Work, result: Result, *, refused: bool = False) -> Outgoing:
    fits = not refused and _fits(work, result)
    limit = _upload_limit(work)
    media = tuple(file for file in result.files if limit is None or file.size <= limit) if fits else ()
    text = "\n".join(line for line in (work.job.answer, words_of(work, result, refused=refused)) if line)
    buttons, job = result_buttons(work), work.job
    return Outgoing(text, Tone.RESULT, buttons, media=media, link=result.link, result=job.id, language=job.language)


def words_of(work: Work, result: Result, *, refused: bool = False) -> str:
    """What is said of a result: what it is, or why it is not here, and where it lies."""
    if refused:
        first = _too_big(work, result, None)
    else:
        first = _headline(work, result) if _fits(work, result) else _too_big(work, result, _upload_limit(work))
    if not result.link:
        return first
    return f"{first}\n{work.say('link-to-video' if result.link_is_video else 'link', link=result.link)}"


def result_buttons(work: Work) -> tuple[Button, ...]:
    return _buttons(work, PressStatus(), PressNew())


def _upload_limit(work: Work) -> int | None:
    return work.messenger.limits(work.job.place).upload


def _fits(work: Work, result: Result) -> bool:
    limit = _upload_limit(work)
    return limit is None or result.file.size <= limit


async def shelve(work: Work, result: Result, caption: str, message: str, file: str) -> None:
    """`message` and `file` are the platform's handles of what was sent, "" where nothing was."""
    kept = KeptResult(
        id=work.job.id,
        place=work.job.place,
        sender=work.job.sender,
        name=result.file.name,
        kind=result.file.kind,
        message=message,
        file=file,
        link=result.link,
        caption=caption,
        made=work.tools.clock.now(),
    )
    await work.tools.store.keep_result(kept)


async def answer(work: Work, text: str, *, can_export: bool, tone: Tone = Tone.ANSWER) -> None:
    """What the agent said, with what can be done next. An error's tone where a file was to be made and is not."""
    offers = tuple(
        Button(words, write_press(PressOffer(work.job.id, number))) for number, words in enumerate(work.job.offers)
    )
    next_steps: tuple[Press, ...] = (PressExport(), PressStatus(), PressUndo()) if can_export else (PressStatus(),)
    await work.send(Outgoing(text, tone, (*offers, *_buttons(work, *next_steps))), "answer")


async def apologise(work: Work, error: UserError) -> None:
    """Says what went wrong, and offers to try again where that could help."""
    hopeless = isinstance(error, BadInput | NothingToExport)
    buttons = () if hopeless else _buttons(work, PressRetry(work.job.id))
    await work.send(Outgoing(explain(work.job.language, error), Tone.ERROR, buttons), "error")


def button(work: Work, press: Press) -> Button:
    name = type(press).__name__.removeprefix("Press").lower()
    return Button(work.say(f"button-{name}"), write_press(press))


def _buttons(work: Work, *presses: Press) -> tuple[Button, ...]:
    return tuple(button(work, press) for press in presses)


def _headline(work: Work, result: Result) -> str:
    file = result.file
    size = _size(file.size)
    if file.duration is None:
        return work.say("result-image", name=file.name, size=size)
    return work.say(f"result-{file.kind.value}", name=file.name, length=clock_face(file.duration), size=size)


def _too_big(work: Work, result: Result, limit: int | None) -> str:
    """`limit` None: the platform refused the file and did not say how large one may be."""
    size = _size(result.file.size)
    if limit is None:
        key = "result-refused" if result.link else "result-refused-no-link"
        return work.say(key, name=result.file.name, size=size)
    key = "result-too-big" if result.link else "result-too-big-no-link"
    return work.say(key, name=result.file.name, size=size, limit=_size(limit))


def _size(count: int) -> str:
    if count < MEGABYTE:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / MEGABYTE:.1f} MB"
