from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat.sending import split, units

TEXTS = st.text(st.one_of(st.sampled_from("ab 。，. \n🎬👍"), st.characters(exclude_categories=())), max_size=300)


@given(TEXTS, st.integers(2, 60))
def test_every_part_fits_and_only_white_space_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(TEXTS, st.integers(2, 60))
def test_parts_stand_in_the_text_as_they_are(text: str, limit: int) -> None:
    rest = text
    for part in split(text, limit):
        before, found, rest = rest.partition(part)
        assert found
        assert not before.strip()


@given(TEXTS)
def test_a_text_that_fits_is_one_part(text: str) -> None:
    assert split(text, units(text) + 2) == ([text.strip()] if text.strip() else [])


@given(st.text())
def test_units_are_what_platforms_count(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_a_character_of_two_units_is_not_torn() -> None:
    assert split("🎬" * 5, 5) == ["🎬🎬", "🎬🎬", "🎬"]


def test_half_a_pair_is_no_trouble() -> None:
    assert split("\ud83c" * 5, 2) == ["\ud83c\ud83c", "\ud83c\ud83c", "\ud83c"]


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("the first\n\nsecond line\nthird", 24, ["the first", "second line\nthird"]),
        ("One two. Three four", 14, ["One two.", "Three four"]),
        ("One. Two three four", 14, ["One. Two", "three four"]),
        ("第一句。第二句很长很长", 8, ["第一句。", "第二句很长很长"]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
    ],
)
def test_it_is_cut_where_a_reader_would_cut(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_a_long_text_is_cut_quickly() -> None:
    assert len(split("word " * 100_000, 4096)) > 100
