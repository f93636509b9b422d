"""The server as a process of its own, driven over HTTP, with a journal that survives it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
import sys
from pathlib import Path

import httpx
from telegram import Bot


async def test_a_conversation_is_driven_from_outside_and_written_down(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"clip" * 100)
    command = [sys.executable, "-m", "tests.servers.telegram", "--journal", str(journal)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        url, token = (await process.stdout.readline()).decode().split()
        async with httpx.AsyncClient(base_url=f"{url}/control/") as control, Bot(token, base_url=f"{url}/bot") as bot:
            anna = (await control.post("person", json={"name": "Anna"})).json()["id"]
            wish = {"person": anna, "kind": "video", "path": str(clip), "caption": "louder"}
            sent = (await control.post("file", json=wish)).json()["message_id"]
            message = (await bot.get_updates())[0].message
            assert message is not None
            assert message.message_id == sent
            await bot.send_document(anna, clip.read_bytes(), caption="done", filename="out.mp4")
            chat = (await control.get(f"chat/{anna}")).json()
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert chat["messages"][0]["file"]["sha256"] == hashlib.sha256(clip.read_bytes()).hexdigest()
    assert chat["transcript"][1] == "Cutroom: «document out.mp4» done"
    events = [json.loads(line) for line in journal.read_text().splitlines()]
    assert [event["method"] for event in events if event["event"] == "call"] == ["getme", "senddocument"]
    assert token not in journal.read_text()
