"""The embedded backend: an HTTP server that speaks the NemoVideo API and renders with FFmpeg on this machine.

Importing this loads nothing of the server; that is `studio.server`.
"""

from studio.files.folders import DataInUse, DataLock
from studio.separation.methods import Separator
from studio.settings import StudioSettings

__all__ = ["DataInUse", "DataLock", "Separator", "StudioSettings"]
