"""Telegram."""

from bots.telegram.app import open_telegram

__all__ = ["open_telegram"]
