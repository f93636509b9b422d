"""The colours that people name, as "#rrggbb"."""

from __future__ import annotations

COLOURS = {
    "white": "#ffffff",
    "black": "#000000",
    "red": "#ff3b30",
    "orange": "#ff9500",
    "yellow": "#ffd60a",
    "gold": "#ffc53d",
    "green": "#34c759",
    "blue": "#2f80ff",
    "cyan": "#32d7e8",
    "purple": "#af52de",
    "pink": "#ff6fae",
    "brown": "#a2704a",
    "gray": "#9a9a9e",
    "silver": "#c8c8cc",
}

SPELLINGS = {
    "grey": "gray", "golden": "gold", "violet": "purple", "magenta": "pink", "turquoise": "cyan", "teal": "cyan",
    "白": "white", "黑": "black", "红": "red", "橙": "orange", "橘": "orange", "黄": "yellow", "金": "gold",
    "绿": "green", "蓝": "blue", "青": "cyan", "紫": "purple", "粉": "pink", "棕": "brown", "灰": "gray",
    "银": "silver",
}  # fmt: skip


_IN_CHINESE = {name: f"{sign}色" for sign, name in SPELLINGS.items() if not sign.isascii()}


def colour_name(color: str, language: str) -> str:
    """The English or Chinese name of "#rrggbb" if it has one, else the value itself."""
    name = next((name for name, value in COLOURS.items() if value == color), color)
    return _IN_CHINESE.get(name, name) if language == "zh" else name


def hex_of(color: str) -> str:
    """Converts a name or "#rrggbb" to "#rrggbb"."""
    return COLOURS.get(color, color)
