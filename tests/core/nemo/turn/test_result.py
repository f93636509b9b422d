"""Events of a turn become what the user is told of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.events import Activity, Doing, Event, Heartbeat, StreamFault, Words
from core.nemo.turn.result import MAX_TEXT, Turn, TurnResult

TOOL = Activity(Doing.TOOL)
ISSUE = "I encountered a temporary issue. Please try again."


def hear(*events: Event) -> TurnResult:
    turn = Turn()
    for event in events:
        turn.feed(event)
    return turn.result()


def preview(text: str) -> Words:
    return Words(text, partial=True)


def piece(text: str) -> Words:
    return Words(text, piece=True)


TEXTS: list[tuple[str, list[Event], str]] = [
    ("nothing", [Heartbeat()], ""),
    ("one message", [Words("Done.")], "Done."),
    ("messages are lines", [Words("I cut it."), TOOL, Words("Title added.")], "I cut it.\nTitle added."),
    ("a preview is replaced", [preview("Wor"), preview("king"), Words("Working on it.")], "Working on it."),
    ("a preview alone counts", [preview("Wor"), preview("king")], "Working"),
    ("previews that grow", [preview("Working on it"), preview("Working on it now")], "Working on it now"),
    ("a preview after a final is not it", [Words("Done."), preview("And th")], "Done."),
    ("a repetition", [Words("Done."), Words("Done.")], "Done."),
    ("an extension", [Words("Done."), Words("Done. The title is there.")], "Done. The title is there."),
    ("tokens", [piece("I"), piece("'ve"), piece(" trim"), piece("med it"), piece(".")], "I've trimmed it."),
    ("sentences as pieces", [piece("I trimmed it."), piece("The title is there.")],
     "I trimmed it.\nThe title is there."),
    ("sentences with a space", [piece("I trimmed it."), piece(" The title")], "I trimmed it. The title"),
    ("sentences in Chinese", [piece("剪好了。"), piece("标题已添加。")], "剪好了。\n标题已添加。"),
    ("a number's point", [piece("3."), piece("5 seconds")], "3.5 seconds"),
    ("more marks", [piece("Done!"), piece("!"), piece("”")], "Done!!”"),
    ("like tokens", [piece("ha"), piece("ha"), piece("ha")], "hahaha"),
    ("pieces and all of it", [piece("I trimmed"), piece(" the clip."), piece("I trimmed the clip.")],
     "I trimmed the clip."),
    ("pieces, then a message", [piece("Wait"), Words("Done.")], "Wait\nDone."),
    ("white space", [Words("  Done.\n\n"), Words("\n")], "Done."),
    ("a trailing issue", [Words("Title added."), Words(ISSUE)], "Title added."),
    ("a trailing issue in one text", [Words("Title added. " + ISSUE)], "Title added."),
    ("a trailing issue in pieces", [piece("Title added.\n"),
     piece("I've encountered a temporary issue")], "Title added."),
    ("a trailing issue in Chinese", [Words("标题已添加。我遇到了一个临时问题，请稍后重试。")], "标题已添加。"),
    ("an issue after tools", [TOOL, Words(ISSUE)], ""),
    ("an issue in the middle", [Words(f"{ISSUE}\nNow the title is there.")], f"{ISSUE}\nNow the title is there."),
    ("an issue overcome", [Words("I encountered a temporary issue, but the title is there.")],
     "I encountered a temporary issue, but the title is there."),
    ("no raw error", [Words("Title added."), Words("Error: ValueError: boom")], "Title added."),
    ("errors as a subject", [Words("Errors in the subtitles were corrected.")],
     "Errors in the subtitles were corrected."),
]  # fmt: skip


@pytest.mark.parametrize(("events", "text"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_what_the_user_reads(events: list[Event], text: str) -> None:
    assert hear(*events).text == text


def test_a_silent_turn_says_whether_tools_were_at_work() -> None:
    assert hear(TOOL, Heartbeat()) == TurnResult("", True, None)
    assert hear(Activity(Doing.THOUGHT), Activity(Doing.OTHER)) == TurnResult("", False, None)


def test_an_issue_that_is_dropped_is_no_fault() -> None:
    assert hear(TOOL, Words(ISSUE)).fault is None
    assert hear(Words("Title added."), Words(ISSUE)).fault is None


def test_an_issue_alone_is_a_fault_and_not_shown() -> None:
    assert hear(Words(ISSUE)) == TurnResult("", False, StreamFault(None, ISSUE))


@pytest.mark.parametrize(
    "text", ["Error: boom", "ValueError: x", "google.api.SomeException: x", "Traceback (most recent call last):\n x"]
)
def test_a_raw_error_is_a_fault_and_not_shown(text: str) -> None:
    assert hear(Words(text)) == TurnResult("", False, StreamFault(None, text))
    assert hear(piece(text[:5]), piece(text[5:])) == TurnResult("", False, StreamFault(None, text))


def test_the_first_fault_counts_and_the_words_before_it_stay() -> None:
    first = StreamFault(2001, "no credits")
    assert hear(Words("Title added."), first, StreamFault(None, "later")) == TurnResult("Title added.", False, first)


def test_the_preview_shows_what_is_known_so_far() -> None:
    turn = Turn()
    turn.feed(preview("Work"))
    assert turn.preview == "Work"
    turn.feed(Words("Working."))
    assert turn.preview == "Working."


def test_a_flood_of_words_is_cut() -> None:
    assert len(hear(*(piece(f"{n:04}" * 250) for n in range(1000))).text) == MAX_TEXT


EVENT: st.SearchStrategy[Event] = st.one_of(
    st.builds(Words, st.text(max_size=20), partial=st.booleans(), piece=st.booleans()),
    st.builds(Activity, st.sampled_from(Doing)),
    st.just(Heartbeat()),
    st.builds(StreamFault, st.none() | st.integers(), st.text(max_size=5)),
)


@given(st.lists(EVENT, max_size=12))
def test_no_events_make_it_fail(events: list[Event]) -> None:
    result = hear(*events)
    assert result.text == result.text.strip()


@given(st.text(max_size=40))
def test_a_text_comes_out_as_it_went_in_however_it_is_cut_into_tokens(text: str) -> None:
    whole = hear(Words(text))
    assert hear(*(piece(char) for char in text)).text.replace("\n", "") == whole.text.replace("\n", "") or whole.fault
