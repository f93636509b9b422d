"""A Discord on loopback."""

from tests.servers.discord.server import DiscordServer
from tests.servers.discord.world import File

__all__ = ["DiscordServer", "File"]
