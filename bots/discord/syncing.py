"""Commands are told to Discord only when they have changed: it counts how often, and a busy start is no reason."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bots.discord.places import PLATFORM
from core.messages import Place
from core.ports import Store

log = logging.getLogger(__name__)
_HASH = "commands"


async def sync_commands(tree: app_commands.CommandTree[Any], store: Store, application: int) -> bool:
    """Whether they were told anew. A refusal is logged: the commands that stand there go on working."""
    where = Place(PLATFORM, f"application/{application}")
    now = await _hash_of(tree)
    if (await store.preferences(where)).get(_HASH) == now:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, discord.RateLimited, app_commands.AppCommandError) as error:
        log.warning("the commands could not be told to Discord: %s", type(error).__name__)
        return False
    await store.save_preferences(where, {_HASH: now})
    return True


async def _hash_of(tree: app_commands.CommandTree[Any]) -> str:
    translator = tree.translator
    told = []
    for each in tree.get_commands(type=None):
        told.append(await each.get_translated_payload(tree, translator) if translator else each.to_dict(tree))
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
