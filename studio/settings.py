"""What the studio is told when it is made. It reads no environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.separation.methods import Separator


@dataclass(frozen=True, slots=True)
class StudioSettings:
    """`data` is the folder that everything lives in; a studio started on it again goes on where it was.

    `port` 0 takes a free one. `ffmpeg` "" is the bundled. `separator` takes voice and music apart. `public_url` is put
    before the links to results, "" means the address that the client asked at. `edit_cost` is in credits; it is 0
    because the machine is the user's own. Sizes in bytes, times in seconds.

    `longest` is what a file or a project may last, `pixel_limit` what a picture may have, `free_space` what is
    left on the disk for others, `render_timeout` how long one encode may take, `stall_timeout` how long an upload
    may stand still. A session that nobody has used for `kept_for`, and a result of that age, is deleted.
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
