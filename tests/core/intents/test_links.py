"""Links in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intents import Links, Obstacle, links_in

TAKEN = [
    ("https://example.org/a.mp4", "https://example.org/a.mp4"),
    ("trim https://example.org/a.mp4 to 10 s", "https://example.org/a.mp4"),
    ("HTTP://EXAMPLE.ORG/A.MOV", "HTTP://EXAMPLE.ORG/A.MOV"),
    ("www.example.org/a.mp4", "https://www.example.org/a.mp4"),
    ("example.org/a.mp4", "https://example.org/a.mp4"),
    ("(https://example.org/a.mp3)", "https://example.org/a.mp3"),
    ("see https://example.org/a_(1).mp3?x=(y).", "https://example.org/a_(1).mp3?x=(y)"),
    ("https://example.org/a.webm?token=1&b=2#t=3", "https://example.org/a.webm?token=1&b=2#t=3"),
    ("https://example.org/a.mp4?sig=a%2Fb%20c+d", "https://example.org/a.mp4?sig=a%2Fb%20c+d"),
    ("https://example.org/a.mp4...", "https://example.org/a.mp4"),
    ("https://example.org/a.mp4…", "https://example.org/a.mp4"),
    ("https://example.org:8443/dir/my%20clip.m4a!", "https://example.org:8443/dir/my%20clip.m4a"),
    ("https://93.184.216.34/a.wav", "https://93.184.216.34/a.wav"),
    ("把https://example.org/a.mp4转成mp3", "https://example.org/a.mp4"),
    ("https://example.org/a.mp4，转成mp3", "https://example.org/a.mp4"),
    ("请看（https://example.org/a.mp4）。", "https://example.org/a.mp4"),
    ("【https://example.org/a.mp4】", "https://example.org/a.mp4"),
    ("《https://example.org/a.mp4》", "https://example.org/a.mp4"),
    ("https://example.org/片段.mp4", "https://example.org/%E7%89%87%E6%AE%B5.mp4"),
    ("https://example.org/片段.mp4转成mp3", "https://example.org/%E7%89%87%E6%AE%B5.mp4"),
    ("https://example.org/a（1）.mp4。", "https://example.org/a%EF%BC%881%EF%BC%89.mp4"),
    ("https://example.org/a.mp4?name=片段&x=1转成", "https://example.org/a.mp4?name=%E7%89%87%E6%AE%B5&x=1"),
    ("https://例子.中国/a.mp4", "https://xn--fsqu00a.xn--fiqs8s/a.mp4"),
    ("<https://example.org/a.jpeg>", "https://example.org/a.jpeg"),
    ("[clip](https://example.org/a.mkv)", "https://example.org/a.mkv"),
    ("[clip](<https://example.org/a_(1).mkv>)", "https://example.org/a_(1).mkv"),
    ('[clip](https://example.org/a.mkv "my clip")', "https://example.org/a.mkv"),
    ("**https://example.org/a.mp4**", "https://example.org/a.mp4"),
    ("**https://example.org/片.mp4**。", "https://example.org/%E7%89%87.mp4"),
    ("(https://example.org/片.mp4).", "https://example.org/%E7%89%87.mp4"),
    ("||https://example.org/a.mp4||", "https://example.org/a.mp4"),
    ("`https://example.org/a.mp4`", "https://example.org/a.mp4"),
    ("“https://example.org/a.mp4”", "https://example.org/a.mp4"),
]


@pytest.mark.parametrize(("text", "url"), TAKEN)
def test_a_public_link_to_media_is_found_as_people_write_it(text: str, url: str) -> None:
    found = links_in(text)
    assert (found.media, found.unfetched) == ((url,), ())
    assert "example" not in found.rest


PAGES = """
    https://example.org/
    https://example.org/page.html
    https://example.org/watch?v=a.mp4
    https://youtube.com/watch?v=dQw4w9WgXcQ
    youtube.com/watch?v=dQw4w9WgXcQ
    www.youtube.com/watch?v=dQw4w9WgXcQ
    youtu.be/dQw4w9WgXcQ
    https://youtu.be/dQw4w9WgXcQ。把它转成a.mp4
    把https://www.bilibili.com/video/BV1xx转成mp3
    [clip](https://youtu.be/dQw4w9WgXcQ) trim it
    <https://youtu.be/dQw4w9WgXcQ>
    "https://youtu.be/dQw4w9WgXcQ" trim it
    caption https://youtu.be/dQw4w9WgXcQ
    put the subtitles from https://youtu.be/dQw4w9WgXcQ on it
    ftp://example.org/a.mp4
    https://example.org/a.exe
""".strip().splitlines()


@pytest.mark.parametrize("text", PAGES)
def test_a_link_to_a_page_is_known_as_one(text: str) -> None:
    found = links_in(text.strip())
    assert found.media == ()
    assert [each.why for each in found.unfetched] == [Obstacle.PAGE]


PRIVATE = """
    file:///etc/a.mp4
    http://localhost/a.mp4
    http://localhost:8080/a.mp4
    localhost:8080/a.mp4
    http://media.local/a.mp4
    http://printer/a.mp4
    http://127.0.0.1/a.mp4
    http://127.1/a.mp4
    http://0x7f.1/a.mp4
    http://2130706433/a.mp4
    http://10.0.0.8/a.mp4
    192.168.1.1/a.mp4
    http://169.254.169.254/a.mp4
    http://[::1]/a.mp4
    http://[fd00::1]/a.mp4
    http://[::ffff:127.0.0.1]/a.mp4
    http://user:secret@example.org/a.mp4
    http://example.org:port/a.mp4
    http://[broken/a.mp4
    https:///a.mp4
    http://metadata.google.internal/a.mp4
""".strip().splitlines()


@pytest.mark.parametrize("text", PRIVATE)
def test_what_not_everybody_can_open_is_known_as_such(text: str) -> None:
    found = links_in(text)
    assert found.media == ()
    assert [each.why for each in found.unfetched] == [Obstacle.PRIVATE]


def test_a_file_that_has_to_be_converted_is_no_page() -> None:
    assert [each.why for each in links_in("https://example.org/a.flac to mp3").unfetched] == [Obstacle.TYPE]


@pytest.mark.parametrize(
    "text",
    [
        "add a title saying https://example.org/shop",
        "add the title “visit www.example.org/shop”",
        "put https://example.org/shop as a watermark in the corner",
        "加标题 https://example.org/shop",
        "片尾写上https://example.org/shop",
        "把https://example.org/shop作为水印",
        "cut it 16/9 and/or trim a.mp4/b.mp4, w/o sound",
        "write to me@example.org or see example.org",
    ],
)
def test_a_link_that_is_to_be_seen_in_the_picture_is_a_text(text: str) -> None:
    assert links_in(text) == Links((), (), text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/b.mp4 https://example.org/a.mp3 https://example.org/b.mp4",
        "https://example.org/b.mp4,https://example.org/a.mp3",
        "https://example.org/b.mp4、https://example.org/a.mp3。",
        "[b](https://example.org/b.mp4),[a](https://example.org/a.mp3)",
        "<https://example.org/b.mp4>\n<https://example.org/a.mp3>",
        "https://example.org/b.mp4https://example.org/a.mp3",
    ],
)
def test_links_come_in_order_and_once(text: str) -> None:
    assert links_in(text).media == ("https://example.org/b.mp4", "https://example.org/a.mp3")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("put https://example.org/a.mp3 under\nhttps://example.org/a.mp3.mp4 please", "put under\nplease"),
        ("cut [my clip](https://example.org/a.mp4) to 5 s", "cut my clip to 5 s"),
        ("[my clip](https://example.org/a.mp4), [mine](https://example.org/b.mp4)!", ", !"),
        ("**<https://example.org/a.mp4>** to mp3 (https://example.org/b.mp4)", "to mp3"),
        ("片段在“https://example.org/a.mp4”，转成mp3", "片段在 ，转成mp3"),
    ],
)
def test_what_is_left_is_the_request(text: str, rest: str) -> None:
    assert links_in(text).rest == rest


@given(st.text(), st.text(alphabet="htps:/.amp4()[]<>*_?#=片，。 ", max_size=60))
def test_any_text_can_be_searched(text: str, jumble: str) -> None:
    assert "https://example.org/a.mp4" in links_in(f"{text} https://example.org/a.mp4").media
    links_in(f"https://{text}/a.mp4")
    links_in(jumble)


def test_a_text_of_nothing_but_links_is_read_at_once() -> None:
    assert len(links_in("https://a.co/b.mp4 " * 3000 + "x" * 3000).media) == 1
