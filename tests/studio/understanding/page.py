"""The page of what can be asked of the studio. `python -m tests.studio.understanding.page` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studio.understanding.lexicon import examples, sections
from studio.understanding.records import Record, records

PAGE = Path(__file__).parents[3] / "docs" / "studio.md"
_HEAD = """# What the studio does, and how it is asked

This page is generated from the records (`studio/understanding/words/records.toml`) and the words of the languages by
`python -m tests.studio.understanding.page`; a test compares it with them. The examples are examples: the same may be
said in many ways. What is probable, or destroys on thin evidence, is offered first: “I would … Shall I?”

| Operation | For example | 例如 | May be changed by the next message |
|---|---|---|---|
"""
_CANNOT = """
## What it cannot do

It says so in a sentence, and names the nearest that it can do: """


def page() -> str:
    rows = "".join(f"{row}\n" for row in _rows())
    return f"{_HEAD}{rows}{_CANNOT}{', '.join(_beyond())}.\n"


def _rows() -> Iterator[str]:
    for record in records():
        if record.name != "cannot":
            english, chinese = examples("en")[record.name], examples("zh")[record.name]
            yield f"| `{record.name}`{_mark(record)} | {english} | {chinese} | {', '.join(record.slots) or '–'} |"


def _mark(record: Record) -> str:
    return " (destroys)" if record.destroys else ""


def _beyond() -> list[str]:
    names = {str(entry.value) for entry, _, _ in sections("en") if entry.kind in ("CANNOT", "BEYOND")}
    return sorted(name.replace("-", " ").replace("_", " ") for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
