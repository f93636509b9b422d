"""What a place chooses for itself: the language it is spoken to in, and the skill it works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assistant.replies import Ids, Replies
from core.assistant.requests import language_of
from core.chat.buttons import PressLanguage, PressSkill, write_press
from core.job import Job, Project
from core.language.catalogue import LANGUAGES, say
from core.language.detection import ui_language
from core.messages import Button, Incoming
from core.skills import SkillBook


@dataclass(frozen=True, slots=True)
class Choices:
    """A choice that names nothing we have is answered with what there is. `jobs` are saved beside the answer."""

    replies: Replies
    skills: SkillBook

    async def language(self, incoming: Incoming, project: Project, tag: str, jobs: Sequence[Job]) -> Ids:
        if not tag:
            buttons = [Button(say(each, "language-name"), write_press(PressLanguage(each))) for each in LANGUAGES]
            spoken = language_of(incoming, project)
            return await self.replies.say(incoming, spoken, say(spoken, "which-language"), buttons, jobs)
        return await self.replies.say(incoming, tag, say(tag, "language-chosen"), jobs=jobs, language=tag)

    async def skill(self, incoming: Incoming, project: Project, name: str, jobs: Sequence[Job]) -> Ids:
        language = language_of(incoming, project)
        shown = ui_language(language)
        skill = self.skills.named(name)
        if skill is None:
            pressed = [(each, write_press(PressSkill(each.name))) for each in self.skills.skills]
            buttons = [Button(each.title.of(shown), action) for each, action in pressed if action]
            return await self.replies.say(incoming, language, say(language, "which-skill"), buttons, jobs)
        text = say(language, "skill-chosen", title=skill.title.of(shown))
        return await self.replies.say(incoming, language, text, jobs=jobs, skill=skill.name)
