"""What a process has loaded when it is ready: only what it uses. What is not loaded takes no time to load."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.servers.discord import DiscordServer
from tests.servers.telegram import TelegramServer

PATIENCE = 60.0

# Runs a module as `python -m` does, and writes down at its end what was loaded by then.
_WATCHED = """
import atexit, runpy, sys
_, loaded, module, *arguments = sys.argv
atexit.register(lambda: open(loaded, "w").write("\\n".join(list(sys.modules))))
sys.argv = [module, *arguments]
runpy.run_module(module, None, "__main__", alter_sys=True)
"""
RULES = "symspellpy"
PICTURES = {"PIL", "studio.render.preparing", "studio.render.waveform.scene"}
SERVER_EXTRA = {"psycopg", "procrastinate"}
# What libraries load if it can be loaded: sqlite-utils to know its types, httpx for a command line.
UNUSED = {"numpy", "pandas", "rich", "pygments"}


async def loaded_by(folder: Path, *command: str, until: str = "", **settings: str) -> set[str]:
    """The modules of a process that ends by itself, or is stopped when it has said `until`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(Path.cwd()), "DATA_DIR": str(folder / "data"), **settings}
    written = folder / "loaded"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _WATCHED, str(written), *command),
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout
    said = b""
    async with asyncio.timeout(PATIENCE):
        while line := await process.stdout.readline():
            said += line
            if until and until.encode() in line:
                process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0, said.decode()
    assert until.encode() in said
    return set(written.read_text().split())


def ours(loaded: set[str]) -> set[str]:
    return {name for name in loaded if name.partition(".")[0] in {"bots", "core", "storage", "studio"}}


async def test_help_loads_the_command_line_and_nothing_behind_it(tmp_path: Path) -> None:
    loaded = await loaded_by(tmp_path, "bots", "--help")
    commands = {"bots.commands", "bots.commands.jobs", "bots.commands.roles"}
    assert ours(loaded) == {"bots", "bots.cli", "core", "core.backends", *commands}
    assert not loaded & {"asyncio", "pydantic", "httpx", "aiohttp", "telegram", "discord", "numpy", "sqlite_utils"}


async def test_a_bot_for_telegram_in_the_cloud_loads_neither_discord_nor_the_studio(tmp_path: Path) -> None:
    async with TelegramServer() as telegram:
        where = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        loaded = await loaded_by(tmp_path, "bots", "run", until="Running (all)", BACKEND="cloud", **where)
    assert "telegram" in loaded
    assert not loaded & {
        "discord",
        "core.nemo.gui.translate",
        "studio.server",
        "studio.agent.agent",
        RULES,
        *PICTURES,
        *SERVER_EXTRA,
        *UNUSED,
    }


async def test_a_bot_for_discord_in_the_cloud_loads_neither_telegram_nor_the_studio(tmp_path: Path) -> None:
    async with DiscordServer() as discord:
        token = discord.hub.token
        where = {"DISCORD_API_URL": discord.api_url, "DISCORD_GATEWAY_URL": discord.gateway_url}
        loaded = await loaded_by(
            tmp_path, "bots", "run", until="Running (all)", BACKEND="cloud", DISCORD_BOT_TOKEN=token, **where
        )
    assert "discord" in loaded
    assert not loaded & {"telegram", "studio.server", "studio.agent.agent", RULES, *PICTURES, *SERVER_EXTRA, *UNUSED}


async def test_a_bot_with_a_studio_of_its_own_loads_what_edits_when_there_is_something_to_edit(tmp_path: Path) -> None:
    async with TelegramServer() as telegram:
        where = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": telegram.token}
        loaded = await loaded_by(tmp_path, "bots", "run", until="Running (all)", BACKEND="studio", **where)
    assert "studio.server" in loaded
    assert not loaded & {"discord", RULES, *PICTURES, *SERVER_EXTRA, *UNUSED}


async def test_the_studio_loads_no_bot_and_no_database_of_jobs(tmp_path: Path) -> None:
    loaded = await loaded_by(tmp_path, "bots", "studio", "--port", "0", until="The studio listens")
    assert "studio.server" in loaded
    assert not loaded & {"telegram", "discord", "httpx", "sqlite_utils", "numpy", "fluent", RULES, *PICTURES}


async def test_the_terminal_loads_no_platform(tmp_path: Path) -> None:
    loaded = await loaded_by(tmp_path, "bots", "chat")
    assert "bots.console.chat" in loaded
    assert not loaded & {"telegram", "discord", "numpy", "pandas", RULES, *PICTURES, *SERVER_EXTRA}


async def test_what_keeps_a_voice_loads_no_server(tmp_path: Path) -> None:
    loaded = await loaded_by(tmp_path, "studio.separation", "--help")
    assert "numpy" in loaded
    assert not loaded & {"aiohttp", "pydantic", "PIL", "studio.server", "studio.agent.agent", RULES}
