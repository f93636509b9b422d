"""Files that people really have, each made small: what phones, cameras, recorders and old programs write."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

from PIL import Image

from core.media import Ffmpeg
from tests.making import made

_X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
_STRIPE = "color=red:s=160x90:d=1:r=10,format=rgba,geq=r=255:g=0:b=0:a='if(between(X,50,100),255,0)'"
PQ_WHITE, PQ_BRIGHT = 573, 723  # signals of 10 bits: 203 and 1000 cd/m²
HLG_WHITE, HLG_BRIGHT = 721, 940


def make(path: Path, *args: str) -> Path:
    """By the FFmpeg that comes with pip, whichever is tested: not every one can write these."""
    return made(path, ["-v", "error", *args], Ffmpeg.find().binary)


def _lavfi(*graphs: str) -> list[str]:
    return [option for graph in graphs for option in ("-f", "lavfi", "-i", graph)]


def make_hdr(path: Path, *, transfer: str = "smpte2084", size: str = "160x90", seconds: float = 1.5) -> Path:
    """The left half is as bright as white paper, the right one as bright as the sun on water."""
    white, bright = (PQ_WHITE, PQ_BRIGHT) if transfer == "smpte2084" else (HLG_WHITE, HLG_BRIGHT)
    tags = f"setparams=range=tv:color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc"
    halves = f"format=yuv420p10le,geq=lum='if(lt(X,W/2),{white},{bright})':cb=512:cr=512,{tags}"
    graph = f"color=black:s={size}:r=25:d={seconds},{halves}"
    light = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400"
    x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", f"log-level=none:{light}", "-tag:v", "hvc1"]
    return make(path, *_lavfi(graph, f"sine=440:d={seconds}"), *x265)


def make_transparent(path: Path, kind: str) -> Path:
    """A red stripe on what is transparent, whose hidden colour is red too."""
    codecs = {
        "prores": ["-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le"],
        "prores-12": ["-c:v", "prores_ks", "-profile:v", "4444xq", "-pix_fmt", "yuva444p12le"],
        "vp9": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuva420p"],
        "vp8": [*("-c:v", "libvpx", "-deadline", "realtime", "-auto-alt-ref", "0"), "-pix_fmt", "yuva420p"],
        "qtrle": ["-c:v", "qtrle", "-pix_fmt", "argb"],
        "rgba64": ["-frames:v", "1", "-update", "1", "-c:v", "png", "-pix_fmt", "rgba64be"],
        "rgba": ["-frames:v", "1", "-update", "1", "-c:v", "png", "-pix_fmt", "rgba"],
        "ya16": ["-frames:v", "1", "-update", "1", "-c:v", "png", "-pix_fmt", "ya16be"],
    }
    return make(path, *_lavfi(_STRIPE), *codecs[kind])


def make_interlaced(path: Path) -> Path:
    """Stripes that move 8 pixels from one field to the next."""
    stripes = "color=black:s=160x96:r=50:d=1,format=yuv420p,geq=lum='16+219*lt(mod(X+8*N,64),32)':cb=128:cr=128"
    fields = ["-flags", "+ilme+ildct", "-x264opts", "tff=1"]
    return make(path, *_lavfi(f"{stripes},tinterlace=interleave_top"), *_X264, *fields)


def make_two_sounds(path: Path) -> Path:
    """A low tone, and a high one that is the default."""
    maps = ["-map", "0:v", "-map", "1:a", "-map", "2:a", "-disposition:a:0", "0", "-disposition:a:1", "default"]
    names = ["-metadata:s:a:0", "language=fre", "-metadata:s:a:1", "language=eng"]
    tones = ("sine=300:d=2:r=48000", "sine=1200:d=2:r=48000")
    return make(path, *_lavfi("testsrc2=s=160x90:r=25:d=2", *tones), *maps, *names, *_X264, "-c:a", "aac")


def make_tagged(path: Path) -> Path:
    """With chapters, the place where it was recorded, and who recorded it with what."""
    notes = path.with_name(f"{path.stem}.ffmeta")
    chapters = ("START=0\nEND=1000\ntitle=First", "START=1000\nEND=2000\ntitle=Second")
    notes.write_text(";FFMETADATA1\n" + "".join(f"[CHAPTER]\nTIMEBASE=1/1000\n{each}\n" for each in chapters))
    said = {"location": "+48.8584+002.2945/", "title": "A walk", "artist": "Ann", "comment": "my home", "make": "Phone"}
    tags = [option for key, value in said.items() for option in ("-metadata", f"{key}={value}")]
    clip = make(path.with_name(f"bare-{path.name}"), *_lavfi("testsrc2=s=160x90:r=25:d=2", "sine=440:d=2"), *_X264)
    more = ["-map_metadata", "1", "-map_chapters", "1", "-c", "copy", *tags, "-timecode", "01:00:00:00"]
    more += ["-movflags", "use_metadata_tags", "-metadata:s:v", "creation_time=2024-01-02T03:04:05Z"]
    command = [Ffmpeg.find().binary, "-v", "error", "-y", "-i", str(clip), "-i", str(notes), "-map", "0", *more]
    subprocess.run([*command, str(path)], check=True)
    return path


def make_uneven(path: Path) -> Path:
    """A second and a half at 30 frames a second, then as long at 12; black and silent but from 2.0 to 2.5 s."""
    flash = "geq=lum='16+219*between(T,1.99,2.49)':cb=128:cr=128"
    parts = "color=black:s=160x90:r=30:d=1.5,format=yuv420p[a];color=black:s=160x90:r=12:d=1.5,format=yuv420p[b]"
    graph = f"{parts};[a]settb=AVTB[a];[b]settb=AVTB[b];[a][b]concat,settb=AVTB,{flash}[v]"
    beep = "aevalsrc='0.5*sin(2*PI*1000*t)*between(t,2,2.5)':s=48000:d=3"
    times = ["-fps_mode", "vfr", "-enc_time_base", "1:90000"]
    return make(
        path, "-filter_complex", f"{graph};{beep}[s]", "-map", "[v]", "-map", "[s]", *_X264, *times, "-c:a", "aac"
    )


def make_named_in(path: Path, encoding: str, title: str, artist: str = "") -> Path:
    """An MP3 whose ID3v2 tag holds bytes of another encoding, as if they were Latin-1."""
    sound = make(
        path.with_name(f"bare-{path.name}"), *_lavfi("sine=440:d=1"), "-id3v2_version", "0", "-write_id3v1", "0"
    )
    frames = b"".join(
        name + struct.pack(">IH", len(said.encode(encoding)) + 1, 0) + b"\0" + said.encode(encoding)
        for name, said in ((b"TIT2", title), (b"TPE1", artist))
        if said
    )
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + size + frames + sound.read_bytes())
    return path


def make_huge(path: Path) -> Path:
    """A picture of 96 million pixels in a few kilobytes."""
    Image.new("1", (12000, 8000)).save(path)
    return path


def make_without_index(path: Path) -> Path:
    """An MP4 whose recording was broken off before its index was written."""
    whole = make(path.with_name(f"whole-{path.name}"), *_lavfi("testsrc2=s=160x90:r=25:d=1"), *_X264).read_bytes()
    path.write_bytes(whole[: whole.index(b"moov") - 4])
    return path


def make_vob(path: Path) -> Path:
    """As a DVD has it."""
    codecs = ["-c:v", "mpeg2video", "-b:v", "2M", "-c:a", "mp2", "-f", "vob"]
    return make(path, *_lavfi("testsrc2=s=720x576:r=25:d=1.2", "sine=440:d=1.2"), *codecs)
