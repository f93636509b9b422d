"""The entry point: takes one message in, and answers it at once or makes jobs of it. Never waits for the backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import assert_never

from core.assistant.asked import Asked
from core.assistant.commands import Cancellation, ChatSettings
from core.assistant.links import with_links
from core.assistant.presses import OVER, TOO_OLD, LastPresses, Presses
from core.assistant.questions import Questions
from core.assistant.replies import Ids, Replies
from core.assistant.requests import Admission, JobFactory, fulfilled, in_form, press_of, with_pending
from core.assistant.waiting_line import WaitingLine
from core.chat.buttons import (
    Press,
    PressCancel,
    PressChoice,
    PressForm,
    PressInstead,
    PressRetry,
    intent_behind,
    read_press,
)
from core.errors import BadInput, NoFileYet, NothingToExport
from core.files import AUDIO_TYPES
from core.intents import (
    Both,
    Cancel,
    ChooseLanguage,
    ChooseSkill,
    Credits,
    Edit,
    Export,
    Help,
    Intent,
    NeverMind,
    NewProject,
    Status,
    Upload,
    intent_of,
    is_courtesy,
    is_thanks,
)
from core.job import EMPTY_PROJECT, Behind, Job, PendingRequest, Project, ProjectValue, Task
from core.language.catalogue import explain, say
from core.messages import Incoming
from core.ports import Clock, Engine, Store
from core.records import Inquiry, Room
from core.skills import is_about_a_file

Inform = Credits | Status | Help | Upload
_INQUIRIES = {Credits: Inquiry.CREDITS, Status: Inquiry.STATUS, Help: Inquiry.HELP, Upload: Inquiry.UPLOAD}
Reply = Inform | Cancel | NeverMind | NewProject | ChooseLanguage | ChooseSkill


class Assistant:
    """`handle` is all that an adapter calls. It returns the ids of the jobs that a message became."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        replies: Replies,
        waiting_line: WaitingLine,
        job_factory: JobFactory,
        clock: Clock,
        room: Room,
        questions: Questions,
    ) -> None:
        self._store = store
        self._engine = engine
        self._replies = replies
        self._waiting_line = waiting_line
        self._job_factory = job_factory
        self._clock = clock
        self._questions = questions
        self._cancellation = Cancellation(store, engine, replies, waiting_line, questions)
        self._admission = Admission(store, engine, replies, waiting_line, room)
        self._presses = Presses(store, job_factory)
        self._last_presses = LastPresses(clock)
        self._chat_settings = ChatSettings(replies, job_factory.skills)

    async def handle(self, incoming: Incoming) -> Ids:
        """Saves the message with what it starts, so that it may be acknowledged now.

        A message that was seen before changes nothing.
        """
        project = await self._store.project(incoming.place)
        if incoming.action:
            return await self._pressed(Asked.of(incoming, project))
        incoming, refusal = with_links(incoming)
        if refusal is not None:  # the words are about what is behind that link, and not about the project
            return await self._refuse(Asked.of(incoming, project), refusal)
        text = incoming.text
        if incoming.attachments and (not text or is_courtesy(text)):
            incoming = with_pending(replace(incoming, text=""), project, self._clock.now())
        asked = await self._to_its_project(Asked.of(incoming, project))
        answer = await self._questions.answer(asked)
        intent = answer or intent_of(incoming.text, has_files=bool(incoming.attachments))
        if isinstance(intent, Edit) and is_courtesy(intent.text) and not asked.open_request:
            return await self._say(asked, "courtesy-thanks" if is_thanks(intent.text) else "courtesy")
        return await self._act(asked, intent)

    async def objection(self, incoming: Incoming) -> str:
        """Why a press does nothing for whoever pressed, "" where it does something. It changes nothing.

        An adapter that can show words to one person alone shows them, and hands such a press over to nobody.
        """
        asked, press = Asked.of(incoming, await self._store.project(incoming.place)), read_press(incoming.action)
        key = await self._presses.objection(asked, press)
        if key == OVER and isinstance(press, PressChoice):  # its buttons should not stand there any more
            self._questions.withdraw(press.job, incoming.under)
        return say(asked.language, key) if key else ""

    async def _to_its_project(self, asked: Asked) -> Asked:
        """A reply to a result means the project that it came from, whatever file hangs on it."""
        incoming, project = asked.incoming, asked.project
        if not incoming.result or incoming.attachments:
            return asked
        kept = await self._store.result_of_message(incoming.place, incoming.result)
        if kept is None and not incoming.result_files:  # it replies to mere words
            return asked
        project = replace(project, fresh=())
        if kept and kept.session and kept.session != project.session:
            project = replace(Project(project.place, kept.session, project.language, project.skill), source=kept.name)
            return replace(asked, project=project, behind=Behind.ANOTHER, restore=kept.render)
        if kept is None or project.shown == kept.id:  # not noted: it was sent a moment ago, or years ago
            return replace(asked, project=project, behind=Behind.PROJECT)
        return replace(asked, project=project, behind=Behind.MOVED_ON, restore=kept.render)

    async def tell(self, incoming: Incoming, key: str) -> Ids:
        """Answers with a sentence of the catalogue: for what an adapter knows and the core does not."""
        return await self._say(Asked.of(incoming, await self._store.project(incoming.place)), key)

    async def _say(self, asked: Asked, key: str) -> Ids:
        return await self._replies.say(asked, say(asked.language, key))

    async def quiet(self) -> None:
        """Returns when everything that needed no job has been said."""
        await self._replies.quiet()
        await self._waiting_line.quiet()
        await self._questions.quiet()

    async def _refuse(self, asked: Asked, refusal: BadInput) -> Ids:
        """A file that came along is kept."""
        ids = await self._replies.refuse(asked, refusal, self._uploads(asked))
        if ids:
            self._engine.wake()
        return ids

    # --- what a message asks for

    async def _act(self, asked: Asked, intent: Intent) -> Ids:
        match intent:
            case Edit():
                return await self._edit(asked, intent)
            case Export():
                return await self._export(asked, intent)
            case Both(told, export):
                return await self._both(asked, told, export)
            case Upload() if asked.incoming.attachments:
                return await self._admission.admit(asked, self._uploads(asked))
            case NeverMind() if asked.open_request and not asked.question and not await self._is_busy(asked):
                return await self._edit(asked, Edit(asked.incoming.text))  # whoever asked has to know
            case _:
                ids = await self._answer(asked, intent)
                if ids:  # otherwise there is nothing new to claim, and looking for it would keep the database busy
                    self._engine.wake()
                return ids

    async def _answer(self, asked: Asked, intent: Reply) -> Ids:
        """What needs no job. A file that came along is kept, whatever the words were about."""
        uploads = self._uploads(asked)
        match intent:
            case Cancel():
                return await self._cancellation.all_of(asked, uploads)
            case NeverMind():
                return await self._cancellation.never_mind(asked, uploads)
            case NewProject():
                words = say(asked.language, "new-project")
                ids = await self._replies.say(asked, words, (), uploads, session="", **EMPTY_PROJECT)
                self._questions.forget(asked)
                return ids
            case ChooseLanguage(language):
                return await self._chat_settings.language(asked, language, uploads)
            case ChooseSkill(name):
                return await self._chat_settings.skill(asked, name, uploads)
            case Credits() | Status() | Help() | Upload():
                return await self._inform(asked, intent, uploads)
            case _:
                assert_never(intent)

    def _uploads(self, asked: Asked) -> list[Job]:
        return [self._job_factory.upload(asked, self._clock.now())] if asked.incoming.attachments else []

    async def _edit(self, asked: Asked, intent: Edit) -> Ids:
        brings_files = bool(asked.incoming.attachments)
        if not brings_files and self._needs_a_file(intent) and not await self._has_material(asked.project):
            return await self._ask_for_the_file(asked)
        now = self._clock.now()
        jobs = self._job_factory.edits(asked, now, intent.text, intent.output, export=intent.export)
        ids = await self._admission.admit(asked, jobs, **fulfilled(asked), **asked.back_to)
        if ids:
            self._questions.close(asked)
        return ids

    def _needs_a_file(self, intent: Edit) -> bool:
        return intent.output in AUDIO_TYPES or is_about_a_file(self._job_factory.skills, intent.text)

    async def _ask_for_the_file(self, asked: Asked) -> Ids:
        """The request is kept for the file."""
        pending = PendingRequest(asked.incoming.text, asked.incoming.sender, self._clock.now())
        return await self._replies.say(asked, explain(asked.language, NoFileYet()), pending=pending)

    async def _export(self, asked: Asked, intent: Export) -> Ids:
        nothing_new = not asked.incoming.attachments and not asked.project.session
        if nothing_new and not await self._has_material(asked.project):
            return await self._replies.refuse(asked, NothingToExport())
        if intent.output in AUDIO_TYPES and await self._has_unused_file(asked.project):
            return await self._edit(asked, Edit(asked.incoming.text, intent.output))
        job = self._job_factory.export(asked, self._clock.now(), intent.output)
        theirs = asked.open_request and not asked.question  # one that the backend knows of stays open
        answered: dict[str, ProjectValue] = {"open_request": None} if theirs else {}
        return await self._admission.admit(asked, [job], **answered, **asked.back_to)

    async def _both(self, asked: Asked, told: Credits | Status, export: Export) -> Ids:
        if not asked.incoming.attachments and not await self._has_material(asked.project):
            return await self._inform(asked, told, [])
        ids = await self._inform(asked, told, [self._job_factory.export(asked, self._clock.now(), export.output)])
        self._engine.wake()
        return ids

    async def _has_unused_file(self, project: Project) -> bool:
        """A file that was sent alone: "export the audio" is the first thing that is asked of it."""
        waiting = await self._store.open_jobs(project.place)
        return bool(project.fresh) or any(job.task is Task.UPLOAD for job in waiting)

    async def _has_material(self, project: Project) -> bool:
        return bool(project.source) or bool(await self._store.open_jobs(project.place))

    async def _inform(self, asked: Asked, intent: Inform, uploads: list[Job]) -> Ids:
        return await self._replies.find_out(asked, _INQUIRIES[type(intent)], uploads)

    # --- what a button asks for

    async def _pressed(self, asked: Asked) -> Ids:
        """One press is one job: a second one while the first is at work, or right after it, is the same."""
        press = press_of(asked.incoming)
        if self._last_presses.is_slip(press):
            return ()
        try:
            if any(job.press == press for job in await self._store.open_jobs(asked.incoming.place)):
                return ()
            return await self._act_on_press(asked, read_press(asked.incoming.action))
        except BaseException:
            self._last_presses.forget(press)
            raise

    async def _act_on_press(self, asked: Asked, press: Press | None) -> Ids:
        if key := await self._presses.objection(asked, press):
            return await self._say(asked, key)
        if press is not None and (intent := intent_behind(press)) is not None:
            return await self._act(asked, intent)
        if words := await self._presses.words_behind(asked, press):
            language = await self._presses.language_behind(asked, press)
            return await self._act(asked.in_words(words, language), Edit(words))
        match press:
            case PressCancel(job_id):
                return await self._cancellation.one(asked, await self._store.job(job_id))
            case PressRetry(job_id):
                return await self._go_on(asked, await self._store.job(job_id), self._job_factory.again)
            case PressForm(job_id, form):
                return await self._go_on(asked, await self._store.job(job_id), partial(in_form, form))
            case PressInstead(job_id):
                return await self._instead(asked, await self._store.job(job_id))
            case _:
                return await self._say(asked, TOO_OLD)

    async def _instead(self, asked: Asked, job: Job | None) -> Ids:
        """The same words, for the file of the result and not for the project behind it."""
        if job is None:
            return await self._say(asked, TOO_OLD)
        asked = asked.in_words(job.request)
        asked = replace(asked, incoming=replace(asked.incoming, attachments=job.instead))
        return await self._act(asked, intent_of(job.request, has_files=True))

    async def _go_on(self, asked: Asked, job: Job | None, make: Callable[[Job, Asked, float], Job | None]) -> Ids:
        """With a new job that `make` makes of an earlier one."""
        new = make(job, asked, self._clock.now()) if job else None
        return await self._admission.admit(asked, [new]) if new else await self._say(asked, TOO_OLD)

    async def _is_busy(self, asked: Asked) -> bool:
        jobs = await self._store.open_jobs(asked.incoming.place)
        return any(job.sender == asked.incoming.sender for job in jobs)
