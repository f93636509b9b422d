"""Words in lines and in fonts. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.render.fonts import balanced, runs, width, wrapped

WORDS = st.text(st.sampled_from("ab城市 "), max_size=40)


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("one two three four", 240, ["one two", "three four"]),
        ("城市之梦 Urban Day", 360, ["城市之梦", "Urban Day"]),
        ("short", 300, ["short"]),
        ("", 300, []),
    ],
)
def test_lines_are_about_as_long_as_each_other(text: str, most: float, lines: list[str]) -> None:
    assert balanced(text, 40, most, bold=True) == lines


@given(WORDS, st.integers(60, 400))
def test_balancing_takes_no_more_lines_and_loses_nothing(text: str, most: int) -> None:
    lines, plain = balanced(text, 20, most), wrapped(text, 20, most)
    assert len(lines) == len(plain)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 20) <= most for line in lines)


def test_a_script_without_a_bold_font_is_made_bold_where_bold_is_wanted() -> None:
    latin, chinese = runs("Dreams梦", 100, bold=True)
    assert latin.stroke == 0 < chinese.stroke < 10
    assert [run.stroke for run in runs("Dreams梦", 100)] == [0, 0]
