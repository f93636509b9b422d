"""The studio's stream of a turn as another one that the cloud may write: frame by frame. Pure, except for ids."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

from tests.servers.studio.variants import Beat, Dialect, Drop, Fault, Variants

Json = dict[str, Any]

_GUI = {
    "en": "Click the Export button in the top right corner, then open the Download panel to save it. "
    "You can preview it in the timeline.",
    "zh": "点击右上角的导出按钮，再打开下载面板保存。您可以在时间线中预览。",
}
_ISSUE = {
    "en": "I encountered a temporary issue. Please try again later.",
    "zh": "I encountered a temporary issue. 请稍后再试。",
}
_MESSAGE = 'ValueError: the model said "no"\nand left'
_BEAT = f"{Beat.JSON}\n\n".encode()


class Rewriter:
    """One stream's. Ask `broken` and `over` after each frame: whether the stream is to break or to end there."""

    def __init__(self, variants: Variants) -> None:
        self.broken = False
        self.over = False
        self._variants = variants
        self._edits = False
        self._language = "en"
        self._last: Json = {}

    def rewritten(self, frame: bytes) -> Iterator[bytes]:
        """What is written for one frame of the studio's, which ends with an empty line."""
        if frame == _BEAT:
            yield f"{self._variants.heartbeat}\n\n".encode()
            return
        event = json.loads(frame.removeprefix(b"data: "))
        first, self._last = not self._last, event
        if self._variants.fault and first:
            yield from self._failed(event, self._variants.fault)
        elif self._variants.drop is Drop.AFTER_COMMIT and "functionResponse" in _part(event):
            self.broken = True
        elif self._variants.drop is Drop.BEFORE_COMMIT and "functionCall" in _part(event):
            self.broken = True
            yield self._spelt(event)
        else:
            yield from map(self._spelt, self._varied(event))

    def last_words(self) -> Iterator[bytes]:
        """What is written after the studio's last frame."""
        if self._variants.temporary_issue and not self.over:
            yield self._spelt(self._saying(self._last, _ISSUE[self._language]))

    def _failed(self, event: Json, fault: Fault) -> Iterator[bytes]:
        if "functionCall" in _part(event):
            yield self._spelt(event)
        yield f"data: {_fault(fault, event)}\n\n".encode()
        self.over = True

    def _varied(self, event: Json) -> Iterator[Json]:
        text = _part(event).get("text")
        if text is None:
            self._edits = True
            yield event
            return
        self._language = "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"
        if self._edits and self._variants.silent:
            return
        if self._variants.gui_words:
            text = f"{text} {_GUI[self._language]}"
        if self._variants.partials:
            half = len(text) // 2
            yield {**self._saying(event, text[:half]), "partial": True}
            yield {**self._saying(event, text[half:]), "partial": True}
        yield self._saying(event, text)

    def _saying(self, event: Json, text: str) -> Json:
        return {**event, "content": {"parts": [{"text": text}], "role": "model"}, "id": str(uuid.uuid4())}

    def _spelt(self, event: Json) -> bytes:
        as_it_is = self._variants.dialect is Dialect.ADK or "error" in event
        body = event if as_it_is else _simple(_part(event))
        return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def no_credits() -> bytes:
    return f"data: {_fault(Fault.NO_CREDITS, {})}\n\n".encode()


def _part(event: Json) -> Json:
    """Of an error's frame nothing."""
    [part] = event.get("content", {"parts": [{}]})["parts"]
    return dict(part)


def _simple(part: Json) -> Json:
    match part:
        case {"functionCall": call}:
            return {"type": "tool_call", "name": call["name"], "args": call["args"]}
        case {"functionResponse": result}:
            return {"type": "tool_result", "name": result["name"], "result": result["response"]}
        case _:
            return {"type": "text", "content": part["text"]}


def _fault(fault: Fault, event: Json) -> str:
    match fault:
        case Fault.OBJECT:
            return json.dumps({"error": _MESSAGE})
        case Fault.DETAILS:
            return json.dumps({"error": _MESSAGE, "error_details": {"type": "ValueError"}})
        case Fault.RAW:
            return f'{{"error": "{_MESSAGE}"}}'
        case Fault.CODE:
            envelope = {key: value for key, value in event.items() if key != "content"}
            return json.dumps({"errorCode": "INTERNAL", "errorMessage": _MESSAGE, **envelope})
        case Fault.NO_CREDITS:
            return json.dumps({"code": 2001, "message": "Not enough credits."})
