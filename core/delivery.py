"""The last words of a job: a result, an answer or an error, as the messages a person reads."""

from __future__ import annotations

from core.actions import Press, PressExport, PressNew, PressOffer, PressRetry, PressStatus, PressUndo, write_press
from core.errors import BadInput, NothingToExport, UserError
from core.intake import MEGABYTE
from core.messages import Button, Outgoing, Tone
from core.results import Result
from core.status import clock_face
from core.words import explain
from core.work import Work


async def deliver(work: Work, result: Result) -> None:
    """The media itself where it fits the platform, and the link always."""
    limit = work.messenger.limits(work.job.place).upload
    fits = limit is None or result.file.size <= limit
    lines = [work.job.answer, _headline(work, result) if fits else _too_big(work, result, limit or 0)]
    if result.link:
        lines.append(work.say("link-to-video" if result.link_is_video else "link", link=result.link))
    await work.send(
        Outgoing(
            "\n".join(line for line in lines if line),
            Tone.RESULT,
            _buttons(work, PressStatus(), PressNew()),
            media=(result.file,) if fits else (),
            link=result.link,
        )
    )


async def answer(work: Work, text: str, *, can_export: bool, tone: Tone = Tone.ANSWER) -> None:
    """What the agent said, with what can be done next. An error's tone where a file was to be made and is not."""
    offers = tuple(
        Button(words, write_press(PressOffer(work.job.id, number))) for number, words in enumerate(work.job.offers)
    )
    next_steps: tuple[Press, ...] = (PressExport(), PressStatus(), PressUndo()) if can_export else (PressStatus(),)
    await work.send(Outgoing(text, tone, (*offers, *_buttons(work, *next_steps))))


async def apologise(work: Work, error: UserError) -> None:
    """Says what went wrong, and offers to try again where that could help."""
    hopeless = isinstance(error, BadInput | NothingToExport)
    buttons = () if hopeless else _buttons(work, PressRetry(work.job.id))
    await work.send(Outgoing(explain(work.job.language, error), Tone.ERROR, buttons))


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


def _too_big(work: Work, result: Result, limit: int) -> str:
    key = "result-too-big" if result.link else "result-too-big-no-link"
    return work.say(key, name=result.file.name, size=_size(result.file.size), limit=_size(limit))


def _size(count: int) -> str:
    if count < MEGABYTE:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / MEGABYTE:.1f} MB"
