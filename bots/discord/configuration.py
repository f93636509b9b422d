"""The operator's settings for Discord: the variables whose names begin with DISCORD_, and the two about shards."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from core.access import Access, AccessRule
from core.settings import HttpAddress, Names, OperatorSettings, Token


class DiscordSettings(OperatorSettings):
    model_config = SettingsConfigDict(env_prefix="discord_")

    bot_token: Token = SecretStr("")
    api_url: HttpAddress = "https://discord.com/api/v10"
    gateway_url: str = ""
    message_content: bool = False
    access: Access = Access.EVERYONE
    allowed_users: Names = ()
    allowed_chats: Names = ()
    upload_mb: Annotated[int, Field(ge=1, le=500)] = 10
    shard_ids: Names = Field(default=(), validation_alias="shard_ids")
    shard_count: Annotated[int, Field(ge=1)] | None = Field(default=None, validation_alias="shard_count")

    @property
    def upload_bytes(self) -> int:
        return self.upload_mb << 20

    @property
    def rule(self) -> AccessRule:
        return AccessRule(self.access, frozenset(self.allowed_users), frozenset(self.allowed_chats))
