"""What follows a turn: the export it was made for, or an answer with what can be done next."""

from __future__ import annotations

from typing import assert_never

from core.chat.summaries import credits_line, timeline_line
from core.conversion import AUDIO_TYPES
from core.errors import CutroomError, NoSoundInResult, NothingChanged
from core.files import kind_of
from core.intents import asks_for_words
from core.jobs.batch import hand_over
from core.jobs.context import Work
from core.jobs.delivery import answer
from core.jobs.turn import Said
from core.messages import Outgoing, Tone
from core.nemo.draft.timeline import has_segments
from core.nemo.gui.translate import EditInstead, Offer, RunExport, ShowCredits, ShowTimeline
from core.suggestions import suggestions

OFFERS = 3
UNFULFILLED = "unfulfilled"


class Unfulfilled(CutroomError):
    """The agent answered and made nothing of the file it was given; its words have been said."""


async def conclude(work: Work, said: Said) -> None:
    """Goes on to the export where the request asked for a file back, else says what the agent said.

    Raises `NothingChanged` after a turn that said and did nothing, `Unfulfilled` after one that only talked
    although a file was to be made, `PutAside` where the file waits for others.
    """
    text = await _with_what_was_named(work, said)
    offers = tuple(action.words for action in said.actions if isinstance(action, Offer))[:OFFERS]
    await work.save(answer=text, offers=offers, concluded=True)
    if work.job.export and _is_worth_exporting(work, said):
        try:
            await hand_over(work)
        except NoSoundInResult:
            if not text:
                raise
        else:
            return
    if not text and not said.changed:
        raise NothingChanged
    # A question about a file is answered with words: they are all that was wanted.
    owed = work.job.export and not asks_for_words(work.job.request)
    if owed:
        await work.save(error=UNFULFILLED)
    await answer(work, text, can_export=has_segments(said.state.draft), tone=Tone.ERROR if owed else Tone.ANSWER)
    if owed:
        raise Unfulfilled


def _is_worth_exporting(work: Work, said: Said) -> bool:
    """Taking the sound out need not show in the timeline: it can be had from the project as it stands."""
    if said.changed or any(isinstance(action, RunExport) for action in said.actions):
        return True
    wanted = work.job.output or work.skill.output
    return wanted in AUDIO_TYPES and has_segments(said.state.draft)


async def _with_what_was_named(work: Work, said: Said) -> str:
    """The agent sent the user to a panel: here is what stands in it."""
    parts = [said.text]
    for action in dict.fromkeys(said.actions):
        match action:
            case ShowTimeline():
                parts.append(timeline_line(work.job.language, said.state.draft))
            case ShowCredits():
                balance = await work.ask(work.tools.gateway.client.credits)
                parts.append(credits_line(work.job.language, balance))
            case RunExport() | EditInstead() | Offer():
                pass
            case _:
                assert_never(action)
    return "\n".join(part for part in parts if part)


async def say_uploaded(work: Work, names: tuple[str, ...]) -> None:
    """A file came alone: it is kept, and what could be done with it is offered once."""
    project = await work.tools.store.project(work.job.place)
    kinds = [kind_of(name) for name in names]
    buttons = suggestions(work.tools.skills, project.skill, kinds, work.job.language)
    text = work.say("uploaded", names=", ".join(names), count=len(names))
    await work.send(Outgoing(text, buttons=buttons), "uploaded")
