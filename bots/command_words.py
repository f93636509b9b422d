"""What a command says could have been said in words, so there is one way through the core."""

from __future__ import annotations

from core.language.detection import ui_language

_WORDS = {
    "export": {"en": "export", "zh": "导出"},
    "status": {"en": "status", "zh": "状态"},
    "credits": {"en": "credits", "zh": "积分"},
    "upload": {"en": "upload", "zh": "上传"},
    "new": {"en": "new project", "zh": "新项目"},
    "cancel": {"en": "cancel", "zh": "取消"},
    "help": {"en": "help", "zh": "帮助"},
    "language": {"en": "language", "zh": "语言"},
    "skill": {"en": "skill", "zh": "技能"},
}


def words_for(command: str, language: str) -> str | None:
    """In the language of whoever asks, so that the answer comes in it. None for a command that we do not know."""
    words = _WORDS.get(command)
    return words[ui_language(language)] if words else None
