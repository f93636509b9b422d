"""The optional Demucs, with a stand-in for its package: what is tested is our side of the process.

The real one was not run here: its weights come from a hub.
"""

from __future__ import annotations

import logging
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from studio.separation import Method, Separator, keep_voice, planned
from studio.separation.demucs_blocks import in_blocks
from studio.separation.network import Floats
from tests.making import chosen_ffmpeg, loudness, make_audio

# As much of `demucs.api` and of torch as is used: the voice is half of the sound.
_TORCH = """
class Tensor:
    def __init__(self, array): self.array = array
    def cpu(self): return self
    def numpy(self): return self.array
def from_numpy(array): return Tensor(array)
"""
_API = """
from torch import Tensor
class Separator:
    def __init__(self, model, shifts):
        assert (model, shifts) == ("htdemucs", 0)
        {loading}
    def separate_tensor(self, wav, sr):
        assert wav.array.shape[0] == 2 and wav.array.dtype == "float32" and sr == 44100
        {separating}
        return wav, {{"vocals": Tensor(wav.array * 0.5), "drums": wav}}
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a Demucs beside our own packages, for this process and those that it starts."""

    def put(*, loading: str = "pass", separating: str = "pass") -> None:
        packages = tmp_path / "packages"
        (packages / "demucs").mkdir(parents=True)
        (packages / "demucs" / "__init__.py").touch()
        (packages / "demucs" / "api.py").write_text(_API.format(loading=loading, separating=separating))
        (packages / "torch.py").write_text(_TORCH)
        monkeypatch.syspath_prepend(packages)
        monkeypatch.setenv("PYTHONPATH", str(packages), prepend=":")

    return put


def test_demucs_is_planned_where_it_is_installed_or_insisted_on(install: Install) -> None:
    assert planned(Separator.AUTO) is Method.NET
    assert planned(Separator.DEMUCS) is Method.DEMUCS
    install()
    assert planned(Separator.AUTO) is Method.DEMUCS
    assert planned(Separator.NET) is Method.NET


async def test_an_installed_demucs_does_it_in_a_process_of_its_own(install: Install, tmp_path: Path) -> None:
    install()
    source, to = make_audio(tmp_path / "tone.wav", seconds=3), tmp_path / "voice.wav"
    told: list[float] = []
    outcome = await keep_voice(chosen_ffmpeg(), source, to, on_progress=told.append)
    assert (outcome.method, outcome.fell_back) == (Method.DEMUCS, False)
    assert outcome.level == pytest.approx(-6.0, abs=0.2)
    assert told[-1] == 1
    assert loudness(to) == pytest.approx(loudness(source) - 6, abs=0.2)
    with wave.open(str(to)) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (48000, 2)
        assert sound.getnframes() / 48000 == pytest.approx(3, abs=0.05)


FAILURES = {
    "no weights": {"loading": "raise OSError('no route to the hub')"},
    "a model that is missing ends the process": {"loading": "import sys; sys.exit(1)"},
    "killed for its memory": {"separating": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"},
    "anything else": {"separating": "raise RuntimeError('CUDA error')"},
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_where_demucs_fails_the_network_does_it_and_says_so(
    install: Install, tmp_path: Path, caplog: pytest.LogCaptureFixture, failure: str
) -> None:
    install(**FAILURES[failure])
    source, to = make_audio(tmp_path / "tone.wav", seconds=2), tmp_path / "voice.wav"
    told: list[float] = []
    with caplog.at_level(logging.WARNING, logger="studio.separation"):
        outcome = await keep_voice(chosen_ffmpeg(), source, to, on_progress=told.append)
    assert (outcome.method, outcome.fell_back) == (Method.NET, True)
    assert to.stat().st_size > 2 * 48000
    assert told == sorted(told)
    assert "Demucs failed" in caplog.text


async def test_demucs_insisted_on_but_not_there_is_the_network(tmp_path: Path) -> None:
    source = make_audio(tmp_path / "tone.wav", seconds=1)
    outcome = await keep_voice(
        chosen_ffmpeg(), source, tmp_path / "voice.wav", on_progress=lambda _: None, separator=Separator.DEMUCS
    )
    assert (outcome.method, outcome.fell_back) == (Method.NET, True)


@pytest.mark.parametrize("length", [1, 999, 1000, 1040, 1041, 5000, 5039])
def test_blocks_that_fade_into_each_other_lose_and_double_nothing(length: int) -> None:
    sound = np.random.default_rng(1).standard_normal((length, 2)).astype(np.float32)
    sizes: list[int] = []

    def same(part: Floats) -> Floats:
        sizes.append(len(part))
        return part

    pieces = (sound[start : start + 333] for start in range(0, length, 333))
    kept = np.concatenate(list(in_blocks(same, pieces, block=1000, shared=40)))
    assert kept.shape == sound.shape
    assert np.abs(kept - sound).max() < 1e-6
    assert max(sizes) <= 1040
