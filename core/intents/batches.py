"""Several files under one message: one instruction for all, or one for each."""

from __future__ import annotations

import re

_ORDINALS = {
    **{word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh"), 1)},
    **{word: n for n, word in enumerate(("eighth", "ninth", "tenth"), 8)},
    **{f"{n}{end}": n for n, end in enumerate(("st", "nd", "rd", *["th"] * 7), 1)},
    **{digit: n for n, digit in enumerate("一二三四五六七八九十", 1)},
}
_FILE = r"(?:file|video|clip|one|audio|song|track|sound|image|photo|picture)"
_FILE_ZH = r"(?:个|段|条|张|份|首)?(?:文件|视频|音频|片段|图片|歌)?"
_SAYS = r"(?:\s*[:：=→]\s*|\s+[-–—]+>?\s+|\s*——\s*)"
_TO = r"(?=\s+(?:to|as|into|should be)\b)"
_BEGINS = r"(?:^|(?<=[\n;；,，。.]))\s*[-*•]?\s*"
_MARK = re.compile(
    # A bare number only begins a line or a part of it: "make it 9:16" and "from 5 - 10 s" are no lists.
    rf"{_BEGINS}(?:#|no\.? ?)?(?P<digits>\d{{1,2}})(?:\s*[:：)）、](?![\d/])|\.(?=\s)|\s+[-–—]+>?\s+)\s*"
    rf"|(?:^|(?<=[\s;；,，。.]))(?:"
    rf"{_FILE} ?#?(?P<file>\d{{1,2}}){_SAYS}"
    rf"|(?:the )?(?P<word>{'|'.join(k for k in _ORDINALS if k.isascii())})(?: {_FILE})?(?:{_SAYS}|{_TO})"
    rf"|(?P<rest>(?:the )?(?:rest|others?|other (?:files|ones|videos|clips)|其他的?|其余的?|剩下的?)){_SAYS}"
    rf"|{_FILE_ZH}第?(?P<zh>[一二三四五六七八九十]|\d{{1,2}}){_FILE_ZH}{_SAYS}(?!\d))",
    re.IGNORECASE,
)
_SEPARATORS = " \t\r\n.,;，；、。"


def per_file_requests(text: str, count: int) -> list[str]:
    """One instruction for each of `count` files: its own where the text gives one a file, else the whole text.

    "" stands for a file that was left out. Words before the first of several marks are for all files, unless
    they only lead in ("Please do this:"). Whether the words use the files together says `joins_files`.
    """
    whole = text.strip()
    if count < 2:
        return [whole] * count
    marks = list(_MARK.finditer(whole))
    return (_marked(whole, marks, count) if marks else _lined(whole, count)) or [whole] * count


def _marked(text: str, marks: list[re.Match[str]], count: int) -> list[str] | None:
    numbers = [_number(mark) for mark in marks]
    own = [n for n in numbers if n]
    if not own or own != sorted(set(own)) or own[-1] > count or (len(own) < 2 and own == numbers):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    said = {n: text[m.end() : end].strip(_SEPARATORS) for n, m, end in zip(numbers, marks, ends, strict=True)}
    lead = _for_all(text[: marks[0].start()])
    return [lead + said.get(n, said.get(0, "")) for n in range(1, count + 1)]


def _number(mark: re.Match[str]) -> int:
    """The file a mark speaks of, from 1; 0 for "the rest"."""
    if mark["rest"]:
        return 0
    said = (mark["digits"] or mark["file"] or mark["word"] or mark["zh"]).lower()
    return int(said) if said.isdecimal() else _ORDINALS[said]


def _for_all(lead: str) -> str:
    lead = lead.strip(_SEPARATORS)
    return "" if not lead or lead[-1] in ":：" else f"{lead}\n"


def _lined(text: str, count: int) -> list[str] | None:
    lines = [line.strip().lstrip("-*•· ").strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) == count and all(lines) else None
