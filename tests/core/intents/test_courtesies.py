"""What asks for nothing."""

from __future__ import annotations

import pytest

from core.intents import is_courtesy, is_thanks

ASK_FOR_NOTHING = """
    thanks!
    ok
    OK 👍
    👍
    👍🏽
    ❤️
    谢谢
    好的，谢谢！
    太棒了！
    thanks a lot, looks great
    perfect thank you
    yes please
    no
    哈哈
""".strip().splitlines()
ASK_FOR_SOMETHING = """
    ?
    again
    undo
    cut
    Helvetica
    320
    no music
    fine tune it
    nice, now trim it
    再来一次
    好看一点
    不要音乐
    add "thanks"
    “谢谢”
""".strip().splitlines()


@pytest.mark.parametrize("text", ASK_FOR_NOTHING)
def test_a_courtesy_asks_for_nothing(text: str) -> None:
    assert is_courtesy(text.strip())


@pytest.mark.parametrize("text", ASK_FOR_SOMETHING)
def test_what_asks_for_something_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text.strip())


def test_thanks_are_told_from_assent() -> None:
    assert is_thanks("ok thanks")
    assert not is_thanks("ok")
