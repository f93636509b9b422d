"""The switches that change a turn: its script is rewritten before it is played. Pure."""

from __future__ import annotations

import json
from dataclasses import replace

from studio.agent.events import adk_frame
from studio.agent.script import Close, Commit, Pause, Report, Say, Script, Step, ToolCall
from studio.switches import Drop, Fault, Switches

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


def stage(script: Script, switches: Switches, language: str) -> Script:
    """The script as it is played. Without switches, the same."""
    edits = any(isinstance(step, Commit) for step in script)
    if edits and switches.silent:
        script = [step for step in script if not isinstance(step, Say)]
    if switches.gui_words:
        script = [_with_words(step, _GUI[language]) for step in script]
    if switches.partials:
        script = [part for step in script for part in _with_partials(step)]
    if switches.temporary_issue:
        script = [*script, Say(_ISSUE[language])]
    if switches.fault:
        script = _after_first_call(script, Report(_fault(switches.fault)))
    if switches.no_credits:
        script = [Report(_fault(Fault.NO_CREDITS))]
    return _broken(_timed(script, switches), switches)


def _timed(script: Script, switches: Switches) -> Script:
    if switches.agent_delay:
        script = _after_first_call(script, Pause(switches.agent_delay), keep=True)
    if switches.late_commit is not None and Commit() in script:
        script = [step for step in script if not isinstance(step, Commit)]
        script = [*script, Close(), Pause(switches.late_commit), Commit()]
    return script


def _broken(script: Script, switches: Switches) -> Script:
    """A drop ends the stream only; the run goes on, unless the edit is lost."""
    if switches.drop and Commit() in script:
        place = script.index(Commit()) + (switches.drop is Drop.AFTER_COMMIT)
        script = [*script[:place], Close(broken=True), *script[place:]]
    if switches.edit_lost:
        script = [step for step in script if not isinstance(step, Commit)]
    return script


def _with_words(step: Step, words: str) -> Step:
    return replace(step, text=f"{step.text} {words}") if isinstance(step, Say) else step


def _with_partials(step: Step) -> Script:
    if not isinstance(step, Say):
        return [step]
    half = len(step.text) // 2
    return [Say(step.text[:half], partial=True), Say(step.text[half:], partial=True), step]


def _after_first_call(script: Script, step: Step, *, keep: bool = False) -> Script:
    """`step` behind the first tool call, or first of all; what follows goes on only with `keep`."""
    place = next((i + 1 for i, other in enumerate(script) if isinstance(other, ToolCall)), 0)
    rest = script[place:] if keep else []
    return [*script[:place], step, *rest]


def _fault(fault: Fault) -> str:
    match fault:
        case Fault.OBJECT:
            return json.dumps({"error": _MESSAGE})
        case Fault.DETAILS:
            return json.dumps({"error": _MESSAGE, "error_details": {"type": "ValueError"}})
        case Fault.RAW:
            return f'{{"error": "{_MESSAGE}"}}'
        case Fault.CODE:
            return json.dumps({"errorCode": "INTERNAL", "errorMessage": _MESSAGE, **adk_frame("e-fault")})
        case Fault.NO_CREDITS:
            return json.dumps({"code": 2001, "message": "Not enough credits."})
