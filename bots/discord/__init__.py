"""The Discord adapter: `open_discord(settings)` talks with the token alone, and listens where it is asked to."""

from bots.discord.app import open_discord

__all__ = ["open_discord"]
