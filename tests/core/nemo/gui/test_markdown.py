"""Markdown as plain words."""

from __future__ import annotations

import time

import pytest

from core.nemo.gui.markdown import plain


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**Done!** The title says “Export”.", "Done! The title says “Export”."),
        ("**已完成**：去掉了*背景*音乐。", "已完成：去掉了*背景*音乐。"),
        ("### Summary\n\nIt is *much* brighter.", "Summary\n\nIt is much brighter."),
        ("- cut `0:00`–`0:03`\n* added __music__\n  + a _soft_ one", "• cut 0:00–0:03\n• added music\n  • a soft one"),
        ("See [the result](https://x.example/a_b_c.mp4).", "See the result: https://x.example/a_b_c.mp4."),
        ("[https://x.example/a](https://x.example/a)", "https://x.example/a"),
        ("![Preview](https://x.example/p.jpg)", "Preview: https://x.example/p.jpg"),
        ("```json\n{}\n```\nthat was it", "{}\nthat was it"),
        ("~~old~~ new", "old new"),
        (r"my\_clip and 2 \* 3", "my_clip and 2 * 3"),
    ],
)
def test_the_marks_go_and_the_words_stay(said: str, shown: str) -> None:
    assert plain(said) == shown


@pytest.mark.parametrize(
    "words",
    [
        "my_first_cut.mp4 is 2*3*4 frames",
        "https://x.example/a_b_c*d*.mp4?x=__y__z",
        "1. Trimmed the clip\n2. Added music",
        "5 < 6 > 4 & #1 of 3",
        "a * b * c",
        "#hashtag stays",
        "[not a link] (and no address)",
        "它现在是 0:02–0:05。",
        "",
    ],
)
def test_what_only_looks_like_it_stays_as_it_is(words: str) -> None:
    assert plain(words) == words


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**“片头”**已添加。", "“片头”已添加。"),
        ("**导出完成！**可以下载了", "导出完成！可以下载了"),
        ("标题**《海》**，时长 **5** 秒", "标题《海》，时长 5 秒"),
    ],
)
def test_bold_words_of_chinese_end_behind_their_punctuation(said: str, shown: str) -> None:
    assert plain(said) == shown


MARKS = (
    "*",
    "_",
    "**",
    "`",
    "[",
    "![",
    "~~",
    "# ",
    "#",
    "\\",
    "[a](https://",
    "[a](https://x()",
    "**a ",
    "> ",
    " ",
    "\t",
)


@pytest.mark.parametrize("mark", MARKS)
def test_the_time_to_read_marks_grows_with_their_number_and_not_its_square(mark: str) -> None:
    begun = time.process_time()
    for text in (mark * 60_000, f"{mark}a " * 60_000, f"# {mark * 60_000}x", f"{mark}x\n" * 60_000):
        plain(text[:60_000])
    assert time.process_time() - begun < 5  # at most 0.6 were measured; a square takes 20
