"""Scores of a network and of methods without one, side by side, on the test sets.

    python -m training.voicenet.evaluate --set A=setA --set T=setT [--net run/voicenet.npz] [--real WAVS] [--extra]

SI-SDR gain against the clean voice at voice/music ratios of +6, 0 and -6 dB, set on the mono mix-down while somebody
speaks; attenuation of the music in pauses. The network is run by the code that the studio runs. numpy alone; with
pystoi installed, the change of intelligibility too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np

from training.voicenet.harm import harm
from training.voicenet.methods import SHIPPED, WITHOUT_A_NET, methods
from training.voicenet.scores import Flags, score
from training.voicenet.sounds import Sound, mono, resampled, rms
from training.voicenet.testset import BEDS, RATE, SPEAKERS, recorded

RATIOS = (6, 0, -6)
_CROP = slice(5 * RATE, 17 * RATE)
_CLEAR = int(0.15 * RATE)  # a pause begins so long after speech


@dataclass(frozen=True, slots=True)
class Case:
    folder: Path
    voice: str
    bed: str
    ratio: int
    stereo: bool
    real: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """`seconds` are of one core for a minute of sound."""

    case: Case
    method: str
    gain: float
    attenuation: float | None
    stoi: float | None
    seconds: float


def cases(folder: Path, voices: Sequence[str], *, real: Path | None = None) -> list[Case]:
    return [Case(folder, *each, real=real) for each in product(voices, BEDS, RATIOS, (True, False))]


def results(case: Case, nets: Sequence[Path]) -> list[Result]:
    """Of every method; those without a network on stereo only, for centre extraction needs it."""
    mixture, voice, pauses = mixed(case)
    found = []
    for name, method in methods(nets).items():
        if case.stereo or name not in WITHOUT_A_NET:
            began = time.process_time()
            kept = method(mixture)
            spent = (time.process_time() - began) * 60 / (len(kept) / RATE)
            scored = score(kept, voice, mixture, pauses)
            better = _stoi(kept, voice, mixture)
            found.append(Result(case, name, scored.gain, scored.attenuation, better, spent))
    return found


def mixed(case: Case) -> tuple[Sound, Sound, Flags]:
    """The mixture, the clean voice in it, and where nobody speaks."""
    voice, active = _voice(case)
    music = np.load(case.folder / f"bed_{case.bed}.npz")["m"]
    length = min(len(voice), len(music))
    voice, active, music = voice[:length], active[:length], music[:length]
    if not case.stereo:
        music = mono(music)
    music = music * (0.1 / rms(mono(music)[active]) * 10 ** (-case.ratio / 20))
    mixture = (voice[:, None] if case.stereo else voice) + music
    gain = 0.5 / np.abs(mixture).max()
    crop = slice(None) if case.real else _CROP
    return (mixture * gain).astype("f4")[crop], (voice * gain).astype("f4")[crop], ~_widened(active)[crop]


def _voice(case: Case) -> tuple[Sound, Flags]:
    if case.real:
        return recorded(case.real)
    with np.load(case.folder / f"voice_{case.voice}.npz") as kept:
        return kept["y"], kept["act"]


def _widened(active: Flags) -> Flags:
    """And a little before and after."""
    ahead = np.cumsum(np.pad(active, (_CLEAR + 1, _CLEAR)).astype("i8"))
    near: Flags = (ahead[2 * _CLEAR + 1 :] - ahead[: -2 * _CLEAR - 1]) > 0
    return near


def _stoi(kept: Sound, voice: Sound, mixture: Sound) -> float | None:
    try:
        from pystoi import stoi  # noqa: PLC0415
    except ImportError:
        return None
    at_16k = [resampled(each, RATE, 16_000) for each in (voice, kept, mono(mixture))]
    return float(stoi(at_16k[0], at_16k[1], 16_000) - stoi(at_16k[0], at_16k[2], 16_000))


def evaluated(all_cases: Sequence[Case], nets: Sequence[Path], workers: int = 2) -> list[Result]:
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(partial(results, nets=nets), all_cases, chunksize=4)
        return [result for each in found for result in each]


def table(found: Sequence[Result]) -> Iterator[str]:
    yield "| method | stereo +6 / 0 / -6 | mono +6 / 0 / -6 | pauses st / mono | STOI st / mono | s per min |"
    yield "|---|---|---|---|---|---|"
    for name in dict.fromkeys(result.method for result in found):
        of = [result for result in found if result.method == name]
        stereo, mono_ = ([r for r in of if r.case.stereo is wanted] for wanted in (True, False))
        gains = [_gains(part) for part in (stereo, mono_)]
        pauses = " / ".join(_mean([r.attenuation for r in part], ".0f") for part in (stereo, mono_))
        stoi = " / ".join(_mean([r.stoi for r in part], "+.3f") for part in (stereo, mono_))
        yield f"| {name} | {' | '.join(gains)} | {pauses} | {stoi} | {_mean([r.seconds for r in of], '.1f')} |"


def by(found: Sequence[Result], method: str, part: str) -> str:
    """Means at 0 dB in stereo, by "bed" or by "voice"."""
    of = [r for r in found if r.method == method and r.case.ratio == 0 and r.case.stereo]
    names = dict.fromkeys(getattr(r.case, part) for r in of)
    return ", ".join(f"{name} {_mean([r.gain for r in of if getattr(r.case, part) == name], '.1f')}" for name in names)


def _gains(found: Sequence[Result]) -> str:
    if not found:
        return "-"
    return " / ".join(_mean([r.gain for r in found if r.case.ratio == ratio], ".1f") for ratio in RATIOS)


def mean(values: Sequence[float | None]) -> float:
    """Of those that are known; not a number where none is."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else float("nan")


def _mean(values: Sequence[float | None], form: str) -> str:
    value = mean(values)
    return "-" if np.isnan(value) else format(value, form)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", default=[], help="NAME=FOLDER, made by testset")
    parser.add_argument("--net", type=Path, action="append", default=[], help="weights; the shipped ones by default")
    parser.add_argument("--real", type=Path, help="a folder of 16 bit WAVs of one clean voice")
    parser.add_argument("--extra", action="store_true", help="clean voices, music alone, voices in noise as well")
    wish = parser.parse_args()
    nets = wish.net or [SHIPPED]
    sets = {name: Path(folder) for name, _, folder in (each.partition("=") for each in wish.set)}
    for name, folder in sets.items():
        _print_set(f"Set {name}, unheard synthetic voices", cases(folder, list(SPEAKERS)), nets)
        if wish.real:
            _print_set(f"Set {name}, a real voice", cases(folder, ["real"], real=wish.real), nets)
    if wish.extra:
        print("\n## Harm\n")
        for line in harm(sets, nets, wish.real):
            print(line)


def _print_set(title: str, wanted: Sequence[Case], nets: Sequence[Path]) -> None:
    found = evaluated(wanted, nets)
    print(f"\n## {title}\n")
    print("\n".join(table(found)))
    for name in list(methods(nets))[len(WITHOUT_A_NET) :]:
        print(f"\n{name} at 0 dB in stereo: {by(found, name, 'bed')}; {by(found, name, 'voice')}.")


if __name__ == "__main__":
    main()
