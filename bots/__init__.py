"""Programs and platform adapters: the only code that knows Telegram, Discord or a terminal."""
