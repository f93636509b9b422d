"""Which language somebody writes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.detection import detect_language, language_named, language_tag, ui_language

WRITTEN = [
    ("extract the audio as mp3", "", "en"),
    ("extract the audio", "en-GB", "en"),
    ("quita la música de fondo", "es", "es"),
    ("quita la música de fondo", "es-MX", "es"),
    ("quita la música de fondo", "", "en"),
    ("trim 3s", "zh-hans", "en"),
    ("trim it", "ru", "en"),
    ("导出 mp3", "", "zh-CN"),
    ("导出 mp3", "en", "zh-CN"),
    ("把这个视频转成MP3", "en", "zh-CN"),
    ("把視頻轉成MP3", "zh-TW", "zh-TW"),
    ("把視頻轉成MP3", "zh-Hant-HK", "zh-TW"),
    ("把視頻轉成MP3", "zh-HK", "zh-TW"),
    ("导出 TikTok video", "", "zh-CN"),
    ("音声をmp3にして", "", "ja"),
    ("音声をmp3にして", "zh", "ja"),
    ("動画保存", "ja", "ja"),
    ("ﾄﾘﾐﾝｸﾞ", "", "ja"),
    ("오디오만 추출해 줘", "", "ko"),
    ("сделай из видео mp3", "", "ru"),
    ("сделай из видео mp3", "en", "ru"),
    ("зроби з відео mp3", "uk", "uk"),
    ("استخرج الصوت", "", "ar"),
    ("صدا را جدا کن", "fa", "fa"),
    ("חתוך את הסרטון", "", "he"),
    ("ตัดวิดีโอ", "", "th"),
    ("κόψε το βίντεο", "", "el"),
    ("वीडियो काटो", "", "hi"),
    ('add a title "城市之梦"', "", "en"),
    ("add a title 你好 at the top", "", "en"),
    ("加标题“Urban Dreams”", "", "zh-CN"),
    ('"城市之梦"', "", "zh-CN"),
    ("mp3", "zh-hans", "zh-CN"),
    ("mp3", "", "en"),
    ("9:16", "zh", "zh-CN"),
    ("0:10-0:20", "pt-BR", "pt"),
    ("", "ja-JP", "ja"),
    ("", "", "en"),
    ("👍", "zh_CN", "zh-CN"),
    ("https://example.org/watch", "zh", "zh-CN"),
    ("clip.mp4 @bernard", "zh", "zh-CN"),
    ("", "not a tag!", "en"),
]


@pytest.mark.parametrize(("text", "hint", "tag"), WRITTEN)
def test_the_script_decides_and_the_hint_helps(text: str, hint: str, tag: str) -> None:
    assert detect_language(text, hint) == tag


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-TW", "zh"),
        ("zh", "zh"),
        ("yue", "zh"),
        ("en", "en"),
        ("ja", "en"),
        ("", "en"),
        ("?", "en"),
    ],
)
def test_chinese_is_answered_in_chinese_and_the_rest_in_english(tag: str, language: str) -> None:
    assert ui_language(tag) == language


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("zh-hans", "zh-CN"),
        ("zh-Hans-HK", "zh-CN"),
        ("zh_TW", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("", ""),
        ("\n", ""),
        ("english please", ""),
    ],
)
def test_tags_are_spelled_as_the_backend_knows_them(said: str, tag: str) -> None:
    assert language_tag(said) == tag


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("中文", "zh-CN"),
        ("English", "en"),
        ("zh", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh-tw", "zh-TW"),
        ("日本語", "ja"),
        ("Deutsch", "de"),
        ("en-US", "en"),
        ("klingon", ""),
        ("xx", ""),
        ("", ""),
    ],
)
def test_languages_are_known_by_name_and_by_tag(name: str, tag: str) -> None:
    assert language_named(name) == tag


@given(st.text(), st.text())
def test_every_text_has_a_language(text: str, hint: str) -> None:
    assert detect_language(text, hint)
    assert language_tag(detect_language(text, hint)) == detect_language(text, hint)
