"""Which links people can open, by what they say."""

from __future__ import annotations

import pytest

from core.addresses import looks_public
from core.messages import MediaKind
from core.reachability import leads_to_public
from core.records import KeptResult
from tests.jobs import HERE

PRIVATE = (
    "http://127.0.0.1:8080/r/x.mp4",
    "http://localhost/x.mp4",
    "http://LOCALHOST./x.mp4",
    "http://studio:8080/x.mp4",
    "https://nas.local/x.mp4",
    "https://box.home.arpa/x.mp4",
    "http://10.1.2.3/x",
    "http://192.168.1.20/x",
    "http://172.20.0.2/x",
    "http://169.254.169.254/x",
    "http://100.64.0.1/x",
    "http://0.0.0.0/x",
    "http://127.1/x",
    "http://0x7f.1/x",
    "http://[::1]:80/x",
    "http://[fe80::1]/x",
    "http://[::ffff:10.0.0.1]/x",
    "ftp://cdn.example.org/x",
    "/home/anna/x.mp4",
    "http://[bad",
    "",
)


@pytest.mark.parametrize("link", PRIVATE)
async def test_a_link_into_one_machine_or_network_is_for_nobody_else(link: str) -> None:
    assert not looks_public(link)
    assert not await leads_to_public(link)


@pytest.mark.parametrize("link", ["https://8.8.8.8/x", "http://[2606:4700::1111]/x"])
async def test_a_public_address_is_for_everybody(link: str) -> None:
    assert looks_public(link)
    assert await leads_to_public(link)


def test_a_kept_link_is_shown_as_long_as_it_leads_somewhere() -> None:
    def shown(link: str, until: float, now: float) -> str:
        kept = KeptResult("j", HERE, "anna", "a.mp4", MediaKind.VIDEO, "7", "", link, "", 5.0, link_until=until)
        return kept.as_of(now).link

    assert shown("https://cdn.example.org/a.mp4", 0, 9) == "https://cdn.example.org/a.mp4"
    assert shown("http://127.0.0.1:4000/results/a.mp4", 0, 9) == ""
    assert shown("https://bot.example.org/r/a", 10, 9) == "https://bot.example.org/r/a"
    assert shown("https://bot.example.org/r/a", 10, 10) == ""
