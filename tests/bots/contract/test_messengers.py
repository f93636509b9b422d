"""What `core.ports.Messenger` promises, of every platform alike."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from core.chat.sending import parts_of, speak, units
from core.errors import ChatGone, MediaRefused, PlatformDown, SendUnknown, UserError
from core.messages import Attachment, Button, Mark, MediaFile, MediaKind, Outgoing, Tone
from tests.bots.contract.sides import Network, Side
from tests.making import lengthened

BUTTONS = (Button("Cancel", "cancel:1"), Button("Try again", "retry:1"))
# What some platform would make bold, a link, a ping, an escape or a tag of.
FOREIGN = "a **b** _c_ `d` ~~e~~ ||f|| <b>g</b> &amp; [h] \\ #i 5 < 6 > 4 @everyone"


def a_file(clip: Path, name: str = "talk.mp4") -> MediaFile:
    return MediaFile(clip, name, MediaKind.VIDEO, clip.stat().st_size, 1.0, 160, 90)


async def test_what_is_sent_is_read_as_it_was_meant(side: Side) -> None:
    reply_to = side.asks("what is this?")
    sent = await side.messenger.send(side.place, Outgoing("Hello, 你好 🎬", buttons=BUTTONS, reply_to=reply_to))
    assert sent.id
    assert side.reads("Hello, 你好 🎬") == 1
    assert side.buttons() == ["Cancel", "Try again"]


async def test_foreign_words_are_no_mark_up(side: Side) -> None:
    await side.messenger.send(side.place, Outgoing(FOREIGN))
    assert side.reads(FOREIGN) == 1


async def test_a_message_is_changed_in_its_place(side: Side) -> None:
    status = Outgoing("Working…", Tone.STATUS)
    sent = await side.messenger.send(side.place, status)
    await side.messenger.edit(side.place, sent.id, replace(status, text=FOREIGN))
    assert side.reads(FOREIGN) == 1


async def test_a_change_that_changes_nothing_costs_nothing(side: Side) -> None:
    status = Outgoing("Working…", Tone.STATUS, BUTTONS)
    sent = await side.messenger.send(side.place, status)
    await side.messenger.edit(side.place, sent.id, status)
    await side.messenger.edit(side.place, sent.id, status)
    assert side.reads("Working…") >= 1


async def test_the_buttons_of_a_message_go_and_its_words_stay(side: Side) -> None:
    sent = await side.messenger.send(side.place, Outgoing("Shall I?", buttons=BUTTONS))
    await side.messenger.set_buttons(side.place, sent.id, Outgoing("", buttons=BUTTONS[:1]))
    assert side.buttons() == ["Cancel"]
    await side.messenger.set_buttons(side.place, sent.id, Outgoing(""))
    await side.messenger.set_buttons(side.place, sent.id, Outgoing(""))
    assert (side.reads("Shall I?"), side.buttons()) == (1, [])


async def test_the_limits_are_numbers_that_can_be_asked_at_any_time(side: Side) -> None:
    limits = side.messenger.limits(side.place)
    assert limits.caption <= limits.text
    assert limits.edit_every is None or limits.edit_every > 0
    assert all(size is None or size > 1 << 20 for size in (limits.download, limits.upload))


@pytest.mark.parametrize("word", ["word ", "🎬", "**"])
async def test_a_text_of_any_length_arrives_whole(network: Network, word: str) -> None:
    """In the platform's own units: a character outside of the first plane counts for two."""
    long = Outgoing((word * 5000)[:9000].strip(), buttons=BUTTONS)
    parts = parts_of(long, network.messenger.limits(network.place))
    assert len(parts) > 1
    assert all(units(part.text) <= network.messenger.limits(network.place).text for part in parts)
    await speak(network.messenger, network.place, long)
    assert network.buttons() == ["Cancel", "Try again"]


