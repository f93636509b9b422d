"""The settings of an embedded studio, from those of this program."""

from __future__ import annotations

from pathlib import Path

from core.settings import Settings
from studio import Separator, StudioSettings


def studio_settings(settings: Settings, data: Path, host: str = "127.0.0.1", port: int = 0) -> StudioSettings:
    return StudioSettings(
        data=data,
        host=host,
        port=port,
        ffmpeg=settings.studio_ffmpeg,
        separator=Separator(settings.studio_separator),
        allow_private_urls=settings.studio_allow_private_urls,
    )
