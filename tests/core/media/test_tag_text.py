"""Tags of old programs, whose bytes are of another encoding than the file says."""

from __future__ import annotations

import pytest

from core.media.tag_text import meant

# Titles and artists as they are known; none was used to find the rules but the last of each.
_CHINESE = "蓝莲花|听妈妈的话|隐形的翅膀|老男孩|沧海一声笑|刘德华 - 忘情水|第12集 大结局|我的歌声里（现场版）|爱|薛之谦"
_JAPANESE = "ハナミズキ|世界が終るまでは…|津軽海峡・冬景色|Official髭男dism - Pretender|恋するクッキー|第３話|前前前世"
_RUSSIAN = "Миллион алых роз|Белые розы|АЛЛА ПУГАЧЁВА|Валенки"
_TAIWANESE = "愛我別走|聽海|張惠妹 - 記得|朋友|小幸運"
_WESTERN = "Mañana|Où va le monde|Zauberflöte K. 620|AÇÃO E REAÇÃO|Ångström|Les Misérables|Über alles|Æther|Tête à tête"


@pytest.mark.parametrize(
    ("encoding", "titles"),
    [
        ("gbk", _CHINESE),
        ("cp932", _JAPANESE),
        ("cp1251", _RUSSIAN),
        ("big5", _TAIWANESE),
        ("latin-1", _WESTERN),
        ("utf-8", "|".join((_CHINESE, _JAPANESE, _RUSSIAN, _WESTERN))),
    ],
)
def test_a_title_is_read_as_it_was_written(encoding: str, titles: str) -> None:
    for title in titles.split("|"):
        raw = title.encode(encoding)
        assert meant(raw.decode("latin-1")) == title
        bare = raw.decode("utf-8", "surrogateescape")
        assert meant(bare) == title or bare == "Ѧ֮ǫ"  # a name whose bytes are UTF-8 by accident


@pytest.mark.parametrize("title", ["Hello", "月亮", "Café", "L’été", "🎵 Song", ""])
def test_what_is_right_stays(title: str) -> None:
    assert meant(title) == title


def test_the_quotes_of_windows_are_quotes() -> None:
    assert meant("L’été “indien”".encode("cp1252").decode("latin-1")) == "L’été “indien”"
