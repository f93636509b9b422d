"""The `cutroom` command. Each command imports its modules when it is called, so `--help` answers at once and no process
loads what only another one needs."""

from __future__ import annotations

import gc
import importlib.util
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bots.commands import jobs as operator_commands
from bots.commands.roles import Role
from core.backends import BackendKind

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

    from bots.wiring.configuration import Configuration
    from core.settings import Settings

app = typer.Typer(
    name="cutroom",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Send a video or a sound, say in words what you want, get the finished media back.",
)


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


@app.command()
def chat(
    files: Annotated[list[Path] | None, typer.Argument(help="Files to send first.", show_default=False)] = None,
    say: Annotated[
        list[str] | None, typer.Option(help="Say this and end; may be given several times, said in turn.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder for finished files.")] = Path("out"),
    backend: Annotated[
        BackendKind | None,
        typer.Option(help="Edit on this machine (studio) or in the cloud. [default: BACKEND, else studio]"),
    ] = None,
    lang: Annotated[Language | None, typer.Option(help="The language of the answers.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one event a line, for scripts.")] = False,
    go_on: Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last conversation.")] = False,
) -> None:
    """A conversation in the terminal, as it would be in a chat.

    Without --say it is interactive: type words, the number of a button, or the path of a file; Ctrl-D ends it.
    Ends with 0 only if every request was fulfilled.
    """
    from bots.commands import chat as chatting

    options = chatting.ChatOptions(
        files=tuple(files or ()),
        says=tuple(say or ()),
        out=out,
        language=lang.value if lang else "",
        as_json=as_json,
        go_on=go_on,
    )
    try:
        code = _run(chatting.chat(_chat_settings(backend), options))
    except KeyboardInterrupt:
        _fail("Stopped. “cutroom chat --continue” goes on from here.", 130)
    _end(code)


@app.command()
def run(
    role: Annotated[Role, typer.Option(help="Listen (front), work off jobs (worker), or both (all).")] = Role.ALL,
) -> None:
    """Start every platform whose token is set, and serve until stopped."""
    import asyncio

    leave_out_what_no_bot_uses()
    with _no_garbage_looked_for():
        from bots.commands import run as running

        with asyncio.Runner(loop_factory=_fast_loop()) as runner:
            code = runner.run(running.run(_configuration(), role))
    _end(code)


@app.command()
def studio(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)] = 8090,
    data: Annotated[Path | None, typer.Option(help="Where sessions, files and results are kept.")] = None,
) -> None:
    """Serve the embedded editing backend, the same API as the cloud's."""
    from bots.commands import studio as serving

    settings = _configuration().core
    _end(_run(serving.serve(settings, host, port, data or settings.data_dir / "studio")))


@app.command()
def doctor() -> None:
    """Show what is configured, what can be reached, what is wrong and how to fix it."""
    from bots.commands import doctor as doctoring

    _end(_run(doctoring.examine()))


@app.command()
def invite() -> None:
    """Print the links by which a server or a person installs the Discord bot."""
    from bots.commands import invite as inviting

    _end(_run(inviting.invite(_configuration().discord)))


app.add_typer(operator_commands.jobs, name="jobs")
app.command()(operator_commands.backup)
app.command()(operator_commands.migrate)


def _chat_settings(backend: BackendKind | None) -> Settings:
    """The terminal's default is the studio on this machine; the bots' default is the cloud."""
    if backend is not None:
        return _configuration(backend=backend).core
    settings = _configuration().core
    return settings if "backend" in settings.model_fields_set else _configuration(backend=BackendKind.STUDIO).core


def _configuration(**overrides: Any) -> Configuration:
    from bots.wiring.configuration import read_configuration

    return read_configuration(**overrides)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """libuv's event loop if it is installed: with many small requests, it serves about half as many again."""
    try:
        import uvloop  # not on every system
    except ImportError:
        return None
    loop: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return loop


@contextmanager
def _no_garbage_looked_for() -> Iterator[None]:
    """Until the command is ready and enables it. What a start loads stays: looking for garbage in it takes a sixth of
    the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def leave_out_what_no_bot_uses() -> None:
    """`None` tells Python that a module is known to be missing.

    httpcore tries to import sniffio at every step of every request; searching for it takes a fifth of a busy bot's
    processor time. httpx loads its own command line, with all that draws it, if that can be loaded.
    """
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]
    if "httpx" not in sys.modules:
        sys.modules["httpx._main"] = None  # type: ignore[assignment]


def _run(program: Coroutine[Any, Any, int]) -> int:
    import asyncio

    return asyncio.run(program)


def _end(code: int) -> None:
    raise typer.Exit(code)


def main() -> None:
    """Ends with a sentence and never with a traceback, except for mistakes of ours."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    # httpx writes every address at INFO, and a platform's address holds the bot's token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        app(prog_name="cutroom")
    except Exception as error:
        from bots.commands.errors import complaint

        if not (text := complaint(error)):
            raise
        _fail(text, 2)


def _fail(text: str, code: int) -> NoReturn:
    sys.stderr.write(text + "\n")
    sys.exit(code)
