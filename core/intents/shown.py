"""Whether a link in a message is a text for the picture, and nothing that is to be opened. Pure."""

from __future__ import annotations

import re

from core.intents.plain import quotations

_TEXT = (
    r"(?:titles?|captions?|texts?|subtitles?|watermarks?|words?|links?|urls?|address(?:es)?|overlays?|banners?"
    r"|end ?cards?)"
)
_PLACE = r"(?:up )?(?:in|at|on|across|over) the (?:\w+ ){0,2}(?:corner|top|bottom|screen|end|picture)"
_NEAR = 100  # letters
_WRITES = re.compile(
    rf"\b(?:saying|says?|reading|reads|writ(?:e|es|ing)|titled|called)\W{{0,6}}$"
    rf"|\b(?:add|put|insert|place|show|display|overlay|with)\b[^.!?\n]{{0,50}}\b{_TEXT}\W{{0,6}}$"
    r"|(?:标题|字幕|文字|水印|片尾|文案)(?:上|是|为|写着?|叫|改成|改为|内容)*[\s:：“「]{0,4}$|(?:写着?|写上|打上|显示)[\s:：“「]{0,4}$",
    re.IGNORECASE,
)
_AS_TEXT = re.compile(
    rf"\W{{0,4}}(?:as (?:an? |the |my )?(?:\w+ )?{_TEXT}|{_PLACE})\b"
    r"|[\s”」]{0,3}(?:作为|当作?|做成?)(?:标题|字幕|文字|水印)",
    re.IGNORECASE,
)


class Shown:
    """Reads one text. `in_picture` says of a part of it whether it is a text for the picture."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._quotations = quotations(text)

    def in_picture(self, start: int, end: int) -> bool:
        """Whether the text from `start` to `end` is quoted with other words, or is to be written somewhere."""
        text = self._text
        for opening, closing in self._quotations:
            if opening < start and end < closing and re.search(r"\w", text[opening:start] + text[end:closing]):
                return True
        return bool(_WRITES.search(text[max(0, start - _NEAR) : start])) or bool(_AS_TEXT.match(text, end))
