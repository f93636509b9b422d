"""The agent's turn: sent once, and checked against the project's state before and after.

Nothing that goes wrong after it was sent may lose it: the row says that it was taken, and its words are kept there
before anything else is asked.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.chat.summaries import describe
from core.errors import (
    BackendDown,
    BadInput,
    EditLost,
    EditTooSlow,
    OutcomeUnknown,
    Refused,
    SessionGone,
    UserError,
)
from core.intents import asks_only
from core.job import Job, JobError
from core.jobs.answering import newly_asked, said_to, words_for_agent
from core.jobs.arrivals import check_each_once
from core.jobs.context import JobContext
from core.jobs.midway import unseen
from core.jobs.turn_faults import failure_of, said_of_a_break
from core.jobs.turn_files import use_files
from core.jobs.turn_states import look_at_state, newer, state_after, state_behind_words
from core.lifecycle import Step
from core.nemo.draft.states import canonical, differs
from core.nemo.draft.timeline import read_timeline
from core.nemo.events import Asking, Unfulfilled
from core.nemo.gui.actions import Action, EditInstead, Offer
from core.nemo.gui.markdown import plain
from core.nemo.gui.needed import is_needed
from core.nemo.models import Credentials, SessionState
from core.nemo.turn.result import Turn, TurnResult
from core.nemo.turn.running import Patience
from core.nemo.wire.faults import StreamBroken, TurnTimedOut, fault_error

if TYPE_CHECKING:
    from core.nemo.gui.translate import Translated

log = logging.getLogger(__name__)

LOOKS_AFTER_A_BREAK = 5


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What came of a turn. `text` is fit to be read; `changed` is whether `state`, as read after it, differs from
    before. `state` is None where it could not be read and did not matter. `unfulfilled` is what the agent itself says
    of a turn that changed nothing, `asking` what it says of its open question. `partly`: it changed something and
    stopped midway."""

    text: str
    changed: bool
    state: SessionState | None
    actions: tuple[Action, ...] = ()
    unfulfilled: Unfulfilled | None = None
    asking: Asking | None = None
    partly: bool = False


# With one of these, in answer to a turn, it was certainly not taken.
_NOT_TAKEN = (Refused, BackendDown, BadInput)


async def take_turn(context: JobContext) -> TurnOutcome:
    """Asks the agent for what the job asks for. Raises what the backend refused, `AgentFailed`, `EditLost`,
    `EditTooSlow` and why the state could not be read. A turn that said nothing and changed nothing is no error here:
    its outcome is empty.
    """
    context.status.show(context.say("editing"))
    state, given_up = await context.state(), context.job.before
    check_each_once(context, state)
    waiting = await use_files(context)
    if given_up and differs(given_up, state):
        log.info("job %s: the edit that a failed job had waited for has come meanwhile", context.job.id)
        await context.enter(Step.TAKE_TURN, edited=True)
        return TurnOutcome(_what_changed(context, state), changed=True, state=state)
    # From here on the turn may have been sent: whoever finds the row in this stage only reads the state.
    await context.enter(Step.TAKE_TURN, before=canonical(state), edited=True)
    job = context.job
    try:
        heard = await _send(context, words_for_agent(job))
    except _NOT_TAKEN:
        await context.save(edited=False)
        await context.services.store.update_project(job.place, fresh=waiting)
        raise
    return await _follow_up(context, await _find_out(context, heard, job.before))


async def recover_turn(context: JobContext) -> TurnOutcome:
    """Finds out what became of a turn that an earlier run, or a failed job, has sent. It is not sent again.

    Raises `EditLost` if nothing has changed after the last look, and why the state could not be read.
    """
    await context.save(edited=True)
    job = context.job
    if not job.answer:
        return await _look_again(context, job.before)
    heard = TurnResult(job.answer, True, None, asking=Asking(job.question) if job.question else None)
    return await _follow_up(context, await _judge(context, heard, job.before))


async def reread_turn(context: JobContext) -> TurnOutcome:
    """What an earlier run made of the turn, with the state as it is now. Sends nothing and waits for nothing."""
    job = context.job
    try:
        state = await context.state()
    except UserError as error:
        if not context.facts.question and (job.export or isinstance(error, SessionGone)):
            raise
        log.info("job %s: the state could not be read (%s), and its words are all that is owed", job.id, error.key)
        return TurnOutcome(job.answer, changed=False, state=None)
    return TurnOutcome(job.answer, differs(job.before, state), state)


def words_of_turn(job: Job) -> str:
    """What the agent said, as far as it is known, as a person may read it."""
    if job.concluded or not job.answer:
        return job.answer
    return _readable(job.answer).text


async def _follow_up(context: JobContext, first: TurnOutcome) -> TurnOutcome:
    """The agent believes in a mouse: what it tells the user to drag is asked of it in words, once, if the request needs
    it. Everything else becomes a button."""
    needed = "" if context.facts.question else _needed(first, context.job.request)
    if not needed or context.job.followed or first.state is None:
        return replace(first, actions=_as_buttons(first.actions))
    await context.save(followed=True)
    try:
        then = await _second_turn(context, needed, canonical(first.state))
    except SessionGone:
        raise
    except UserError as error:
        if not first.changed:
            raise
        log.warning("job %s: the second turn came to nothing (%s); the first stands", context.job.id, error.key)
        context.notices.append(context.say("step-left", words=needed))
        return replace(first, actions=_as_buttons(first.actions), partly=True)
    rest = (action for action in first.actions if action != EditInstead(needed))
    text = _joined(first.text, then.text)
    partly = first.partly or then.partly
    return TurnOutcome(
        text, first.changed or then.changed, then.state, _as_buttons((*rest, *then.actions)), partly=partly
    )


