"""The page of a result: what it says, what chats read in it, and what it says when it has ended."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.messages import MediaKind
from tests.bots.results.conftest import CONTENT, DAY, Cdn, Site, site
from tests.servers.cloud import FakeCloud

POSTER = b"\xff\xd8\xff\xe0picture"


class _Read(HTMLParser):
    """`meta` by name or property, `tags` with their attributes, and the `words` that are read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append((tag, named))
        if tag == "meta":
            self.meta[named.get("property") or named.get("name", "")] = named.get("content", "")

    def handle_data(self, data: str) -> None:
        self.words += data

    def one(self, tag: str) -> dict[str, str]:
        [found] = [attributes for name, attributes in self.tags if name == tag]
        return found


async def test_a_page_shows_a_player_the_facts_and_a_download(front: Site, cdn: Cdn) -> None:
    path = await front.publish(cdn.url, size=12_900_000, poster=POSTER)
    answer = await front.http.get(path)
    page = _Read(answer.text)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for fact in ("talk.mp4", "1:02", "12.3 MB", "1080 × 1920", "Available until"):
        assert fact in page.words
    assert re.search(r"Available until\s+\d{4}-\d\d-\d\d \d\d:\d\d UTC", page.words)
    video, link = page.one("video"), page.one("a")
    assert (await front.http.get(f"/r/{video['src']}")).content == CONTENT
    download = await front.http.get(f"/r/{link['href']}")
    assert download.headers["content-disposition"].startswith("attachment")
    assert (await front.http.get(f"/r/{video['poster']}")).content == POSTER


async def test_chats_find_in_it_what_they_show(front: Site, cdn: Cdn) -> None:
    path = await front.publish(cdn.url, poster=POSTER, name="访谈.mp4")
    meta = _Read((await front.http.get(path)).text).meta
    here = f"https://bot.example.org{path}"
    file = f"{here}/%E8%AE%BF%E8%B0%88.mp4"
    assert meta["og:title"] == "访谈.mp4"
    assert meta["og:description"] == "1:02 · 10 KB · 1080 × 1920"
    assert (meta["og:url"], meta["og:image"]) == (here, f"{here}/-/poster.jpg")
    assert meta["og:video"] == meta["og:video:secure_url"] == meta["twitter:player:stream"] == file
    assert (meta["og:video:type"], meta["og:type"]) == ("video/mp4", "video.other")
    assert (meta["og:video:width"], meta["og:video:height"]) == ("1080", "1920")
    assert "noindex" in meta["robots"]


@pytest.mark.parametrize(
    ("kind", "name", "tag", "meta"),
    [(MediaKind.AUDIO, "a.mp3", "audio", "og:audio"), (MediaKind.IMAGE, "a.png", "img", "og:image")],
)
async def test_a_sound_and_a_picture_are_shown_as_such(
    front: Site, cdn: Cdn, kind: MediaKind, name: str, tag: str, meta: str
) -> None:
    path = await front.publish(cdn.url, kind=kind, name=name, width=None, height=None)
    page = _Read((await front.http.get(path)).text)
    assert page.one(tag)["src"] == f"{path.removeprefix('/r/')}/{name}"
    assert page.meta[meta] == f"https://bot.example.org{path}/{name}"
    assert "og:video" not in page.meta


async def test_a_page_lets_nothing_in_and_nobody_know(front: Site, cdn: Cdn) -> None:
    path = await front.publish(cdn.url, name='"><script>alert(1)</script>.mp4')
    answer = await front.http.get(path)
    assert "<script" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"].startswith("noindex")
    for secret in (cdn.url, "127.0.0.1", "nmv_usr", "job-1"):
        assert secret not in answer.text


LANGUAGES = [
    ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "下载"),
    ("zh-Hant-TW", "zh-CN", "下载"),
    ("de-DE,de;q=0.9,zh;q=0.3,en;q=0.7", "en", "Download"),
    ("fr;q=0.9, zh;q=0.5", "zh-CN", "下载"),
    ("en;q=0, zh;q=0.1", "zh-CN", "下载"),
    ("", "en", "Download"),
    ("*", "en", "Download"),
    (";;;q=x,,", "en", "Download"),
]


async def test_a_page_speaks_the_language_of_its_reader(front: Site, cdn: Cdn) -> None:
    path = await front.publish(cdn.url)
    for asked, tag, word in LANGUAGES:
        answer = await front.http.get(path, headers={"Accept-Language": asked})
        assert word in answer.text, asked
        assert (answer.headers["content-language"], _Read(answer.text).one("html")["lang"]) == (tag, tag)
        assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(("language", "words"), [("en", "This link has expired"), ("zh", "链接已过期")])
async def test_a_page_that_has_ended_says_so(front: Site, cdn: Cdn, language: str, words: str) -> None:
    path = await front.publish(cdn.url)
    front.clock.ahead = 7 * DAY + 1
    for each in (path, f"{path}/talk.mp4", f"{path}/-/poster.jpg"):
        answer = await front.http.get(each, headers={"Accept-Language": language})
        assert answer.status_code == 410
        assert words in answer.text
        assert "talk" not in answer.text
    assert cdn.requests == []


async def test_nothing_is_found_by_guessing(front: Site, cdn: Cdn) -> None:
    await front.publish(cdn.url)
    for path in ("/r/abc", "/r/abc/talk.mp4", "/r/%00", "/r/..%2f..%2fetc"):
        answer = await front.http.get(path)
        assert answer.status_code == 404
        assert "Nothing to see here" in answer.text


async def test_the_page_of_a_dead_file_offers_no_player(front: Site, cloud: FakeCloud, unused_tcp_port: int) -> None:
    path = await front.publish(f"http://127.0.0.1:{unused_tcp_port}/a.mp4")
    answer = await front.http.get(path)
    assert (answer.status_code, "<video" in answer.text) == (410, False)


@pytest.mark.parametrize("below", ["", "/cutroom", "/tools/cutroom"])
async def test_a_page_works_below_any_path_that_a_proxy_shows_it_at(
    cloud: FakeCloud, cdn: Cdn, tmp_path: Path, below: str
) -> None:
    async with site(cloud, tmp_path, f"https://example.org{below}/") as front:
        path = await front.publish(cdn.url)
        for shown in {path, below + path}:  # the proxy cut the path off, or left it
            page = _Read((await front.http.get(shown)).text)
            where = shown.rpartition("/")[0]
            assert (await front.http.get(f"{where}/{page.one('video')['src']}")).content == CONTENT
            assert page.meta["og:url"] == f"https://example.org{below}{path}"
            assert (await front.http.get(page.meta["og:video"].removeprefix("https://example.org"))).status_code == 200
        assert (await front.http.get(f"{below}/healthz")).status_code == 200
