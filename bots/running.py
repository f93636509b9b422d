"""`cutroom run`: every platform whose token is set."""

from __future__ import annotations

import sys

from core.settings import Settings


async def run(settings: Settings) -> int:
    """Starts what is configured. Returns 2, and says why, where nothing can be started."""
    tokens = {
        "TELEGRAM_BOT_TOKEN": settings.telegram_bot_token.get_secret_value(),
        "DISCORD_BOT_TOKEN": settings.discord_bot_token.get_secret_value(),
    }
    missing = [name for name, token in tokens.items() if not token]
    for name in tokens:
        if name not in missing:
            sys.stderr.write(f"{name} is set, but this version has no adapter for its platform yet.\n")
    if missing:
        sys.stderr.write(f"Not set: {', '.join(missing)}. A platform without a token is not started.\n")
    sys.stderr.write("Nothing to run. To talk here and now: cutroom chat\n")
    return 2
