"""Skills as data: one folder each, with a `SKILL.md`. The built-in ones are beside this file."""

from core.skills.book import BUILT_IN, SkillBook, load_skills
from core.skills.choice import choose_skill, is_about_a_file
from core.skills.model import InLanguages, Skill, SkillProblem, platform_of

__all__ = [
    "BUILT_IN",
    "InLanguages",
    "Skill",
    "SkillBook",
    "SkillProblem",
    "choose_skill",
    "is_about_a_file",
    "load_skills",
    "platform_of",
]
