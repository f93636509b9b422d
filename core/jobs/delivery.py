"""How a job's result, answer or error is sent: as media where it fits the platform, with words, link and buttons."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from core.attachments import size_in_words
from core.chat.buttons import (
    Press,
    PressExport,
    PressRetry,
    PressStatus,
    PressUndo,
    choice_buttons,
    instead_buttons,
    named_buttons,
    offer_buttons,
    result_buttons,
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
from core.job import Ending, JobError, MessageKind, MessageName
from core.jobs.beside import brought, name_among_others
from core.jobs.context import JobContext
from core.jobs.fitting import fit_to_place, form_buttons, part_of, parts_wanted, upload_limit
from core.jobs.result import Result, fetch_result
from core.language.catalogue import explain
from core.lifecycle import Step, Turn
from core.media import Below, Span
from core.messages import MediaFile, Outgoing, Sent, Tone
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
    result = await fit_to_place(context, result)
    if spans := parts_wanted(context, result):
        await _deliver_parts(context, result, spans)
        context.learn(told=brought(context.job))
    else:
        context.learn(told=await deliver(context, result))


async def deliver(
    context: JobContext, result: Result, of: JobContext | None = None, name: MessageName = RESULT
) -> Ending:
    """Sends the media where it fits the platform, and the link. The result is kept, so that it can be shared. Where
    neither can be had, what could be sent instead is an answer, and not yet what was wanted.

    `of` is the job that the result belongs to where this one only brings it along. Raises `ChatGone`, and
    `PlatformDown` where nobody knows whether anything arrived; the result is kept all the same.
    """
    of = of or context
    message, ending = _message(of, result), brought(of.job)
    if result.below and not result.link and of is context:
        name, ending = MessageName(MessageKind.ANSWER), Ending.UNFULFILLED
        await context.save(error=JobError.UNFULFILLED)  # before it is said: a run that finds it said must know
    await context.status.withdrawn()
    sent = await _sent_or_kept(context, message, result, of, name)
    await keep_result(of, result, message.text, sent)
    return ending


async def _deliver_parts(context: JobContext, result: Result, spans: list[Span]) -> None:
    """One after the other, so that a run after a crash only makes and sends those that are missing."""
    shown: list[Sent] = []
    text = ""
    for number in range(1, len(spans) + 1):
        last = number == len(spans)
        name = RESULT if last else MessageName(MessageKind.ALBUM, page=number)
        if context.has_said(name):
            continue
        part = await part_of(context, result, number, spans)
        if part is None:  # before it is said: a run that finds it said must know
            await context.save(error=JobError.PARTLY)
        message = _part_message(context, result, part, number, len(spans))
        if last:
            await context.status.withdrawn()
        text = message.text
        if sent := await _sent_or_kept(context, message, result, context, name):
            shown.append(sent)
    await keep_result(context, result, text, _together(shown))


def _together(shown: Sequence[Sent]) -> Sent | None:
    """The last of several messages that show a result between them."""
    if not shown:
        return None
    messages = tuple(sent.id for sent in reversed(shown))
    return Sent(messages[0], shown[-1].files, messages)


def _part_message(context: JobContext, result: Result, part: MediaFile | None, number: int, count: int) -> Outgoing:
    last, job = number == count, context.job
    if part:
        first = f"{context.say('part-of', part=number, parts=count)}\n{_headline(context, part)}"
    else:
        first = context.say("part-missing", part=number, parts=count)
    text = _with_link(context, first, result) if last else first
    media = (part,) if part else ()
    buttons = result_buttons(job) if last else ()
    tone, result_id = (Tone.RESULT, job.id) if last else (Tone.ANSWER, "")  # one message rings
    return Outgoing(text, tone, buttons, media=media, result=result_id, language=job.language)


async def _sent_or_kept(
    context: JobContext, message: Outgoing, result: Result, of: JobContext, name: MessageName
) -> Sent | None:
    """As `_sent`; where nobody can be told, the result is kept all the same."""
    try:
        return await _sent(context, message, result, of, name)
    except (ChatGone, PlatformDown):
        await keep_result(of, result, message.text)
        raise


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
    limit = upload_limit(context)
    files = () if without or result.below else result.files
    media = tuple(file for file in files if limit is None or file.size <= limit)
    text = "\n".join(line for line in (context.job.answer, words_of(context, result, without=without)) if line)
    job = context.job
    buttons = (*form_buttons(context, result), *choice_buttons(job), *result_buttons(job))
    return Outgoing(text, Tone.RESULT, buttons, media=media, link=result.link, result=job.id, language=job.language)


def words_of(context: JobContext, result: Result, *, without: str = "") -> str:
    """What is said of a result: what it is, or why it is not here, and where it lies."""
    if without:
        first = _without_file(context, result, without)
    elif result.below:
        first = _too_big(context, result, result.below)
    else:
        first = _headline(context, result.file)
    if result.whole and not without:
        size, whole = size_in_words(result.file.size), size_in_words(result.whole.size)
        first = f"{first}\n{context.say('fitted', size=size, whole=whole)}"
    return _with_link(context, first, result)


def _with_link(context: JobContext, words: str, result: Result) -> str:
    if not result.link:
        return words
    key = "link-to-video" if result.link_is_video else "link-to-whole" if result.whole else "link"
    return f"{words}\n{context.say(key, link=result.link)}"


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
        link_until=result.link_until,
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
    edit. A question with choices has them alone under it."""
    if choices := choice_buttons(context.job):
        sent = await context.send(Outgoing(text, tone, choices), MessageName(MessageKind.ANSWER))
        await context.save(asked_in=sent.id if sent else context.job.asked_in)
        return
    next_steps: list[Press] = [PressStatus()]
    if turn.material:
        next_steps.insert(0, PressExport())
    if turn.material and turn.changed:
        next_steps.append(PressUndo())
    job = context.job
    buttons = (*offer_buttons(job), *instead_buttons(job), *named_buttons(job.language, *next_steps))
    await context.send(Outgoing(text, tone, buttons), MessageName(MessageKind.ANSWER))


async def send_error(context: JobContext, error: UserError, after: str = "") -> None:
    """Says what went wrong, `after` what the agent has said, and offers to try again where that could help."""
    hopeless = isinstance(error, BadInput | NothingToExport | FileTypeRefused | FilesTooLarge)
    buttons = () if hopeless else named_buttons(context.job.language, PressRetry(context.job.id))
    said = explain(context.job.language, error)
    if (name := await name_among_others(context)) and name not in said:
        said = f"{name}: {said}"
    text = "\n\n".join(part for part in (after, said) if part)
    await context.send(Outgoing(text, Tone.ERROR, buttons), MessageName(MessageKind.ERROR))


def _headline(context: JobContext, file: MediaFile) -> str:
    size = size_in_words(file.size)
    if file.duration is None:
        return context.say("result-image", name=file.name, size=size)
    return context.say(f"result-{file.kind.value}", name=file.name, length=clock_face(file.duration), size=size)


def _without_file(context: JobContext, result: Result, why: str) -> str:
    """The platform refused the file and did not say how large one may be, or never confirmed it."""
    key = f"result-{why}" if result.link else f"result-{why}-no-link"
    return context.say(key, name=result.file.name, size=size_in_words(result.file.size))


def _too_big(context: JobContext, result: Result, below: Below) -> str:
    key = "result-too-big" if below == Below() else "result-below"
    key = key if result.link else f"{key}-no-link"
    size, limit = size_in_words(result.file.size), size_in_words(upload_limit(context) or 0)
    return context.say(key, name=result.file.name, size=size, limit=limit)
