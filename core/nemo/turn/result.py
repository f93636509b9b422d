"""Events -> what the user is told of the agent's turn. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from core.nemo.events import Activity, Asking, Doing, Event, Heartbeat, StreamFault, Unfulfilled, Words

MAX_TEXT = 50_000  # characters of one turn; no person reads more, and no server may fill our memory
_SURE_REPEAT = 12  # characters from which on "the same again" is a repetition and not two like tokens
_SENTENCE_ENDS = ".!?。！？…"
_NO_NEW_SENTENCE = ".,;:!?)]}»”’\"'*_`。，；：！？）】」』…、"

_RAW_ERROR = re.compile(r"\s*(?:Error|[A-Za-z_.]*(?:Error|Exception)|Traceback \(most recent call last\)):")
# NemoVideo appends this to turns that went well; "…, but I worked around it" is a true message.
_TEMPORARY = re.compile(
    r"(?:^|(?<=[.!?。！？\n])[ \t]*)(?:"
    r"(?:I|We)(?:['’]ve| have| had)? encountered a temporary issue(?![^.!?\n]*\bbut\b)[^.!?\n]*[.!?]*"
    r"(?:\s*(?:Please|Try|You can|Let me|Sorry|I apologi[sz]e)[^\n]*)?"
    r"|(?:抱歉|很抱歉|对不起)?[，,]?[ \t]*(?:我)?(?:刚刚|刚才)?遇到了?(?:一个|一些|点)?(?:临时|暂时)性?的?问题"
    r"(?![^。！？\n]*但)[^\n]*"
    r")\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class TurnResult:
    """`text` is "" for a silent turn: then the state has to tell whether anything was done. `unfulfilled` is what the
    agent itself says of a turn that changed nothing, `asking` what it says of its open question."""

    text: str
    saw_tools: bool
    fault: StreamFault | None
    unfulfilled: Unfulfilled | None = None
    asking: Asking | None = None


class Turn:
    """Collects one turn's events. `preview` may be looked at while it runs, `result()` when it is over."""

    def __init__(self) -> None:
        self._messages: list[str] = []
        self._open = False  # whether the last message is made of pieces and may grow
        self._preview = ""
        self._size = 0
        self._saw_tools = False
        self._fault: StreamFault | None = None
        self._unfulfilled: Unfulfilled | None = None
        self._asking: Asking | None = None

    @property
    def preview(self) -> str:
        return self._preview or "\n".join(self._messages)

    def feed(self, event: Event) -> None:
        match event:
            case Words():
                self._hear(event)
            case Activity():
                self._saw_tools |= event.what is Doing.TOOL
            case StreamFault():
                self._fault = self._fault or event
            case Unfulfilled():
                self._unfulfilled = event
            case Asking():
                self._asking = event
            case Heartbeat():
                pass
            case _:
                assert_never(event)

    def result(self) -> TurnResult:
        messages = [text for text in map(str.strip, self._messages or [self._preview]) if text]
        said = [text for text in messages if not _RAW_ERROR.match(text)]
        fault = self._fault
        if len(said) < len(messages):
            fault = fault or StreamFault(None, next(text for text in messages if text not in said))
        text = "\n".join(said)
        before = _TEMPORARY.sub("", text).rstrip()
        if before != text and not before and not self._saw_tools:
            fault = fault or StreamFault(None, text)
        return TurnResult(before, self._saw_tools, fault, self._unfulfilled, self._asking)

    def _hear(self, words: Words) -> None:
        text = words.text[: max(0, MAX_TEXT - self._size)]
        self._size += len(text)
        if not text:
            return
        if words.partial:
            cumulative = len(self._preview) >= _SURE_REPEAT and text.startswith(self._preview)
            self._preview = text if cumulative else self._preview + text
            return
        self._preview = ""
        if words.piece and self._open:
            self._messages[-1] = _grown(self._messages[-1], text)
        elif self._messages and _repeats(self._messages[-1], text):
            self._messages[-1] = text
        else:
            self._messages.append(text)
        self._open = words.piece


def _repeats(earlier: str, later: str) -> bool:
    return bool(earlier.strip()) and later.strip().startswith(earlier.strip())


def _grown(message: str, piece: str) -> str:
    """A message with its next piece, which may be a token, a sentence, or all of it once more."""
    if len(piece) >= len(message) >= _SURE_REPEAT and _repeats(message, piece):
        return piece
    return message + ("\n" if _is_next_sentence(message, piece) else "") + piece


def _is_next_sentence(message: str, piece: str) -> bool:
    if piece[0].isspace() or piece[0] in _NO_NEW_SENTENCE or not message.endswith(tuple(_SENTENCE_ENDS)):
        return False
    return not (piece[0].isdigit() and message[-2:-1].isdigit())  # "3." and "5 seconds"
