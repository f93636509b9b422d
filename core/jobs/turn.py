"""One turn of the agent: asked once, and believed only as far as the project's state agrees."""

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
from core.job import Stage
from core.jobs.context import Work
from core.nemo.draft.changes import canonical
from core.nemo.draft.timeline import read_timeline
from core.nemo.gui.actions import Action
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
class Said:
    """What came of a turn. `text` is fit to be read; `changed` is whether `state`, as read after it, differs from
    before."""

    text: str
    changed: bool
    state: SessionState
    actions: tuple[Action, ...] = ()


async def take_turn(work: Work, words: str) -> Said:
    """Sends `words` to the agent, once, and finds out what it did.

    Raises what the backend refused, `AgentFailed`, `EditLost` and `EditTooSlow`. A turn that said nothing
    and changed nothing is no error here: its `Said` is empty.
    """
    before = canonical(await work.state())
    # From here on the turn may have been sent: whoever finds the row in this stage only reads the state.
    await work.save(stage=Stage.EDITING, before=before)
    try:
        result = await work.ask(lambda who: _listen(work, who, words))
    except TurnTimedOut:
        await work.save(edited=True)
        return await _last_look(work)
    except (StreamBroken, OutcomeUnknown) as error:
        log.warning("job %s: the turn's answer broke off (%s); the state will tell", work.job.id, error)
        return await recover(work)
    await work.save(edited=True)
    return await _judge(work, result)


async def recover(work: Work) -> Said:
    """Finds out by the state alone what became of a turn whose answer was lost. Sends nothing.

    Raises `EditLost` if nothing has changed after the last look.
    """
    await work.save(edited=True)
    first = work.tools.settings.recovery_seconds
    for look in range(LOOKS_AFTER_A_BREAK):
        work.status.show(work.say("checking-the-edit"))
        await work.tools.clock.sleep(first if look == 0 else 2 * first)
        try:
            after = await work.state()
        except BackendDown:
            continue
        if canonical(after) != work.job.before:
            return Said(_what_changed(work, after), changed=True, state=after)
    raise EditLost


async def as_concluded(work: Work) -> Said:
    """What an earlier run made of the turn, with the state as it is now. Sends nothing and waits for nothing."""
    state = await work.state()
    return Said(work.job.answer, canonical(state) != work.job.before, state)


async def _listen(work: Work, who: Credentials, words: str) -> TurnResult:
    turn = Turn()
    total = work.tools.settings.edit_timeout_seconds
    patience = Patience(total, silence=total * 2 / 3, heartbeats=total * 2 / 3)
    client = work.tools.gateway.client
    await client.run(who, work.job.session, words, on_event=turn.feed, patience=patience)
    result = turn.result()
    if result.fault and result.fault.code is not None and not (result.text or result.saw_tools):
        raise fault_error(result.fault)  # a refusal that came inside the stream: nothing was done
    return result


async def _judge(work: Work, result: TurnResult) -> Said:
    # Words with no tool behind them are an answer and not an edit: nothing is going to be written late.
    patient = result.saw_tools or not result.text
    after, changed = await _state_after(work, patient=patient)
    if result.fault and not changed:
        raise await _failure(work, result)
    if result.fault:
        log.warning("job %s: the agent reported a fault midway: %s", work.job.id, fault_error(result.fault).__cause__)
        work.notices.append(work.say("stopped-midway"))
    if not result.text:
        return Said(_what_changed(work, after) if changed else "", changed, after)
    from core.nemo.gui.translate import translate  # noqa: PLC0415 - its patterns take a while to build: with the first answer

    translated = translate(result.text)
    text = plain(translated.text) or (_what_changed(work, after) if changed else "")
    return Said(text, changed, after, translated.actions)


async def _failure(work: Work, result: TurnResult) -> UserError:
    error = fault_error(result.fault) if result.fault else AgentFailed()
    log.warning("the agent's turn failed: %s", error.__cause__)
    if isinstance(error, NoCredits | PlanBlocked):
        return await work.tools.gateway.with_way_out(work.job.place, error)
    # Anything else of the table would be recovered from by asking again, and this turn has been taken.
    return AgentFailed()


async def _state_after(work: Work, *, patient: bool) -> tuple[SessionState, bool]:
    after = None
    for wait in LATE_COMMIT_WAITS if patient else (0.0,):
        await work.tools.clock.sleep(wait)
        try:
            after = await work.state()
        except BackendDown:
            continue
        if canonical(after) != work.job.before:
            return after, True
    if after is None:  # the turn was taken, so "nothing was started" would not be true
        raise OutcomeUnknown
    return after, False


async def _last_look(work: Work) -> Said:
    after, changed = await _state_after(work, patient=True)
    if not changed:
        raise EditTooSlow(minutes=int(work.tools.settings.edit_timeout_seconds // 60))
    return Said(_what_changed(work, after), changed=True, state=after)


def _what_changed(work: Work, after: SessionState) -> str:
    before = json.loads(work.job.before)
    draft = before.get("draft") if isinstance(before, dict) else None
    return describe(work.job.language, read_timeline(draft), read_timeline(after.draft))
