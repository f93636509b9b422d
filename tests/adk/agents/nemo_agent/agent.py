"""A google-adk agent whose model is a script: the last thing the user said names what it does."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from google.adk.agents import LlmAgent  # type: ignore[import-not-found]
from google.adk.models import BaseLlm, LlmRequest, LlmResponse  # type: ignore[import-not-found]
from google.genai import types  # type: ignore[import-not-found]

ANSWER = "Working on “it” 🎬 … Done."


def edit_multitrack(action: str) -> dict[str, str]:
    """Edits the timeline."""
    return {"status": "ok", "action": action}


class ScriptedLlm(BaseLlm):  # type: ignore[misc]
    """Says what `SCRIPTS` has for the user's last words; after a tool's answer, what comes second."""

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        contents = llm_request.contents
        asked = [content for content in contents if content.role == "user" and content.parts and content.parts[0].text]
        scenario = str(asked[-1].parts[0].text)
        answered = any(part.function_response for part in (contents[-1].parts or []))
        if scenario == "error":
            raise ValueError('the "model" broke\nin two lines')
        if stream and scenario == "text":
            for word in ("Working on ", "“it” 🎬"):
                yield LlmResponse(content=_model(types.Part(text=word)), partial=True)
        yield LlmResponse(content=_model(*_parts(scenario, answered=answered)))


def _parts(scenario: str, *, answered: bool) -> list[types.Part]:
    call = types.Part(function_call=types.FunctionCall(name="edit_multitrack", args={"action": "add_title"}))
    match scenario, answered:
        case ("tool", False) | ("silent", False):
            return [call]
        case "text and tool", False:
            return [types.Part(text="Adding it."), call]
        case "silent", True:
            return []
        case "thought", _:
            return [types.Part(text="They want a title.", thought=True), types.Part(text="a\u2028b\u2029c")]
        case _:
            return [types.Part(text=ANSWER)]


def _model(*parts: types.Part) -> types.Content:
    return types.Content(role="model", parts=list(parts))


root_agent = LlmAgent(name="nemo_agent", model=ScriptedLlm(model="scripted"), tools=[edit_multitrack])
