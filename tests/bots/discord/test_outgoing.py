"""What a message looks like on Discord."""

from __future__ import annotations

from bots.discord.outgoing import TEXT, bar, words_of
from bots.discord.places import Anchor, MessageId, Spot, Way
from core.messages import Outgoing


def test_foreign_words_are_no_markdown_and_links_stay_whole() -> None:
    [words] = words_of(Outgoing("**bold** my_file_1.mp4 https://a.example/x_y_z"))
    assert words == r"\*\*bold\*\* my\_file\_1.mp4 https://a.example/x_y_z"


def test_what_grows_too_long_by_escaping_goes_in_pieces() -> None:
    pieces = words_of(Outgoing("*" * 1999))
    assert len(pieces) == 2
    assert all(len(piece) <= TEXT for piece in pieces)


def test_the_bar_fills_up() -> None:
    assert (bar(0), bar(0.5), bar(1)) == ("▱" * 12, "▰" * 6 + "▱" * 6, "▰" * 12)


def test_our_own_names_are_read_back_as_they_were_written() -> None:
    for spot in (Spot(12), Spot(12, 34)):
        assert Spot.of(spot.place) == spot
    for anchor in (Anchor(1), Anchor(1, 2, Way.HIDDEN), Anchor(1, 2, Way.LOADING)):
        assert Anchor.of(str(anchor)) == anchor
    for message in (MessageId(1), MessageId(1, channel=2), MessageId(1, webhook=True)):
        assert MessageId.of(str(message)) == message


def test_what_is_no_anchor_of_ours_is_none() -> None:
    assert [Anchor.of(text) for text in ("", "x", "1/2", "1/2/elsewhere", "1/x/reply")] == [None] * 5
