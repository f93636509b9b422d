"""What could be done with a file that came without words, as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from core.chat.buttons import PressExample, write_press
from core.files import Kind
from core.intents import joins_files
from core.language.detection import ui_language
from core.messages import Button
from core.skills import Skill, SkillBook

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
