"""The links by which a server or a person installs the bot."""

from __future__ import annotations

import discord
from discord import utils

from bots.discord.permissions import NEEDED, SCOPES


def install_links(application: int) -> tuple[str, str]:
    """For a server, and for a person who brings the bot along wherever they are."""
    server = utils.oauth_url(application, permissions=NEEDED, scopes=SCOPES)
    person = utils.oauth_url(application, permissions=discord.utils.MISSING, scopes=("applications.commands",))
    return f"{server}&integration_type=0", f"{person}&integration_type=1"
