"""How a job's result, answer or error is sent: as media where it fits the platform, with words, link and buttons."""

from __future__ import annotations

import logging
from dataclasses import replace

from core.attachments import MEGABYTE
from core.chat.buttons import (
    Press,
    PressExport,
    PressInstead,
    PressNew,
    PressOffer,
    PressRetry,
    PressStatus,
    PressUndo,
    write_press,
)
from core.chat.status import clock_face
from core.errors import (
    BadInput,
    ChatGone,
    FilesTooLarge,
    FileTypeRefused,
    MediaRefused,
    NoSoundInResult,
    NothingToExport,
    PlatformDown,
    UserError,
)
from core.job import MessageKind, MessageName
from core.jobs.beside import name_among_others
from core.jobs.context import JobContext
from core.jobs.result import Result, fetch_result
from core.language.catalogue import explain
from core.lifecycle import Step, Turn
from core.messages import Button, Outgoing, Sent, Tone
from core.records import KeptResult

log = logging.getLogger(__name__)


RESULT = MessageName(MessageKind.RESULT)


async def deliver_render(context: JobContext) -> None:
    """Fetches the finished render and sends it. A result without the sound that was wanted is not sent."""
    await context.enter(Step.DELIVER)
    try:
        result = await fetch_result(context, context.render_url)
    except NoSoundInResult:
        context.learn(soundless=True)
        return
    await deliver(context, result)
    context.learn(told=context.job.brings)


async def deliver(
    context: JobContext, result: Result, of: JobContext | None = None, name: MessageName = RESULT
) -> None:
    """Sends the media where it fits the platform, and always the link. The result is kept, so that it can be shared.

    `of` is the job that the result belongs to where this one only brings it along. Raises `ChatGone`, and
    `PlatformDown` where nobody knows whether anything arrived; the result is kept all the same.
    """
    of = of or context
    message = _message(of, result)
    await context.status.withdrawn()
    try:
        sent = await _sent(context, message, result, of, name)
    except (ChatGone, PlatformDown):
        await keep_result(of, result, message.text)
        raise
    await keep_result(of, result, message.text, sent)


async def _sent(
    context: JobContext, message: Outgoing, result: Result, of: JobContext, name: MessageName
) -> Sent | None:
    """Files that are refused or never confirmed are followed by words that say so, and where they lie."""
    try:
        sent = await context.send(message, name)
    except MediaRefused as refusal:
        log.info("job %s: the platform does not take the file: %s", of.job.id, refusal)
        why = "refused"
    else:
        if context.has_said(name):
            return sent
        why = "unconfirmed"
    return await context.send_confirmed(_message(of, result, without=why), replace(name, in_words=True))


def _message(context: JobContext, result: Result, *, without: str = "") -> Outgoing:
    """`without` says why the files do not come along: "refused" or "unconfirmed"."""
    fits = not without and _fits(context, result)
    limit = _upload_limit(context)
    media = tuple(file for file in result.files if limit is None or file.size <= limit) if fits else ()
    text = "\n".join(line for line in (context.job.answer, words_of(context, result, without=without)) if line)
    buttons, job = result_buttons(context), context.job
    return Outgoing(text, Tone.RESULT, buttons, media=media, link=result.link, result=job.id, language=job.language)


def words_of(context: JobContext, result: Result, *, without: str = "") -> str:
    """What is said of a result: what it is, or why it is not here, and where it lies."""
    if without:
        first = _without_file(context, result, without)
    else:
        first = (
            _headline(context, result) if _fits(context, result) else _too_big(context, result, _upload_limit(context))
        )
    if not result.link:
        return first
    return f"{first}\n{context.say('link-to-video' if result.link_is_video else 'link', link=result.link)}"


def result_buttons(context: JobContext) -> tuple[Button, ...]:
    return (*_offers(context), *_instead(context), *_buttons(context, PressStatus(), PressNew()))


