from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import core.media.tone_mapping as tone_mapping
from core.media import standard_picture
from core.media.standard import quoted
from core.media.streams import VideoStream
from core.media.tone_mapping import SIDE, pq_of_light, table

_TABLES = Path(tone_mapping.__file__).parent / "tables"


@pytest.mark.parametrize(("name", "transfer"), [("pq", "smpte2084"), ("hlg", "arib-std-b67")])
def test_the_tables_are_what_is_computed(name: str, transfer: str) -> None:
    head, *rows = (_TABLES / f"{name}.cube").read_text(encoding="ascii").splitlines()
    assert head == f"LUT_3D_SIZE {SIDE}"
    written = np.array([row.split() for row in rows], float)
    assert np.abs(written - table(transfer)).max() < 0.002


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_brighter_stays_brighter_and_grey_stays_grey(transfer: str) -> None:
    steps = np.arange(SIDE)
    greys = table(transfer)[steps * (SIDE * SIDE + SIDE + 1)]
    assert np.ptp(greys, axis=1).max() < 0.005
    assert (np.diff(greys[:, 0]) >= 0).all()
    assert greys[0].max() < 0.01
    assert greys[-1].min() > 0.96


def test_white_paper_in_hlg_and_pq_is_the_same_white() -> None:
    in_pq, in_hlg = float(pq_of_light(np.array(203.0))), 0.75
    for transfer, signal in (("smpte2084", in_pq), ("arib-std-b67", in_hlg)):
        steps = np.linspace(0, 1, SIDE)
        greys = table(transfer)[np.arange(SIDE) * (SIDE * SIDE + SIDE + 1), 0]
        assert np.interp(signal, steps, greys) == pytest.approx(0.88, abs=0.02)


def test_a_path_may_hold_what_a_graph_is_written_with() -> None:
    assert quoted("C:\\a b's,[x];y") == r"C\\:\\\\a b\\\'s\,\[x\]\;y"


def test_what_says_nothing_of_its_colours_is_taken_as_players_take_it() -> None:
    small, large = (VideoStream("h264", *size, pixel_format="yuv420p") for size in ((720, 576), (1280, 720)))
    assert "in_color_matrix=bt601:" in standard_picture(small)[0]
    assert "in_color_matrix=bt709:" in standard_picture(large)[0]
