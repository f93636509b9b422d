"""The speech of the corpus: free programs read Python's own help texts aloud, in many voices."""

from __future__ import annotations

import re
import subprocess
import tempfile
import wave
from collections import Counter
from pathlib import Path
from pydoc_data import topics

import numpy as np

from training.voicenet.sounds import Sound, read_wav
from training.voicenet.speech_effects import disguised
from training.voicenet.storing import RATE, to_int16

_LANGUAGE_NAMES = (
    "en-us en-us en-gb en-gb-scotland en-gb-x-rp en-gb-x-gbclan en-029 en-us-nyc de fr-fr fr-be es es-419 it pt "
    "pt-br nl pl sv nb da fi et lv lt hu ro hr bs sl sk cs tr az id ms sw af ca eu cy ga eo la is sq vi ht haw mt "
    "ru uk bg "
)
_LANGUAGES = _LANGUAGE_NAMES.split()
_CYRILLIC = {"ru", "uk", "bg"}
_VARIANT_NAMES = (
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f4 f5 Alex Alicia Andrea Andy Annie adam anika antonio aunty belinda benjamin "
    "boris caleb david Denis Diogo ed edward Gene gustave Henrique Hugo iven iven3 Jacky john kaukovalta Lee "
    "linda marcelo Marco Mario max Michael michel miguel Mike pablo paul pedro quincy rob robert sandro shelby "
    "steph steph2 Storm travis victor zac norbert grandpa grandma klatt klatt2 klatt3 klatt4 croak whisper "
)
_VARIANTS = _VARIANT_NAMES.split()
# Close enough for a voice that only has to sound like one.
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстувв ыз", strict=True)) | {
    **{"q": "к", "w": "в", "x": "кс", "y": "ы", "z": "з", "j": "дж", "h": "х", "c": "ц"},
}
_FLITE_VOICES = ("kal16", "awb", "kal")
_KAL_DIPHONES, _RUSSIAN_UNITS = "voice_ked_diphone", "voice_msu_ru_nsh_clunits"
_AT_ONCE = 10  # sentences for one festival: it takes long to start


def sentences() -> list[str]:
    text = " ".join(topics.topics[key] for key in sorted(topics.topics))
    text = re.sub(r"[^A-Za-z ,.]+", " ", text)
    return [part.strip() for part in text.split(".") if 20 < len(part.strip()) < 130]


def in_cyrillic(text: str) -> str:
    return re.sub(" +", " ", "".join(_LETTERS.get(letter, letter) for letter in text.lower())).strip()


def speech(minutes: float, seed: int, *, with_espeak: bool = True) -> tuple[Sound, Counter[str]]:
    """int16 at 16 kHz with pauses between the sentences, and how many minutes each engine speaks."""
    rng, parts, total = np.random.default_rng(seed), [], 0
    spoken: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        readers = _Readers(rng, sentences(), Path(name))
        while total < minutes * 60 * RATE:
            engine, files = readers.read(with_espeak=with_espeak)
            for path in files:
                sound, rate = read_wav(path)
                path.unlink()
                one = sound[:, 0]
                if len(one) < rate / 2 or np.abs(one).max() < 1e-3:
                    continue
                one = disguised(one, rate, rng)
                gap = int(rng.choice([0, 0.15, 0.5, 1]) * rng.uniform(0.2, 2.2) * RATE) + 800
                parts += [to_int16(one * 0.9), np.zeros(gap, "<i2")]
                total += len(one) + gap
                spoken[engine] += len(one)
    minutes_each = {engine: round(samples / RATE / 60) for engine, samples in spoken.items()}
    return np.concatenate(parts), Counter(minutes_each)


class _Readers:
    """Draws who reads what next. 74 % espeak-ng, 22.5 % flite, 3.5 % festival, by number of turns."""

    def __init__(self, rng: np.random.Generator, texts: list[str], folder: Path) -> None:
        self._rng = rng
        self._texts = texts
        self._folder = folder

    def read(self, *, with_espeak: bool) -> tuple[str, list[Path]]:
        """The engine's name, and what it said; nothing where it could not."""
        drawn = self._rng.random()
        if not with_espeak:
            drawn = 0.74 + 0.26 * drawn
        if drawn >= 0.965:
            return self._festival()
        name, command = self._espeak() if drawn < 0.74 else self._flite()
        path = self._folder / "said.wav"
        ended = subprocess.run([*command, str(path)], capture_output=True, check=False)
        return name, [path] if ended.returncode == 0 and _is_read(path) else []

    def _pick(self) -> str:
        return self._texts[int(self._rng.integers(len(self._texts)))]

    def _espeak(self) -> tuple[str, list[str]]:
        rng = self._rng
        language = _LANGUAGES[int(rng.integers(len(_LANGUAGES)))]
        varied = rng.random() < 0.9
        voice = f"{language}+{_VARIANTS[int(rng.integers(len(_VARIANTS)))]}" if varied else language
        text = in_cyrillic(self._pick()) if language in _CYRILLIC else self._pick()
        speed, pitch = str(int(rng.integers(115, 205))), str(int(rng.integers(10, 90)))
        return "espeak", ["espeak-ng", "-v", voice, "-s", speed, "-p", pitch, text, "-w"]

    def _flite(self) -> tuple[str, list[str]]:
        rng = self._rng
        voice = str(rng.choice(_FLITE_VOICES, p=[0.4, 0.4, 0.2]))
        settings = {
            "duration_stretch": f"{rng.uniform(0.8, 1.25):.2f}",
            "int_f0_target_mean": f"{rng.uniform(85, 190):.0f}",
            "int_f0_target_stddev": f"{rng.uniform(8, 35):.0f}",
        }
        set_them = [option for name, value in settings.items() for option in ("--setf", f"{name}={value}")]
        return voice, ["flite", "-voice", voice, *set_them, "-t", self._pick(), "-o"]

    def _festival(self) -> tuple[str, list[Path]]:
        if self._rng.random() < 0.5:
            voice, texts = _KAL_DIPHONES, [self._pick() for _ in range(_AT_ONCE)]
        else:
            voice, texts = _RUSSIAN_UNITS, [in_cyrillic(self._pick()) for _ in range(_AT_ONCE)]
        paths = [self._folder / f"said{number}.wav" for number in range(len(texts))]
        lines = [
            f'(unwind-protect (utt.save.wave (utt.synth (Utterance Text "{text}")) "{path}" \'riff) nil)'
            for text, path in zip(texts, paths, strict=True)
        ]
        script = self._folder / "said.scm"
        script.write_text("\n".join([f"({voice})", *lines, ""]), encoding="utf-8")
        try:
            subprocess.run(["festival", "-b", str(script)], capture_output=True, timeout=120, check=False)
        except subprocess.TimeoutExpired:
            return voice, []
        return voice, [path for path in paths if path.exists() and _is_read(path)]


def _is_read(path: Path) -> bool:
    try:
        read_wav(path)
    except (OSError, EOFError, ValueError, wave.Error):
        return False
    return True