def _offers(context: JobContext) -> tuple[Button, ...]:
    """What the agent named as possible besides."""
    return tuple(
        Button(words, write_press(PressOffer(context.job.id, number)))
        for number, words in enumerate(context.job.offers)
    )


def _instead(context: JobContext) -> tuple[Button, ...]:
    """A request that replied to a result was taken for the project behind it: its file may have been meant."""
    return _buttons(context, PressInstead(context.job.id)) if context.job.instead else ()


def _upload_limit(context: JobContext) -> int | None:
    return context.messenger.limits(context.job.place).upload


def _fits(context: JobContext, result: Result) -> bool:
    limit = _upload_limit(context)
    return limit is None or result.file.size <= limit


async def keep_result(context: JobContext, result: Result, caption: str, sent: Sent | None = None) -> None:
    """`sent` is what shows the result, its own file first; None where nothing does."""
    sent = sent or Sent("")
    kept = KeptResult(
        id=context.job.id,
        place=context.job.place,
        sender=context.job.sender,
        name=result.file.name,
        kind=result.file.kind,
        message=sent.id,
        file=sent.files[0] if sent.files else "",
        link=result.link,
        caption=caption,
        made=context.services.clock.now(),
        session=context.job.session,
        render=context.job.render,
        beside=tuple(message for message in dict.fromkeys(sent.messages) if message != sent.id),
    )
    store, place = context.services.store, context.job.place
    if (await store.project(place)).session == kept.session:
        await store.update_project(place, shown=kept.id)
    await store.keep_result(kept)


async def send_answer(context: JobContext, text: str, *, turn: Turn, tone: Tone = Tone.ANSWER) -> None:
    """What the agent said, with what can be done next. Where the turn changed nothing, Undo would take back an older
    edit."""
    next_steps: list[Press] = [PressStatus()]
    if turn.material:
        next_steps.insert(0, PressExport())
    if turn.material and turn.changed:
        next_steps.append(PressUndo())
    buttons = (*_offers(context), *_instead(context), *_buttons(context, *next_steps))
    await context.send(Outgoing(text, tone, buttons), MessageName(MessageKind.ANSWER))


async def send_error(context: JobContext, error: UserError, after: str = "") -> None:
    """Says what went wrong, `after` what the agent has said, and offers to try again where that could help."""
    hopeless = isinstance(error, BadInput | NothingToExport | FileTypeRefused | FilesTooLarge)
    buttons = () if hopeless else _buttons(context, PressRetry(context.job.id))
    said = explain(context.job.language, error)
    if name := await name_among_others(context):
        said = f"{name}: {said}"
    text = "\n\n".join(part for part in (after, said) if part)
    await context.send(Outgoing(text, Tone.ERROR, buttons), MessageName(MessageKind.ERROR))


def button(context: JobContext, press: Press) -> Button:
    name = type(press).__name__.removeprefix("Press").lower()
    return Button(context.say(f"button-{name}"), write_press(press))


def _buttons(context: JobContext, *presses: Press) -> tuple[Button, ...]:
    return tuple(button(context, press) for press in presses)


def _headline(context: JobContext, result: Result) -> str:
    file = result.file
    size = _size(file.size)
    if file.duration is None:
        return context.say("result-image", name=file.name, size=size)
    return context.say(f"result-{file.kind.value}", name=file.name, length=clock_face(file.duration), size=size)


def _without_file(context: JobContext, result: Result, why: str) -> str:
    """The platform refused the file and did not say how large one may be, or never confirmed it."""
    key = f"result-{why}" if result.link else f"result-{why}-no-link"
    return context.say(key, name=result.file.name, size=_size(result.file.size))


def _too_big(context: JobContext, result: Result, limit: int | None) -> str:
    key = "result-too-big" if result.link else "result-too-big-no-link"
    return context.say(key, name=result.file.name, size=_size(result.file.size), limit=_size(limit or 0))


def _size(count: int) -> str:
    if count < MEGABYTE:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / MEGABYTE:.1f} MB"
