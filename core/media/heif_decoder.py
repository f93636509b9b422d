"""`python -m core.media.heif_decoder SOURCE TO`: decodes one HEIC or AVIF picture. It brings codecs that only this
process needs.
"""

from __future__ import annotations

import io
import sys

import pi_heif
from PIL import Image, ImageCms, ImageOps

_PIXELS = 100_000_000  # as many as FFmpeg is allowed


def main() -> None:
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = _PIXELS // 2  # Pillow refuses what is twice as large
    source, to = sys.argv[1:]
    with Image.open(source) as opened:
        profile = opened.info.get("icc_profile")
        picture = ImageOps.exif_transpose(opened)
        if picture.mode not in ("RGB", "RGBA", "L"):
            picture = picture.convert("RGBA")
        if picture.mode == "RGBA":
            picture = Image.alpha_composite(Image.new("RGBA", picture.size, "black"), picture)
        picture = picture.convert("RGB")
        if profile:
            picture = _in_srgb(picture, profile)
        picture.save(to, quality=95)


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Phones record in Display P3. A broken profile leaves the colours as they are."""
    try:
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, io.BytesIO(profile), srgb, outputMode="RGB") or picture
    except ImageCms.PyCMSError:
        return picture


if __name__ == "__main__":
    main()
