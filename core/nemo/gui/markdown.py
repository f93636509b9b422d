"""The agent writes Markdown, and platforms show words as they are: the marks go, what they meant stays. Pure.

Patterns instead of a CommonMark parser: by its rules "2*3*4 frames" loses its stars, bare addresses lose theirs,
and bold Chinese that ends with punctuation keeps its marks.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"^[ \t]*```[^\n`]*\n?", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE)
_ITEM = re.compile(r"^([ \t]*)[*+-][ \t]+(?=\S)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+\"[^\"\n]*\")?\)")
# People emphasise a few words, and a longest makes a text of nothing but marks cheap to read.
# Bold, code, struck out, and single marks that stand at the borders of words: "2*3*4" and "my_first_cut" are none.
_MARKS = (
    re.compile(r"(?<!\\)\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*"),
    re.compile(r"(?<![\w\\])__(?=\S)(.{1,300}?)(?<=\S)__(?!\w)"),
    re.compile(r"(?<!\\)~~(?=\S)(.{1,300}?)(?<=\S)~~"),
    re.compile(r"(?<![\\`])`([^`\n]{1,300})`(?!`)"),
    re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![\w*])"),
    re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])_(?![\w_])"),
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>])")


def plain(text: str) -> str:
    """`text` without Markdown's marks; lists keep their lines, links their addresses."""
    text = _HEADING.sub(_heading, _FENCE.sub("", text))
    text = _LINK.sub(_link, _ITEM.sub(r"\1• ", text))
    for mark in _MARKS:
        text = mark.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text).strip()


def _heading(match: re.Match[str]) -> str:
    return match[1].rstrip(" \t#")  # in the pattern, this would take quadratic time


def _link(match: re.Match[str]) -> str:
    label, address = match[1].strip(), match[2]
    return address if label in ("", address) else f"{label}: {address}"
