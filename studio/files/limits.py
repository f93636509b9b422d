"""The limits of a file, of a project and of the disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from core.media import Media
from studio.errors import disk_full, too_large
from studio.settings import StudioSettings


@dataclass(frozen=True, slots=True)
class Limits:
    settings: StudioSettings

    def check_size(self, size: int) -> None:
        """Raises `ApiError` (4002)."""
        if size > self.settings.upload_limit:
            raise too_large(f"larger than {self.settings.upload_limit // (1024 * 1024)} MB")

    def check_media(self, media: Media) -> None:
        """Raises `ApiError` (4002) for media whose few bytes claim hours of length or millions of pixels."""
        self.check_length(media.duration or 0.0)
        if media.video and media.video.width * media.video.height > self.settings.pixel_limit:
            raise too_large(f"larger than {self.settings.pixel_limit // 1_000_000} million pixels")

    def check_length(self, seconds: float) -> None:
        """Raises `ApiError` (4002)."""
        if seconds > self.settings.longest:
            raise too_large(f"longer than {self.settings.longest / 3600:g} hours")

    def check_space(self, coming: int = 0) -> None:
        """Raises `ApiError` (507) if `coming` bytes would leave less than `free_space` on the disk."""
        if shutil.disk_usage(self.settings.data).free - coming < self.settings.free_space:
            raise disk_full()
