"""Which backend does the editing. Apart from the settings, so that naming it loads no validation library."""

from __future__ import annotations

from enum import StrEnum


class BackendKind(StrEnum):
    CLOUD = "cloud"
    STUDIO = "studio"
