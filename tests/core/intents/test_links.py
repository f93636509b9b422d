"""Links to media in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intents import media_urls, without_urls

TAKEN = [
    ("https://example.org/a.mp4", "https://example.org/a.mp4"),
    ("trim https://example.org/a.mp4 to 10 s", "https://example.org/a.mp4"),
    ("HTTP://EXAMPLE.ORG/A.MOV", "HTTP://EXAMPLE.ORG/A.MOV"),
    ("(https://example.org/a.mp3)", "https://example.org/a.mp3"),
    ("see https://example.org/a_(1).mp3?x=(y).", "https://example.org/a_(1).mp3?x=(y)"),
    ("https://example.org/a.webm?token=1&b=2#t=3", "https://example.org/a.webm?token=1&b=2#t=3"),
    ("把https://example.org/a.mp4转成mp3", "https://example.org/a.mp4"),
    ("https://example.org/a.mp4，转成mp3", "https://example.org/a.mp4"),
    ("<https://example.org/a.jpeg>", "https://example.org/a.jpeg"),
    ("[clip](https://example.org/a.mkv)", "https://example.org/a.mkv"),
    ("https://example.org:8443/dir/my%20clip.m4a!", "https://example.org:8443/dir/my%20clip.m4a"),
    ("https://93.184.216.34/a.wav", "https://93.184.216.34/a.wav"),
]


@pytest.mark.parametrize(("text", "url"), TAKEN)
def test_a_public_link_to_media_is_found(text: str, url: str) -> None:
    assert media_urls(text) == [url]


LEFT = """
    https://example.org/
    https://example.org/page.html
    https://example.org/watch?v=a.mp4
    https://youtube.com/watch?v=dQw4w9WgXcQ
    ftp://example.org/a.mp4
    file:///etc/a.mp4
    example.org/a.mp4
    http://localhost/a.mp4
    http://localhost:8080/a.mp4
    http://media.local/a.mp4
    http://printer/a.mp4
    http://127.0.0.1/a.mp4
    http://127.1/a.mp4
    http://0x7f.1/a.mp4
    http://2130706433/a.mp4
    http://10.0.0.8/a.mp4
    http://192.168.1.1/a.mp4
    http://169.254.169.254/a.mp4
    http://[::1]/a.mp4
    http://[fd00::1]/a.mp4
    http://[::ffff:127.0.0.1]/a.mp4
    http://user:secret@example.org/a.mp4
    http://example.org:port/a.mp4
    http://[broken/a.mp4
    https://example.org/a.exe
    https:///a.mp4
    http://metadata.google.internal/a.mp4
""".strip().splitlines()


@pytest.mark.parametrize("text", LEFT)
def test_other_links_are_left_alone(text: str) -> None:
    assert media_urls(text) == []


def test_links_come_in_order_and_once() -> None:
    text = "https://example.org/b.mp4 https://example.org/a.mp3 https://example.org/b.mp4"

    assert media_urls(text) == ["https://example.org/b.mp4", "https://example.org/a.mp3"]


def test_what_is_left_is_the_request() -> None:
    text = "put https://example.org/a.mp3 under\nhttps://example.org/a.mp3.mp4 please"

    assert without_urls(text, media_urls(text)) == "put under\nplease"


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert without_urls(f"{text} https://example.org/a.mp4", media_urls("https://example.org/a.mp4")) is not None
    media_urls(f"https://{text}/a.mp4")
