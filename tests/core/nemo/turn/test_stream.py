"""Bytes of a turn's answer, however they are cut, become the same events; nothing makes the reader fail."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.events import Activity, Doing, Event, Heartbeat, StreamFault, Words
from core.nemo.turn.stream import StreamReader
from tests.servers.frames import HEARTBEATS, Dialect, adk, frame, said, used_tool

TOOL, THOUGHT, OTHER = Activity(Doing.TOOL), Activity(Doing.THOUGHT), Activity(Doing.OTHER)


def read(*chunks: bytes, max_event: int = 1 << 20) -> list[Event]:
    reader = StreamReader(max_event)
    return [event for chunk in chunks for event in reader.feed(chunk)] + reader.close()


EVENTS: list[tuple[str, bytes, list[Event]]] = [
    ("a whole message", adk("Done."), [Words("Done.")]),
    ("a partial one", adk("Do", partial=True), [Words("Do", partial=True)]),
    ("several parts", adk("I added ", "the title."), [Words("I added the title.")]),
    ("text and a tool in one", adk("Wait", {"functionCall": {"name": "x"}}), [Words("Wait"), TOOL]),
    ("a tool's answer", adk({"functionResponse": {"name": "x", "response": {"error": "e"}}}, role="user"), [TOOL]),
    ("a thought", adk({"text": "hm", "thought": True}), [THOUGHT]),
    ("a thought beside text", adk({"text": "hm", "thought": True}, "Done."), [Words("Done."), THOUGHT]),
    ("no parts", adk(), [OTHER]),
    ("no content", frame({"invocationId": "e", "author": "a", "actions": {"stateDelta": {"draft": {}}}}), [OTHER]),
    ("content null", frame({"content": None, "actions": {}}), [OTHER]),
    ("long running ids", adk("Done.", longRunningToolIds=[], turnComplete=True), [Words("Done.")]),
    ("snake case", frame({"content": {"parts": [{"function_call": {"name": "x"}}]}, "turn_complete": True}), [TOOL]),
    ("the user's own words", adk("please", author="user"), [OTHER]),
    ("an unknown part", adk({"inlineData": {"mimeType": "image/png"}}), [OTHER]),
    ("parts of no object", frame({"content": {"parts": ["a", 1, None, {"text": 5}]}}), [OTHER]),
    ("a good finish reason", adk("Done.", errorCode="STOP"), [Words("Done.")]),
    ("an error beside text", adk("Do", errorCode="MAX_TOKENS"), [Words("Do"), StreamFault(None, "MAX_TOKENS")]),
    ("null errors", adk("Done.", errorCode=None, errorMessage=None, error=None), [Words("Done.")]),
    ("typed text", frame({"type": "text", "content": "Hi"}), [Words("Hi", piece=True)]),
    ("typed text in text", frame({"type": "TEXT", "text": "Hi"}), [Words("Hi", piece=True)]),
    ("typed text as object", frame({"type": "text", "content": {"text": "Hi"}}), [Words("Hi", piece=True)]),
    ("typed text as parts", frame({"type": "text", "content": [{"text": "H"}, {"text": "i"}]}),
     [Words("Hi", piece=True)]),
    ("typed text in data", frame({"type": "text", "data": {"content": "Hi"}}), [Words("Hi", piece=True)]),
    ("typed text, empty", frame({"type": "text", "content": ""}), [OTHER]),
    ("a chunk", frame({"type": "chunk", "text": "Hi"}), [Words("Hi", piece=True)]),
    ("typed by the event's name", b'event: text\ndata: {"content":"Hi"}\n\n', [Words("Hi", piece=True)]),
    ("a question", frame({"type": "ask_question", "question": "Which?"}), [Words("Which?")]),
    ("done", frame({"type": "done"}), [OTHER]),
    ("flat text", frame({"text": "Hi"}), [Words("Hi", piece=True)]),
    ("a content string", frame({"content": "Hi"}), [Words("Hi", piece=True)]),
    ("wrapped", frame({"code": 0, "data": {"text": "Hi"}}), [Words("Hi", piece=True)]),
    ("wrapped twice", frame({"code": 0, "data": {"data": {"type": "text", "content": "Hi"}}}),
     [Words("Hi", piece=True)]),
    ("wrapped whole", frame({"code": "0", "data": {"content": {"parts": [{"text": "Hi"}]}}}), [Words("Hi")]),
    ("a list", frame([{"text": "a"}, {"type": "done"}]), [Words("a", piece=True), OTHER]),
    ("an envelope without data", frame({"code": 0, "message": "success"}), [OTHER]),
    ("a code", frame({"code": 2001, "message": "no credits"}), [StreamFault(2001, "no credits")]),
    ("a code as text", frame({"code": "2001"}), [StreamFault(2001, "")]),
    ("a coded error object", frame({"error": {"code": 402, "message": "plan"}}), [StreamFault(402, "plan")]),
    ("an unknown type", frame({"type": "confetti", "level": 5}), [OTHER]),
    ("a number", b"data: 5\n\n", [OTHER]),
    ("no JSON", b"data: hello\n\n", [OTHER]),
    ("a done mark", b"data: [DONE]\n\n", [OTHER]),
    ("CRLF", b'data: {"text":"Hi"}\r\n\r\n', [Words("Hi", piece=True)]),
    ("no space", b'data:{"text":"Hi"}\n\n', [Words("Hi", piece=True)]),
    ("two data lines", b'data: {"text":\ndata: "Hi"}\n\n', [Words("Hi", piece=True)]),
    ("a byte order mark", b'\xef\xbb\xbfdata: {"text":"Hi"}\n\n', [Words("Hi", piece=True)]),
    ("no blank line at the end", b'data: {"text":"Hi"}', [Words("Hi", piece=True)]),
    ("cut inside the last event", b'data: {"text":"H', [OTHER]),
    ("Unicode line ends", adk("a\u2028b\u2029c\x85d\x0be"), [Words("a\u2028b\u2029c\x85d\x0be")]),
    ("broken UTF-8", b'data: {"text":"a\xffb\xe4\xb8"}\n\n', [Words("a�b�", piece=True)]),
    ("a lone CR in a line", b'data: {"text":"a\rb"}\n\n', [Words("a\rb", piece=True)]),
    ("a bare JSON line", b'{"code":1001,"message":"expired"}\n', [StreamFault(1001, "expired")]),
    ("a bare line of no JSON", b"{nothing\n\n", []),
    ("other fields", b'id: 7\nretry: 10\ndata: {"text":"Hi"}\n\n', [Words("Hi", piece=True)]),
    ("nothing but other fields", b"id: 7\nretry: 10\nother: x\n\n", []),
    ("a name without data", b"event: text\n\n", [Heartbeat()]),
    ("data without a colon", b"event: text\ndata\n\n", [Heartbeat()]),
    ("deep nesting", b"data: " + b"[" * 50_000 + b"\n\n", [OTHER]),
    ("deep but closed", b"data: " + b'{"data":' * 300 + b"1" + b"}" * 300 + b"\n\n", [OTHER]),
    ("a huge number", b'data: {"code": ' + b"9" * 5000 + b"}\n\n", [OTHER]),
    ("nothing", b"", []),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "events"), [row[1:] for row in EVENTS], ids=[row[0] for row in EVENTS])
def test_an_event_is_read_in_every_form(raw: bytes, events: list[Event]) -> None:
    assert read(raw) == events


@pytest.mark.parametrize(
    "name", ["tool_call", "tool_result", "tool_start", "tool_end", "toolcall_start", "toolcall_end"]
)
def test_tools_are_known_by_their_types(name: str) -> None:
    assert read(frame({"type": name, "tool": "edit", "error": "failed", "code": 1})) == [TOOL]


@pytest.mark.parametrize("name", ["thinking_start", "thinking_chunk", "thinking_end"])
def test_thoughts_are_never_words(name: str) -> None:
    assert read(frame({"type": name, "content": "hm", "text": "hm"})) == [THOUGHT]


@pytest.mark.parametrize("beat", HEARTBEATS)
def test_every_form_of_a_heartbeat_is_one(beat: bytes) -> None:
    assert read(beat) == [Heartbeat()]
    assert read(beat.replace(b"\n", b"\r\n")) == [Heartbeat()]


WHOLE = b"".join(
    [
        *HEARTBEATS,
        *(said("Working on “it” 🎬.\u2028", dialect) + used_tool(dialect) for dialect in Dialect),
        b'data: {"error": "Tool "x" failed\nline\n\nmore"}\r\n\r\n',
        b'{"code":2001}\ndata: {"text":"end"}',
    ]
)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_chunks_may_be_cut_anywhere(size: int) -> None:
    chunks = [WHOLE[at : at + size] for at in range(0, len(WHOLE), size)]
    assert read(*chunks) == read(WHOLE)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [b"\n", b"\r\n", b"\r", b"data:", b"data: ", b"event: error", b": x", b"id: \0", b"\xef\xbb\xbf"]
        ),
        st.sampled_from(
            [b'{"text":"a"}', b'{"error": "a"b', b'{"code":7}', b'{"type":"text","content":[', b"\xe2\x80\xa8"]
        ),
        st.binary(max_size=12),
    ),
    max_size=30,
).map(b"".join)


@given(LINES, st.lists(st.integers(0, 200), max_size=6), st.sampled_from([16, 1 << 20]))
def test_no_bytes_make_it_fail_and_no_cut_changes_the_events(raw: bytes, cuts: list[int], max_event: int) -> None:
    at = [0, *sorted(cut for cut in cuts if cut <= len(raw)), len(raw)]
    chunks = [raw[start:end] for start, end in pairwise(at)]
    assert read(*chunks, max_event=max_event) == read(raw, max_event=max_event)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "content", "parts", "text", "code", "data", "error", "actions", "partial", "thought"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_payload_makes_it_fail(payload: object) -> None:
    assert all(isinstance(event, Event) for event in read(b"data: " + json.dumps(payload).encode() + b"\n\n"))


def test_an_event_that_is_too_long_is_left_out_and_the_next_one_is_read() -> None:
    after = frame({"text": "next"})
    for long in (frame({"text": "x" * 5000}), b"data: x\n" * 700 + b"\n", b"junk" * 5000 + b"\n\n"):
        assert read(long + after, max_event=4096) == [OTHER, Words("next", piece=True)]


def test_an_endless_line_is_not_kept_in_memory() -> None:
    reader = StreamReader(max_event=1024)
    for _ in range(1000):
        assert reader.feed(b"x" * 1024) == []
    assert len(reader._line) <= 1024
    assert reader.close() == [OTHER]


def test_a_long_stream_of_comments_never_counts_as_one_event() -> None:
    assert read(b": beat\n" * 1000, max_event=512) == [Heartbeat()] * 1000


def test_blank_lines_between_events_never_count_as_one() -> None:
    assert read(b"\r\n" * 1000 + frame({"text": "next"}), max_event=512) == [Words("next", piece=True)]