def _needed(first: TurnOutcome, request: str) -> str:
    wanted = (action.words for action in first.actions if isinstance(action, EditInstead))
    return next((words for words in wanted if is_needed(words, request, changed=first.changed)), "")


async def _second_turn(context: JobContext, words: str, before: str) -> TurnOutcome:
    try:
        heard = await _send(context, words)
    except _NOT_TAKEN:
        await context.save(followed=False)
        raise
    return await _find_out(context, heard, before)


def _as_buttons(actions: Iterable[Action]) -> tuple[Action, ...]:
    """What might be asked of the agent is left to whoever wants it."""
    return tuple(Offer(action.words) if isinstance(action, EditInstead) else action for action in actions)


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


async def _send(context: JobContext, words: str) -> TurnResult | StreamBroken:
    """Sends `words` to the agent, once: what it said, or how its answer was lost. Raises what was refused."""
    try:
        return await context.ask(lambda who: _listen(context, who, words))
    except StreamBroken as broken:
        return broken
    except OutcomeUnknown as error:
        return StreamBroken(f"{error.key}: {error.__cause__}")


async def _listen(context: JobContext, who: Credentials, words: str) -> TurnResult:
    turn = Turn()
    patience = Patience(context.services.timing.edit_timeout)
    client, answers = context.services.gateway.client, await said_to(context)
    await client.run(who, context.job.session, words, on_event=turn.feed, patience=patience, answers=answers)
    result = turn.result()
    if result.fault and result.fault.code is not None and not (result.text or result.saw_tools):
        raise fault_error(result.fault)  # a refusal that came inside the stream: nothing was done
    return result


async def _find_out(context: JobContext, heard: TurnResult | StreamBroken, before: str) -> TurnOutcome:
    """What a turn did to the state `before`. Its words are kept first."""
    match heard:
        case TurnTimedOut():
            return await _last_look(context, before)
        case StreamBroken():
            log.warning("job %s: the turn's answer broke off (%s); the state will tell", context.job.id, heard)
            return await _look_again(context, before)
        case TurnResult():
            question = await newly_asked(context, heard.asking)
            answer = _joined(context.job.answer, heard.text)
            await context.save(answer=answer, error=_noted(heard, context.job), question=question)
            return await _judge(context, heard, before)


def _noted(heard: TurnResult, job: Job) -> str:
    """For a run that finds the words and not how they ended."""
    if heard.unfulfilled:
        return JobError.UNFULFILLED
    return JobError.PARTLY if heard.fault else job.error


async def _judge(context: JobContext, result: TurnResult, before: str) -> TurnOutcome:
    # Behind a question, an answer to one or a refusal nothing is going to be written, and nothing hangs on the state.
    only_words = bool(result.text or context.job.question) and not result.saw_tools and not result.fault
    is_answer = only_words and bool(context.facts.question or result.unfulfilled or asks_only(result.text))
    suffices = is_answer and (context.facts.question or not context.job.export)
    if suffices:
        after = await state_behind_words(context, before)
    else:
        after = await state_after(context, before, patient=not is_answer)
    changed = after is not None and differs(before, after)
    if result.fault and not changed:
        raise await failure_of(context, result.fault)
    if result.fault:
        log.warning(
            "job %s: the agent reported a fault midway: %s", context.job.id, fault_error(result.fault).__cause__
        )
        context.notices.append(await said_of_a_break(context, result.fault))
    told, partly = _what_changed(context, after, before) if changed and after else "", bool(result.fault)
    if not result.text:
        return TurnOutcome(told, changed, after, (), result.unfulfilled, result.asking, partly)
    said = _readable(result.text)
    return TurnOutcome(said.text or told, changed, after, said.actions, result.unfulfilled, result.asking, partly)


def _readable(text: str) -> Translated:
    """Without marks and without advice about a window that nobody sees."""
    # Its patterns take a while to build: with the first answer.
    from core.nemo.gui.translate import translate  # noqa: PLC0415

    translated = translate(text)
    return replace(translated, text=plain(translated.text))


async def _last_look(context: JobContext, before: str) -> TurnOutcome:
    after = await state_after(context, before, patient=True)
    if not differs(before, after):
        raise EditTooSlow(minutes=int(context.services.timing.edit_timeout // 60))
    return TurnOutcome(_what_changed(context, after, before), changed=True, state=after)


async def _look_again(context: JobContext, before: str) -> TurnOutcome:
    """Looks until the state has changed: the agent may still be at work."""
    first = context.services.timing.recovery
    seen: SessionState | UserError = BackendDown()
    for look in range(LOOKS_AFTER_A_BREAK):
        context.status.show(context.say("checking-the-edit"))
        await context.services.clock.sleep(first if look == 0 else 2 * first)
        after = await look_at_state(context)
        if isinstance(after, SessionState) and differs(before, after):
            return TurnOutcome(_what_changed(context, after, before), changed=True, state=after)
        seen = newer(seen, after)
    raise unseen(context.job, seen) if isinstance(seen, UserError) else EditLost


def _what_changed(context: JobContext, after: SessionState, before: str = "") -> str:
    kept = json.loads(before or context.job.before)
    draft = kept.get("draft") if isinstance(kept, dict) else None
    return describe(context.job.language, read_timeline(draft), read_timeline(after.draft))
