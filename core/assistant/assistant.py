"""The door: one message in, answered at once or made a job. Never waits for the backend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from core.assistant.commands import Cancelling, Choices, Starting
from core.assistant.replies import Ids, Replies
from core.assistant.requests import Drafting, fulfilled, language_of, with_wish
from core.assistant.waiting_line import Reception
from core.chat.buttons import Press, PressCancel, PressExample, PressOffer, PressRetry, intent_behind, read_press
from core.errors import NoFileYet, NothingToExport
from core.files import AUDIO_TYPES
from core.intents import (
    Cancel,
    ChooseLanguage,
    ChooseSkill,
    Credits,
    Edit,
    Export,
    Help,
    Intent,
    NewProject,
    Status,
    Upload,
    intent_of,
    media_urls,
    without_urls,
)
from core.job import Job, Project, Task
from core.language.catalogue import explain, say
from core.language.detection import ui_language
from core.messages import Attachment, Incoming
from core.ports import Clock, Engine, Store
from core.records import Inquiry, Room
from core.skills import is_about_a_file

Inform = Credits | Status | Help | Upload
Reply = Inform | Cancel | NewProject | ChooseLanguage | ChooseSkill


class Assistant:
    """`handle` is all that an adapter calls. It returns the ids of the jobs that a message became."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        replies: Replies,
        reception: Reception,
        drafting: Drafting,
        clock: Clock,
        room: Room,
    ) -> None:
        self._store = store
        self._engine = engine
        self._replies = replies
        self._reception = reception
        self._drafting = drafting
        self._clock = clock
        self._cancelling = Cancelling(store, engine, replies, reception)
        self._starting = Starting(store, engine, replies, reception, room)
        self._choices = Choices(replies, drafting.skills)

    async def handle(self, incoming: Incoming) -> Ids:
        """Saves the message with what it starts, so that it may be acknowledged now.

        A message that was seen before changes nothing.
        """
        project = await self._store.project(incoming.place)
        if incoming.action:
            return await self._pressed(incoming, project)
        urls = media_urls(incoming.text)
        linked = tuple(Attachment(handle=url, name="", url=url) for url in urls)
        text = without_urls(incoming.text, urls)
        incoming = replace(incoming, text=text, attachments=(*incoming.attachments, *linked))
        if incoming.attachments and not text:
            incoming = with_wish(incoming, project, self._clock.now())
        return await self._act(incoming, project, intent_of(incoming.text, has_files=bool(incoming.attachments)))

    async def tell(self, incoming: Incoming, key: str) -> Ids:
        """Answers with a sentence of the catalogue: for what an adapter knows and the core does not."""
        project = await self._store.project(incoming.place)
        language = language_of(incoming, project)
        return await self._replies.say(incoming, language, say(language, key))

    async def quiet(self) -> None:
        """Returns when everything that needed no job has been said."""
        await self._replies.quiet()
        await self._reception.quiet()

    # --- what a message asks for

    async def _act(self, incoming: Incoming, project: Project, intent: Intent) -> Ids:
        match intent:
            case Edit():
                return await self._edit(incoming, project, intent)
            case Export():
                return await self._export(incoming, project, intent)
            case Upload() if incoming.attachments:
                return await self._starting.start(incoming, self._uploads(incoming, project))
            case _:
                ids = await self._answer(incoming, project, intent)
                if ids:  # otherwise there is nothing new to claim, and looking for it would keep the database busy
                    self._engine.wake()
                return ids

    async def _answer(self, incoming: Incoming, project: Project, intent: Reply) -> Ids:
        """What needs no job. A file that came along is kept, whatever the words were about."""
        uploads = self._uploads(incoming, project)
        match intent:
            case Cancel():
                return await self._cancelling.all_of(incoming, project, uploads)
            case NewProject():
                language = language_of(incoming, project)
                words = say(language, "new-project")
                return await self._replies.say(
                    incoming, language, words, jobs=uploads, session="", source="", used="", fresh=(), wish=""
                )
            case ChooseLanguage(language):
                return await self._choices.language(incoming, project, language, uploads)
            case ChooseSkill(name):
                return await self._choices.skill(incoming, project, name, uploads)
            case Credits() | Status() | Help() | Upload():
                return await self._inform(incoming, project, intent, uploads)
            case _:
                assert_never(intent)

    def _uploads(self, incoming: Incoming, project: Project) -> list[Job]:
        return [self._drafting.upload(incoming, project, self._clock.now())] if incoming.attachments else []

    async def _edit(self, incoming: Incoming, project: Project, intent: Edit) -> Ids:
        if not incoming.attachments and self._needs_a_file(intent) and not await self._has_material(project):
            return await self._keep_wish(incoming, project)
        jobs = self._drafting.edits(incoming, project, self._clock.now(), intent.text, intent.output)
        return await self._starting.start(incoming, jobs, **fulfilled(incoming, project))

    def _needs_a_file(self, intent: Edit) -> bool:
        return intent.output in AUDIO_TYPES or is_about_a_file(self._drafting.skills, intent.text)

    async def _keep_wish(self, incoming: Incoming, project: Project) -> Ids:
        """Asks for the file; the words are kept for it."""
        language = language_of(incoming, project)
        text, wished = explain(language, NoFileYet()), str(self._clock.now())
        return await self._replies.say(
            incoming, language, text, wish=incoming.text, wisher=incoming.sender, wished=wished
        )

    async def _export(self, incoming: Incoming, project: Project, intent: Export) -> Ids:
        if not incoming.attachments and not project.session and not await self._has_material(project):
            return await self._replies.refuse(incoming, language_of(incoming, project), NothingToExport())
        if intent.output in AUDIO_TYPES and await self._has_unused_file(project):
            return await self._edit(incoming, project, Edit(incoming.text, intent.output))
        job = self._drafting.export(incoming, project, self._clock.now(), intent.output)
        return await self._starting.start(incoming, [job])

    async def _has_unused_file(self, project: Project) -> bool:
        """A file that was sent alone: "export the audio" is the first thing that is asked of it."""
        waiting = await self._store.open_jobs(project.place)
        return bool(project.fresh) or any(job.task is Task.UPLOAD for job in waiting)

    async def _has_material(self, project: Project) -> bool:
        return bool(project.source) or bool(await self._store.open_jobs(project.place))

    async def _inform(self, incoming: Incoming, project: Project, intent: Inform, uploads: list[Job]) -> Ids:
        match intent:
            case Credits():
                inquiry = Inquiry.CREDITS
            case Status():
                inquiry = Inquiry.STATUS
            case Help():
                inquiry = Inquiry.HELP
            case Upload():
                inquiry = Inquiry.UPLOAD
        return await self._replies.find_out(incoming, language_of(incoming, project), inquiry, uploads)

    # --- what a button asks for

    async def _pressed(self, incoming: Incoming, project: Project) -> Ids:
        press = read_press(incoming.action)
        if press is not None and (intent := intent_behind(press)) is not None:
            return await self._act(incoming, project, intent)
        if (words := await self._words_behind(press, incoming)) is not None:
            return await self._act(replace(incoming, text=words, action=""), project, Edit(words))
        match press:
            case PressCancel(job_id):
                return await self._cancelling.one(incoming, project, await self._store.job(job_id))
            case PressRetry(job_id):
                return await self._retry(incoming, project, await self._store.job(job_id))
            case _:
                return await self._too_old(incoming, project)

    async def _words_behind(self, press: Press | None, incoming: Incoming) -> str | None:
        match press:
            case PressExample(name, language, number):
                skill = self._drafting.skills.named(name)
                offers: Sequence[str] = skill.examples.of(ui_language(language)) if skill else ()
            case PressOffer(job_id, number):
                job = await self._store.job(job_id)
                offers = job.offers if job and job.place == incoming.place else ()
            case _:
                return None
        return offers[number] if number < len(offers) else None

    async def _retry(self, incoming: Incoming, project: Project, job: Job | None) -> Ids:
        again = self._drafting.again(job, incoming, project, self._clock.now()) if job else None
        if job is None or again is None or job.place != incoming.place:
            return await self._too_old(incoming, project)
        if job.sender != incoming.sender:  # it would cost whoever pressed a turn, and answer somebody else
            language = language_of(incoming, project)
            return await self._replies.say(incoming, language, say(language, "not-yours-to-retry"))
        return await self._starting.start(incoming, [again])

    async def _too_old(self, incoming: Incoming, project: Project) -> Ids:
        language = language_of(incoming, project)
        return await self._replies.say(incoming, language, say(language, "button-too-old"))
