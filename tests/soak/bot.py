"""`cutroom run` as it is, with the scripted platform: what is killed again and again.

An embedded studio writes its turns down as the one of its own process does, where `SOAK_JOURNAL` names a file.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path

from bots.commands.roles import Role
from bots.commands.run import run
from bots.wiring.configuration import read_configuration
from studio import server
from tests.servers.counted_studio import counted
from tests.soak.scripted import SCRIPTED

JOURNAL = "SOAK_JOURNAL"


def _count_turns(journal: Path) -> None:
    make_app = server.make_app
    server.make_app = lambda settings, **parts: counted(make_app(settings, **parts), journal)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if JOURNAL in os.environ:
        _count_turns(Path(os.environ[JOURNAL]))
    sys.exit(asyncio.run(run(read_configuration(), Role(sys.argv[1] if len(sys.argv) > 1 else "all"), [SCRIPTED])))
