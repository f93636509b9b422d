"""The commands that need no job: cancel, never mind, choose a language, choose a skill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.assistant.asked import Asked
from core.assistant.questions import Questions, dropped
from core.assistant.replies import Ids, Replies
from core.assistant.waiting_line import WaitingLine
from core.chat.buttons import PressLanguage, PressSkill, PressUndo, named_buttons, write_press
from core.job import Job, ProjectValue, Stage
from core.language.catalogue import LANGUAGES, say
from core.language.detection import ui_language
from core.messages import Button
from core.ports import Engine, Store
from core.skills import SkillBook


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """The language and the skill of a place. A name that we do not know is answered with buttons for those that we do.
    `jobs` are saved in the same transaction as the answer."""

    replies: Replies
    skills: SkillBook

    async def language(self, asked: Asked, tag: str, jobs: Sequence[Job]) -> Ids:
        if not tag:
            buttons = [Button(say(each, "language-name"), write_press(PressLanguage(each))) for each in LANGUAGES]
            text = say(asked.language, "which-language")
            return await self.replies.say(asked, text, buttons, jobs)
        return await self.replies.say(
            replace(asked, language=tag), say(tag, "language-chosen"), jobs=jobs, language=tag
        )

    async def skill(self, asked: Asked, name: str, jobs: Sequence[Job]) -> Ids:
        language = asked.language
        shown = ui_language(language)
        skill = self.skills.named(name)
        if skill is None:
            pressed = [(each, write_press(PressSkill(each.name))) for each in self.skills.skills]
            buttons = [Button(each.title.of(shown), action) for each, action in pressed if action]
            return await self.replies.say(asked, say(language, "which-skill"), buttons, jobs)
        text = say(language, "skill-chosen", title=skill.title.of(shown))
        return await self.replies.say(asked, text, jobs=jobs, skill=skill.name)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What Cancel does, by word or by button: cancels the row, stops the work, and updates the status message.

    Only the person who asked for a job can cancel it. Where nothing of theirs is at work, what they were asked is
    dropped.
    """

    store: Store
    engine: Engine
    replies: Replies
    waiting_line: WaitingLine
    questions: Questions

    async def all_of(self, asked: Asked, jobs: Sequence[Job] = ()) -> Ids:
        """All open jobs of this person in this place. `jobs` are saved afterwards, and so are not cancelled."""
        mine = await self._under_way(asked)
        ids = await self._say(asked, [await self._stop(job) for job in mine], jobs, dropped(asked))
        self.questions.close(asked)
        return ids

    async def never_mind(self, asked: Asked, jobs: Sequence[Job] = ()) -> Ids:
        """As `all_of`; where there is nothing to let be, nothing is changed, and the last edit may be taken back."""
        if await self._under_way(asked) or dropped(asked):
            return await self.all_of(asked, jobs)
        edited = bool(asked.project.session and asked.project.turn)
        buttons = named_buttons(asked.language, PressUndo()) if edited else ()
        text = say(asked.language, "nothing-to-drop-undo" if edited else "nothing-to-drop")
        return await self.replies.say(asked, text, buttons, jobs)

    async def _under_way(self, asked: Asked) -> list[Job]:
        jobs = await self.store.open_jobs(asked.incoming.place)
        return [job for job in jobs if job.sender == asked.incoming.sender]

    async def one(self, asked: Asked, job: Job | None) -> Ids:
        if job is None or job.place != asked.incoming.place or job.stage.over:
            return await self._say(asked, [])
        return await self._say(asked, [await self._stop(job)])

    async def _say(
        self,
        asked: Asked,
        stages: Sequence[Stage | None],
        jobs: Sequence[Job] = (),
        waited: Mapping[str, ProjectValue] = MappingProxyType({}),
    ) -> Ids:
        """`waited` is what the place changes of its project where something waited for this person."""
        key = "cancelled-while-editing" if Stage.EDITING in stages else "cancelled"
        key = key if any(stages) else "question-dropped" if waited else "nothing-to-cancel"
        return await self.replies.say(asked, say(asked.language, key), (), jobs, **waited)

    async def _stop(self, job: Job) -> Stage | None:
        # The row first: a worker that finishes at this moment must find that it may not deliver.
        stage = await self.store.cancel(job.id)
        self.engine.stop(job.id)
        if stage in (Stage.ACCEPTED, Stage.READY):  # no worker may hold it that would edit its status message
            self.waiting_line.dismiss([job.id], "status-cancelled")
        return stage
