"""What is asked of every file: the words, whether it can be done, and what then is to be true of the result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """`words` as somebody says them. `needs` are a picture, a sound, or both of the file; `lasts` gives the seconds of
    the result from those of the file; `form` is the type of the result. `brings` names a second file.
    """

    name: str
    words: str
    needs: str = ""
    start: float = 0.0
    end: float | None = None
    factor: float = 1.0
    form: str = "mp4"
    brings: str = ""
    frame: tuple[int, int] | None = None
    silent: bool = False
    length: float | None = None  # of the result, where it is not that of the file
    long: bool = False  # left out of the short form

    def seconds(self, whole: float, second: float) -> float:
        """How long the result is: `second` are the seconds of what it brings, where it is put behind the file."""
        end = whole if self.end is None else min(self.end, whole)
        if self.length is not None:
            return self.length
        return (end - self.start) / self.factor + second


OPERATIONS = (
    Operation("keep a part", "keep 0:00.2 to 0:00.8", start=0.2, end=0.8),
    Operation("cut the beginning", "remove the first 0.3 seconds", start=0.3, long=True),
    Operation("mute", "mute the video", needs="picture", silent=True, long=True),
    Operation("half as loud", "set the volume to 50%", needs="sound", long=True),
    Operation("faster", "make it 2x faster", factor=2.0, long=True),
    Operation("upright", "make it 9:16", needs="picture"),
    Operation("square", "make it square and crop", needs="picture", long=True),
    Operation("title", 'add the title "Hello 你好"', needs="picture", long=True),
    Operation("fade out", "fade out over the last 0.3 seconds", long=True),
    Operation("join", "join the clips", needs="both", brings="clip"),
    Operation("music under it", "add this music to the video", needs="picture", brings="song", long=True),
    Operation(
        "film of a picture",
        "merge this picture and the audio into a video",
        needs="still",
        brings="song",
        length=1.0,
        long=True,
    ),
    Operation("MP3", "extract the audio as mp3", needs="sound", form="mp3"),
    Operation("WAV", "get me the sound as wav", needs="sound", form="wav", long=True),
)

# The first example of each skill.
SKILLS = (
    Operation("audio-video-to", "Merge this audio and video into one MP4", needs="picture", brings="song", long=True),
    Operation("how-to-download-music", "Make this song a video with a waveform", needs="sound alone", long=True),
    Operation("mp4-to-mp3", "Extract the audio as an MP3", needs="sound", form="mp3", long=True),
    Operation("music-to-free", "Remove the music and keep the voice", needs="sound", long=True),
    Operation("video-a2e", "Make an audiogram over my picture", needs="sound alone", brings="photo", long=True),
)
