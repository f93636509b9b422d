"""What the pages say of files, tests and commands is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
_PATH = re.compile(r"`((?:bots|core|storage|studio|tests|bench|docs)/[\w/.-]*)")
_TEST = re.compile(r"`(test_\w+)`")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_TARGET = re.compile(r"`make ([a-z-]+)")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_path_and_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    dead = [path for path in _PATH.findall(text) if not (ROOT / path).exists()]
    dead += [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    named = set(_TEST.findall(page.read_text(encoding="utf-8")))
    assert {name for name in named if f"def {name}(" not in TESTS} == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(_TARGET.findall(page.read_text(encoding="utf-8")))
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_the_architecture_names_a_test_for_each_invariant() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("## What always holds")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and "Invariant" not in line]
    assert len(rows) > 10
    assert [row for row in rows if not _TEST.search(row)] == []
