"""Computes the tables that bring high dynamic range (PQ and HLG, BT.2020) down to BT.709: `python -m
core.media.tone_mapping` writes them.

Light up to 92 cd/m² stays as it is, the white of a page (203 cd/m², ITU-R BT.2408) comes out at 88 %, the brightest
of common footage (1000 cd/m²) at 97 %, and what is left is kept for 10000 cd/m². Only the brightness is bent, after
ITU-R BT.2390, so colours keep their hue.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Light = NDArray[np.float64]

SIDE = 33  # points a side: what lies between is interpolated
_WHITE = 203.0  # cd/m² of a page, and of the brightest that BT.709 has
_BRIGHTEST = 1000.0  # cd/m² of common footage, and of HLG's own screen
_NEAR_WHITE = 190.0  # cd/m², what that becomes
# PQ, SMPTE ST 2084.
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
# HLG, ARIB STD-B67, with the system gamma of a screen of 1000 cd/m².
_A, _B, _C, _GAMMA = 0.17883277, 0.28466892, 0.55991073, 1.2
_LUMA_2020 = np.array([0.2627, 0.6780, 0.0593])
_LUMA_709 = np.array([0.2126, 0.7152, 0.0722])
_TO_709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])


def table(transfer: str) -> Light:
    """The colour (red, green, blue from 0 to 1) for each of `SIDE`³ signals, red running fastest."""
    steps = np.linspace(0, 1, SIDE)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    signal = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    light = light_of_pq(signal) if transfer == "smpte2084" else _light_of_hlg(signal)
    bent = light * _gain(light.max(axis=1, keepdims=True))
    shown: Light = _within(bent @ _TO_709.T / _WHITE) ** (1 / 2.4)
    return shown


def light_of_pq(signal: Light) -> Light:
    """In cd/m²."""
    root = np.clip(signal, 0, 1) ** (1 / _M2)
    return np.asarray(10000 * (np.maximum(root - _C1, 0) / (_C2 - _C3 * root)) ** (1 / _M1))


def pq_of_light(light: Light) -> Light:
    root = (np.clip(light, 0, None) / 10000) ** _M1
    return np.asarray(((_C1 + _C2 * root) / (1 + _C3 * root)) ** _M2)


def _light_of_hlg(signal: Light) -> Light:
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - _C) / _A) + _B) / 12)
    luma = (scene @ _LUMA_2020)[:, None]
    return np.asarray(_BRIGHTEST * np.maximum(luma, 1e-9) ** (_GAMMA - 1) * scene)


def _gain(light: Light) -> Light:
    """So much of a colour is left whose largest part is `light`."""
    return np.asarray(_bent(light) / np.maximum(light, 1e-6))


def _bent(light: Light) -> Light:
    brightest, white = (float(pq_of_light(np.array(value))) for value in (_BRIGHTEST, _WHITE))
    signal, top = pq_of_light(light), float(pq_of_light(np.array(_NEAR_WHITE))) / brightest
    beyond = brightest * top + (white - brightest * top) * (signal - brightest) / (1 - brightest)
    within = _shoulder(signal / brightest, top) * brightest
    return light_of_pq(np.where(signal > brightest, beyond, within))


def _shoulder(share: Light, top: float) -> Light:
    """ITU-R BT.2390's curve: straight, and from its knee on bent so that 1 becomes `top`."""
    knee = 1.5 * top - 0.5
    t = np.clip((share - knee) / (1 - knee), 0, 1)
    bent = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * top
    return np.where(share < knee, share, bent)


def _within(color: Light) -> Light:
    """A colour outside of BT.709 becomes paler until no part of it is negative, and then darker until none is too much:
    paler alone would make pastels of all bright lights.
    """
    luma = np.maximum(color @ _LUMA_709, 0)[:, None]
    least = np.minimum(color.min(axis=1, keepdims=True), 0)
    paler = luma + (color - luma) * luma / np.maximum(luma - least, 1e-9)
    shown: Light = np.clip(paler / np.maximum(paler.max(axis=1, keepdims=True), 1), 0, 1)
    return shown


def cube(transfer: str) -> str:
    """The table as a .cube file."""
    rows = "\n".join(" ".join(f"{part:.3f}" for part in color) for color in table(transfer))
    return f"LUT_3D_SIZE {SIDE}\n{rows}\n"


def main() -> None:
    folder = Path(__file__).parent / "tables"
    folder.mkdir(exist_ok=True)
    for name, transfer in (("pq", "smpte2084"), ("hlg", "arib-std-b67")):
        (folder / f"{name}.cube").write_text(cube(transfer), encoding="ascii")


if __name__ == "__main__":
    main()