async def test_a_file_arrives_byte_for_byte_and_can_be_shown_again(network: Network, clip: Path) -> None:
    message = Outgoing("Here.", Tone.RESULT, BUTTONS, (a_file(clip, "片段 “1” & 2.mp4"),), key="job-1-result")
    sent = await network.messenger.send(network.place, message)
    assert len(sent.files) == 1
    assert "http" not in sent.files[0], "a handle, and no address"
    [(name, content)] = network.files()
    assert content == clip.read_bytes()
    assert name.endswith(".mp4")
    assert "%" not in name


async def test_an_answer_replies_to_what_was_asked(network: Network) -> None:
    asked = network.asks("what is this?")
    await network.messenger.send(network.place, Outgoing("A question.", reply_to=asked))
    assert network.replies_to() == asked


async def test_a_file_that_is_not_taken_is_refused_and_certainly_not_there(network: Network, clip: Path) -> None:
    network.is_too_large()
    with pytest.raises(MediaRefused):
        await network.messenger.send(network.place, Outgoing("Here.", Tone.RESULT, media=(a_file(clip),)))
    assert network.files() == []
    await network.messenger.send(network.place, Outgoing("Words alone go.", Tone.RESULT))
    assert network.reads("Words alone go.") == 1


async def test_after_a_lost_answer_the_same_key_goes_again_at_once_where_the_platform_drops_repeats(
    network: Network,
) -> None:
    message = Outgoing("Done.", key="job-1-answer")
    network.loses_an_answer()
    if not network.drops_repeats:
        with pytest.raises(SendUnknown):
            await network.messenger.send(network.place, message)
    assert (await network.messenger.send(network.place, message)).id
    assert network.reads("Done.") == (1 if network.drops_repeats else 2)


async def test_who_is_gone_is_gone(network: Network) -> None:
    network.shuts()
    with pytest.raises(ChatGone):
        await network.messenger.send(network.place, Outgoing("Hello?"))


async def test_a_platform_that_is_away_was_certainly_told_nothing(network: Network) -> None:
    await network.goes_away()
    with pytest.raises((SendUnknown, PlatformDown)):  # a line that was open may break in the middle of it
        await network.messenger.send(network.place, Outgoing("Hello."))
    with pytest.raises(PlatformDown):
        await network.messenger.send(network.place, Outgoing("Hello?"))


async def test_who_is_asked_to_wait_waits_and_says_it_once(network: Network) -> None:
    network.is_hurried(1.0)
    begun = time.monotonic()
    await network.messenger.send(network.place, Outgoing("At last."))
    assert time.monotonic() - begun >= 1.0
    assert network.reads("At last.") == 1


async def test_a_file_comes_in_flat_memory(network: Network, clip: Path, tmp_path: Path) -> None:
    long = lengthened(clip, tmp_path, 15 << 20)
    attachment, to = network.gives(long, "long.mp4"), tmp_path / "fetched.mp4"
    tracemalloc.start()
    try:
        path = await network.messenger.fetch(attachment, to)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.read_bytes() == long.read_bytes()
    assert peak < 8 << 20


async def test_a_file_that_is_gone_ends_in_a_sentence(side: Side, tmp_path: Path) -> None:
    gone = tmp_path / "gone.mp4"
    gone.write_bytes(b"content")
    attachment = side.gives(gone, "gone.mp4")
    gone.unlink()
    withdraws = getattr(side, "withdraws", None)
    if withdraws is not None:
        withdraws(attachment)
    with pytest.raises(UserError) as failure:
        await side.messenger.fetch(attachment, tmp_path / "fetched.mp4")
    assert failure.value.values["name"] == "gone.mp4"
    assert isinstance(attachment, Attachment)


async def test_signs_and_signs_of_life_are_worth_no_trouble(side: Side) -> None:
    asked = side.asks("hello")
    await side.messenger.typing(side.place)
    for mark in Mark:
        await side.messenger.mark(side.place, asked, mark)
