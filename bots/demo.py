"""`make demo`: a short clip with speech-like sound is made, sent, and comes back as an MP3."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bots.commands.chat import ChatOptions, chat
from bots.wiring.configuration import read_configuration
from core.media import Ffmpeg
from core.settings import BackendKind

REQUEST = "extract the audio and save it as an MP3 file"
SECONDS = 6

# A voice, roughly: a buzzing pitch that wanders, shaped by three formants and cut into syllables.
_PITCH = "(0.6*sin(2*PI*120*t+3*sin(2*PI*0.7*t))+0.3*sin(2*PI*240*t+6*sin(2*PI*0.7*t)))"
_FORMANTS = "(0.5+0.3*sin(2*PI*700*t)+0.2*sin(2*PI*1200*t)+0.1*sin(2*PI*2600*t))"
_SYLLABLES = "pow(abs(sin(2*PI*2.1*t)),0.6)*(0.7+0.3*sin(2*PI*0.35*t))"
SPEECH = f"aevalsrc='0.7*{_PITCH}*{_FORMANTS}*{_SYLLABLES}':s=44100:d={SECONDS}"
PICTURE = f"testsrc2=size=640x360:rate=25:duration={SECONDS}"


async def make_clip(ffmpeg: Ffmpeg, clip: Path) -> None:
    """A talking test picture of `SECONDS` seconds."""
    clip.parent.mkdir(parents=True, exist_ok=True)
    sources = ["-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", SPEECH]
    codecs = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "160k"]
    await ffmpeg.run([*sources, *codecs], output=clip)


async def demonstrate(folder: Path) -> int:
    """Returns the exit code of the conversation, 1 if the MP3 is not what it should be."""
    settings = read_configuration(backend=BackendKind.STUDIO, data_dir=folder / "data").core
    ffmpeg = Ffmpeg.find(settings.studio_ffmpeg)
    clip = folder / "talk.mp4"
    await make_clip(ffmpeg, clip)
    options = ChatOptions((clip,), (REQUEST,), folder / "out", language="", as_json=False, go_on=False)
    code = await chat(settings, options)
    return code or await _looked_at(ffmpeg, folder / "out" / "talk.mp3")


async def _looked_at(ffmpeg: Ffmpeg, made: Path) -> int:
    media = await ffmpeg.probe(made)
    if media is None or media.audio is None or media.duration is None:
        sys.stderr.write(f"{made} is not an MP3.\n")
        return 1
    sys.stdout.write(f"\n{made}: {media.audio.codec}, {media.audio.bit_rate_k} kb/s, {media.duration:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(demonstrate(Path("demo"))))
