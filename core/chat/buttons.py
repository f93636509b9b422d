"""What a button carries: a closed set of presses, written into at most 64 bytes and read back from strangers.

And the buttons under a job's result and under its question, and those under a file that came without words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.files import Kind
from core.intents import ChooseLanguage, ChooseSkill, Edit, Export, Intent, NewProject, Status, joins_files
from core.job import Form, Job
from core.language.catalogue import say
from core.language.detection import ui_language
from core.messages import Button
from core.skills import Skill, SkillBook

MAX_BYTES = 64


@dataclass(frozen=True, slots=True)
class PressExport:
    pass


@dataclass(frozen=True, slots=True)
class PressStatus:
    pass


@dataclass(frozen=True, slots=True)
class PressNew:
    pass


@dataclass(frozen=True, slots=True)
class PressCancel:
    job: str


@dataclass(frozen=True, slots=True)
class PressRetry:
    job: str


@dataclass(frozen=True, slots=True)
class PressInstead:
    """Edit the file of the result that was replied to, and not the project behind it."""

    job: str


@dataclass(frozen=True, slots=True)
class PressForm:
    """Send the job's result, which was too large, in another form."""

    job: str
    form: Form


@dataclass(frozen=True, slots=True)
class PressOffer:
    """One of the requests that a job's answer offered."""

    job: str
    number: int


@dataclass(frozen=True, slots=True)
class PressChoice:
    """One of the choices of the question that a job's turn left open."""

    job: str
    number: int


@dataclass(frozen=True, slots=True)
class PressExample:
    """One of a skill's example requests, in the language it was shown in."""

    skill: str
    language: str
    number: int


@dataclass(frozen=True, slots=True)
class PressUndo:
    pass


@dataclass(frozen=True, slots=True)
class PressLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class PressSkill:
    skill: str


Press = (
    PressExport
    | PressStatus
    | PressNew
    | PressUndo
    | PressCancel
    | PressRetry
    | PressInstead
    | PressForm
    | PressOffer
    | PressChoice
    | PressExample
    | PressLanguage
    | PressSkill
)

_OF_A_JOB: dict[str, type[PressCancel | PressRetry | PressInstead]] = {
    "cancel": PressCancel,
    "retry": PressRetry,
    "instead": PressInstead,
}
_FORMS = frozenset(Form) - {Form.WHOLE}
_PLAIN: dict[str, Press] = {
    "export": PressExport(),
    "status": PressStatus(),
    "new": PressNew(),
    "undo": PressUndo(),
}


def write_press(press: Press) -> str:
    """The button's action, "" where it would be too long for a platform."""
    text = _written(press)
    return text if len(text.encode()) <= MAX_BYTES else ""


def _written(press: Press) -> str:
    match press:
        case PressCancel(job):
            return f"cancel:{job}"
        case PressRetry(job):
            return f"retry:{job}"
        case PressInstead(job):
            return f"instead:{job}"
        case PressForm(job, form):
            return f"form:{form}:{job}"
        case PressOffer(job, number):
            return f"offer:{number}:{job}"
        case PressChoice(job, number):
            return f"choice:{number}:{job}"
        case PressExample(skill, language, number):
            return f"example:{number}:{language}:{skill}"
        case PressLanguage(language):
            return f"language:{language}"
        case PressSkill(skill):
            return f"skill:{skill}"
        case _:
            return next(word for word, plain in _PLAIN.items() if plain == press)


def read_press(action: str) -> Press | None:
    """None for anything that no button of ours carries."""
    match action.split(":", 3):
        case [word]:
            return _PLAIN.get(word)
        case [word, job] if word in _OF_A_JOB:
            return _OF_A_JOB[word](job)
        case ["form", form, job] if form in _FORMS:
            return PressForm(job, Form(form))
        case ["language", language]:
            return PressLanguage(language)
        case ["skill", skill]:
            return PressSkill(skill)
        case ["offer", number, job] if _is_number(number):
            return PressOffer(job, int(number))
        case ["choice", number, job] if _is_number(number):
            return PressChoice(job, int(number))
        case ["example", number, language, skill] if _is_number(number):
            return PressExample(skill, language, int(number))
        case _:
            return None


def intent_behind(press: Press) -> Intent | None:
    """What a button says that could have been said in words; None where only the store knows."""
    match press:
        case PressExport():
            return Export()
        case PressStatus():
            return Status()
        case PressNew():
            return NewProject()
        case PressUndo():
            return Edit("undo")
        case PressLanguage(language):
            return ChooseLanguage(language)
        case PressSkill(skill):
            return ChooseSkill(skill)
        case _:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def choice_buttons(job: Job) -> tuple[Button, ...]:
    """What one tap answers to the question that its turn left open."""
    choices = job.question.choices if job.question else ()
    made = (Button(each.label, write_press(PressChoice(job.id, number))) for number, each in enumerate(choices))
    return tuple(button for button in made if button.action)


def result_buttons(job: Job) -> tuple[Button, ...]:
    """What can be done with a result, whatever is asked beside it."""
    return (*offer_buttons(job), *instead_buttons(job), *named_buttons(job.language, PressStatus(), PressNew()))


def offer_buttons(job: Job) -> tuple[Button, ...]:
    """What the agent named as possible besides."""
    return tuple(Button(words, write_press(PressOffer(job.id, number))) for number, words in enumerate(job.offers))


def instead_buttons(job: Job) -> tuple[Button, ...]:
    """A request that replied to a result was taken for the project behind it: its file may have been meant."""
    return named_buttons(job.language, PressInstead(job.id)) if job.instead else ()


def named_buttons(language: str, *presses: Press) -> tuple[Button, ...]:
    """Those whose label is a sentence of the catalogue, by the name of the press."""
    names = [(press, type(press).__name__.removeprefix("Press").lower()) for press in presses]
    return tuple(Button(say(language, f"button-{name}"), write_press(press)) for press, name in names)


MOST = 3


def suggestions(book: SkillBook, chosen: str, kinds: Sequence[Kind], language: str) -> tuple[Button, ...]:
    """The chosen skill's examples; without a choice, one of each skill that takes such files."""
    shown = ui_language(language)
    skill = book.named(chosen)
    if skill is not None:
        found = [(skill, number) for number in range(len(skill.examples.of(shown)))]
    else:
        found = [(each, number) for each in book.skills if (number := _fitting(each, kinds, shown)) is not None]
    made = [_button(each, number, shown) for each, number in found]
    return tuple(button for button in made if button.action)[:MOST]


def _fitting(skill: Skill, kinds: Sequence[Kind], language: str) -> int | None:
    if not skill.inputs.issuperset(kinds):
        return None
    together = len(set(kinds)) > 1
    for number, words in enumerate(skill.examples.of(language)):
        if together or not joins_files(words, kinds):
            return number
    return None


def _button(skill: Skill, number: int, language: str) -> Button:
    return Button(skill.examples.of(language)[number], write_press(PressExample(skill.name, language, number)))
