"""The operator's settings for Telegram: the variables whose names begin with TELEGRAM_."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from core.access import Access, AccessRule
from core.settings import HttpAddress, Names, OperatorSettings, Token


class TelegramSettings(OperatorSettings):
    model_config = SettingsConfigDict(env_prefix="telegram_")

    bot_token: Token = SecretStr("")
    api_url: HttpAddress = "https://api.telegram.org"
    local_mode: bool = False
    access: Access = Access.EVERYONE
    allowed_users: Names = ()
    allowed_chats: Names = ()
    webhook: bool = False
    webhook_secret: SecretStr = SecretStr("")

    @property
    def rule(self) -> AccessRule:
        return AccessRule(self.access, frozenset(self.allowed_users), frozenset(self.allowed_chats))
