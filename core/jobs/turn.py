"""The agent's turn: sent once, and checked against the project's state before and after."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from core.chat.summaries import describe
from core.errors import (
    AgentFailed,
    BackendDown,
    EditLost,
    EditTooSlow,
    NoCredits,
    OutcomeUnknown,
    PlanBlocked,
    UserError,
)
from core.files import kind_of
from core.intents import joins_files
from core.job import Job, Project
from core.jobs.context import JobContext
from core.lifecycle import Step
from core.nemo.draft.changes import canonical
from core.nemo.draft.timeline import read_timeline
from core.nemo.gui.actions import Action, EditInstead
from core.nemo.gui.markdown import plain
from core.nemo.models import Credentials, SessionState
from core.nemo.turn.result import Turn, TurnResult
from core.nemo.turn.running import Patience
from core.nemo.wire.faults import StreamBroken, TurnTimedOut, fault_error

log = logging.getLogger(__name__)

# Seconds between looks at a state that may be written late; the first look is at once.
LATE_COMMIT_WAITS = (0.0, 1.0, 3.0, 6.0)
LOOKS_AFTER_A_BREAK = 5


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What came of a turn. `text` is fit to be read; `changed` is whether `state`, as read after it, differs from
    before."""

    text: str
    changed: bool
    state: SessionState
    actions: tuple[Action, ...] = ()


async def take_turn(context: JobContext) -> TurnOutcome:
    """Asks the agent for what the job asks for. Raises what `_send` raises."""
    job, store = context.job, context.services.store
    project = await store.project(job.place)
    if not job.about and (own := _its_own(job, project)):
        await context.save(about=own)
        job = context.job
    mine = (job.about,) if job.about else project.fresh
    await context.save(export=job.export or bool(mine) or bool(job.output), files=mine)
    rest = tuple(name for name in project.fresh if name not in mine)
    source = job.about or project.source
    await store.update_project(job.place, fresh=rest, used=context.skill.name, output=job.output, source=source)
    context.status.show(context.say("editing"))
    words = f"{job.request}\n\nFile: {job.about}" if job.about else job.request
    return await _follow_up(context, await _send(context, words))


def _its_own(job: Job, project: Project) -> str:
    """The one file that the job brought, where others wait in the project that its words do not use with it."""
    others = [name for name in project.fresh if name not in job.uploaded]
    if len(job.uploaded) != 1 or not others:
        return ""
    kinds = [kind_of(name) for name in (*others, *job.uploaded)]
    return "" if joins_files(job.request, kinds) else job.uploaded[0]


async def _follow_up(context: JobContext, first: TurnOutcome) -> TurnOutcome:
    """The agent believes in a mouse: what it tells the user to drag is asked of it in words, once."""
    wanted = [action.words for action in first.actions if isinstance(action, EditInstead)]
    if not wanted:
        return first
    then = await _send(context, wanted[0])
    kept = tuple(action for action in first.actions if not isinstance(action, EditInstead))
    text = "\n".join(part for part in (first.text, then.text) if part)
    return TurnOutcome(text, first.changed or then.changed, then.state, (*kept, *then.actions))


async def _send(context: JobContext, words: str) -> TurnOutcome:
    """Sends `words` to the agent, once, and finds out what it did.

    Raises what the backend refused, `AgentFailed`, `EditLost` and `EditTooSlow`. A turn that said nothing
    and changed nothing is no error here: its outcome is empty.
    """
    before = canonical(await context.state())
    # From here on the turn may have been sent: whoever finds the row in this stage only reads the state.
    await context.enter(Step.TAKE_TURN, before=before)
    try:
        result = await context.ask(lambda who: _listen(context, who, words))
    except TurnTimedOut:
        await context.save(edited=True)
        return await _last_look(context)
    except (StreamBroken, OutcomeUnknown) as error:
        log.warning("job %s: the turn's answer broke off (%s); the state will tell", context.job.id, error)
        return await recover_turn(context)
    await context.save(edited=True)
    return await _judge(context, result)


