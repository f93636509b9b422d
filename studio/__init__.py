"""The embedded backend: an HTTP server that speaks the NemoVideo API and renders with FFmpeg on this machine."""

from studio.files.folders import DataInUse, DataLock
from studio.separation.methods import Separator
from studio.server import Studio, make_app
from studio.settings import StudioSettings
from studio.switches import Switches

__all__ = ["DataInUse", "DataLock", "Separator", "Studio", "StudioSettings", "Switches", "make_app"]
