"""The operator's settings of a studio, passed in by the caller; the environment is not read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.separation.methods import Separator


@dataclass(frozen=True, slots=True)
class StudioSettings:
    """`data` is the folder of all files and rows; a studio started on it again continues where it was.

    `port` 0 takes a free one. `ffmpeg` "" is the bundled one. `separator` separates voice and music. `public_url` is
    the base of links to results, "" for the address that the client used. `edit_cost` is in credits; it is 0 because
    the machine is the user's own. Sizes are in bytes, times in seconds.

    `longest` is the longest file or project, `pixel_limit` the largest picture, `free_space` what must stay free on the
    disk, `render_timeout` the longest render, `stall_timeout` the longest pause of an upload. Sessions that were not
    used for `kept_for`, and results of that age, are deleted.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 0
    ffmpeg: str = ""
    separator: Separator = Separator.AUTO
    allow_private_urls: bool = False
    public_url: str = ""
    start_credits: int = 100
    edit_cost: int = 0
    upload_limit: int = 500 * 1024 * 1024
    link_timeout: float = 300.0
    stall_timeout: float = 120.0
    pixel_limit: int = 64_000_000
    longest: float = 6 * 3600.0
    free_space: int = 256 * 1024 * 1024
    render_timeout: float = 2 * 3600.0
    kept_for: float = 7 * 24 * 3600.0
    heartbeat_every: float = 15.0
    token_life: float = 7 * 24 * 3600.0