async def recover_turn(context: JobContext) -> TurnOutcome:
    """Finds out by the state alone what became of a turn whose answer was lost. Sends nothing.

    Raises `EditLost` if nothing has changed after the last look.
    """
    await context.save(edited=True)
    first = context.services.timing.recovery
    for look in range(LOOKS_AFTER_A_BREAK):
        context.status.show(context.say("checking-the-edit"))
        await context.services.clock.sleep(first if look == 0 else 2 * first)
        try:
            after = await context.state()
        except BackendDown:
            continue
        if canonical(after) != context.job.before:
            return TurnOutcome(_what_changed(context, after), changed=True, state=after)
    raise EditLost


async def reread_turn(context: JobContext) -> TurnOutcome:
    """What an earlier run made of the turn, with the state as it is now. Sends nothing and waits for nothing."""
    state = await context.state()
    return TurnOutcome(context.job.answer, canonical(state) != context.job.before, state)


async def _listen(context: JobContext, who: Credentials, words: str) -> TurnResult:
    turn = Turn()
    total = context.services.timing.edit_timeout
    patience = Patience(total, silence=total * 2 / 3, heartbeats=total * 2 / 3)
    client = context.services.gateway.client
    await client.run(who, context.job.session, words, on_event=turn.feed, patience=patience)
    result = turn.result()
    if result.fault and result.fault.code is not None and not (result.text or result.saw_tools):
        raise fault_error(result.fault)  # a refusal that came inside the stream: nothing was done
    return result


async def _judge(context: JobContext, result: TurnResult) -> TurnOutcome:
    # Words with no tool behind them are an answer and not an edit: nothing is going to be written late.
    patient = result.saw_tools or not result.text
    after, changed = await _state_after(context, patient=patient)
    if result.fault and not changed:
        raise await _failure(context, result)
    if result.fault:
        log.warning(
            "job %s: the agent reported a fault midway: %s", context.job.id, fault_error(result.fault).__cause__
        )
        context.notices.append(context.say("stopped-midway"))
    if not result.text:
        return TurnOutcome(_what_changed(context, after) if changed else "", changed, after)
    from core.nemo.gui.translate import translate  # noqa: PLC0415 - its patterns take a while to build: with the first answer

    translated = translate(result.text)
    text = plain(translated.text) or (_what_changed(context, after) if changed else "")
    return TurnOutcome(text, changed, after, translated.actions)


async def _failure(context: JobContext, result: TurnResult) -> UserError:
    error = fault_error(result.fault) if result.fault else AgentFailed()
    log.warning("the agent's turn failed: %s", error.__cause__)
    if isinstance(error, NoCredits | PlanBlocked):
        return await context.services.gateway.with_way_out(context.job.place, error)
    # Anything else of the table would be recovered from by asking again, and this turn has been taken.
    return AgentFailed()


async def _state_after(context: JobContext, *, patient: bool) -> tuple[SessionState, bool]:
    after = None
    for wait in LATE_COMMIT_WAITS if patient else (0.0,):
        await context.services.clock.sleep(wait)
        try:
            after = await context.state()
        except BackendDown:
            continue
        if canonical(after) != context.job.before:
            return after, True
    if after is None:  # the turn was taken, so "nothing was started" would not be true
        raise OutcomeUnknown
    return after, False


async def _last_look(context: JobContext) -> TurnOutcome:
    after, changed = await _state_after(context, patient=True)
    if not changed:
        raise EditTooSlow(minutes=int(context.services.timing.edit_timeout // 60))
    return TurnOutcome(_what_changed(context, after), changed=True, state=after)


def _what_changed(context: JobContext, after: SessionState) -> str:
    before = json.loads(context.job.before)
    draft = before.get("draft") if isinstance(before, dict) else None
    return describe(context.job.language, read_timeline(draft), read_timeline(after.draft))
