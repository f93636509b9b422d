"""`cutroom run` as it is, with the scripted platform: what is killed again and again."""

from __future__ import annotations

import asyncio
import logging
import sys

from bots.commands.roles import Role
from bots.commands.run import run
from bots.wiring.configuration import read_configuration
from tests.soak.scripted import SCRIPTED

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    sys.exit(asyncio.run(run(read_configuration(), Role(sys.argv[1] if len(sys.argv) > 1 else "all"), [SCRIPTED])))
