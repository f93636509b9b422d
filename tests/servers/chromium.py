"""A real headless Chromium, as Debian has it, spoken to over its own DevTools protocol.

async with Chromium(folder) as browser:
    tab = await browser.tab()
    await tab.open("https://…")
    assert await tab.run("document.title") == "…"
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

BINARY = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SWITCHES = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio"),
    *("--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0", "--hide-scrollbars"),
)
_PATIENCE = 60.0


class Chromium:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "chromium"

    async def __aenter__(self) -> Self:
        assert BINARY is not None
        self._process = await asyncio.create_subprocess_exec(
            BINARY,
            *_SWITCHES,
            f"--user-data-dir={self._folder}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._http = aiohttp.ClientSession()
        self._port = await self._said_port()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        await self._http.close()
        self._process.terminate()
        await self._process.communicate()

    async def _said_port(self) -> int:
        assert self._process.stderr is not None
        async with asyncio.timeout(_PATIENCE):
            while line := (await self._process.stderr.readline()).decode():
                if "DevTools listening on" in line:
                    return int(line.split("ws://")[1].split(":")[1].split("/")[0])
        raise AssertionError("Chromium ended before it listened")

    async def tab(self) -> Tab:
        async with self._http.put(f"http://127.0.0.1:{self._port}/json/new?about:blank") as answer:
            address = (await answer.json(content_type=None))["webSocketDebuggerUrl"]
        tab = Tab(await self._http.ws_connect(address, max_msg_size=0))
        await tab.ask("Page.enable")
        await tab.ask("Log.enable")
        await tab.ask("Runtime.enable")
        return tab


class Tab:
    """`complaints` are what the console was told: blocked by the policy, not found, errors."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._seen: list[str] = []
        self.complaints: list[str] = []

    async def open(self, url: str) -> None:
        self._seen.clear()
        await self.ask("Page.navigate", url=url)
        async with asyncio.timeout(_PATIENCE):
            while "Page.loadEventFired" not in self._seen:
                self._note(await self._socket.receive_json())

    async def run(self, script: str) -> Any:
        """The value of an expression, awaited if it is a promise."""
        answer = await self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def look(self, *, phone: bool = False, dark: bool = False, language: str = "en-GB,en") -> None:
        """What screen it is on, what its person prefers and reads."""
        width, height = (390, 844) if phone else (1280, 900)
        scale = 2 if phone else 1
        await self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=phone
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.ask("Emulation.setEmulatedMedia", features=[scheme])
        agent = await self.run("navigator.userAgent")
        await self.ask("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=language)

    async def picture(self, to: Path) -> None:
        shot = await self.ask("Page.captureScreenshot", format="png")
        await asyncio.to_thread(to.write_bytes, base64.b64decode(shot["data"]))

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = await self._socket.receive_json()
                if message.get("id") == number:
                    assert "error" not in message, message
                    return dict(message["result"])
                self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        self._seen.append(message.get("method", ""))
        if message.get("method") == "Log.entryAdded":
            entry = message["params"]["entry"]
            self.complaints.append(f"{entry['level']}: {entry['text']} {entry.get('url', '')}")
        if message.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(message["params"]))
