"""A sample of `make soak-faults`: cases drawn by chance from those that hold, some at each endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio import StudioSettings
from studio.server import Studio
from tests.soak.faults.cases import Case, named
from tests.soak.faults.course import make_clips, run, run_on_studio, short_waits, studio_behind_faults
from tests.soak.faults.stories import STUDIO_STORIES

SAMPLE = (
    "account: media 1, http 429, always",
    "account: media 1, no answer, once",
    "account: session 1, http 403, once",
    "balance: credits 1, http 500, once",
    "balance: credits 1, http 502, twice",
    "balance: credits 1, page after, once",
    "dragged: run 1, http 422, twice",
    "dragged: state 2, cut, twice",
    "first: session 1, body 2001, always",
    "first: state 2, reset after, twice",
    "first: token 1, http 403, once",
    "first: token 1, page after, twice",
    "joined: run 1, empty, twice",
    "joined: upload 1, http 422, always",
    "later file: media 1, http 502, twice",
    "later file: poll 1, body 1002, once",
    "later file: poll 2, http 429, once",
    "later file: render 1, page after, once",
    "later file: run 1, half json, twice",
    "later: run 1, body 429, once",
    "question: state 1, bytes, once",
    "silent: poll 2, page after, once",
    "silent: render 1, cut, once",
    "silent: session 1, body 500, once",
    "silent: token 1, empty, once",
)


STUDIO_SAMPLE = (
    ("studio first", "media", 1, "bytes", "once"),
    ("studio first", "run", 1, "cut", "once"),
    ("studio joined", "upload", 2, "reset after", "once"),
    ("studio sound", "poll", 1, "http 409", "always"),
)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture(autouse=True)
def _soon_given_up() -> Iterator[None]:
    with short_waits():
        yield


@pytest.mark.parametrize("case", named(SAMPLE), ids=str)
async def test_one_fault_costs_no_second_turn_and_makes_nobody_say_what_is_not_so(
    case: Case, clips: Path, tmp_path: Path
) -> None:
    outcome = await run(case, tmp_path, clips)
    assert outcome.reached, "the fault was not met"
    assert outcome.repeated == ()
    assert outcome.untrue == (), [end.told for end in outcome.ends]


@pytest.mark.parametrize(("name", "endpoint", "nth", "kind", "times"), STUDIO_SAMPLE)
async def test_so_it_is_on_the_studio(
    name: str, endpoint: str, nth: int, kind: str, times: str, clips: Path, tmp_path: Path
) -> None:
    [story] = [replace(each, calls={endpoint: nth}) for each in STUDIO_STORIES if each.name == name]
    [case] = named([f"{name}: {endpoint} {nth}, {kind}, {times}"], [story])
    with studio_behind_faults():
        async with Studio(StudioSettings(data=tmp_path / "studio")) as studio:
            outcome = await run_on_studio(case, tmp_path, clips, studio.base_url)
    assert outcome.reached, "the fault was not met"
    assert outcome.repeated == ()
    assert outcome.untrue == (), [end.told for end in outcome.ends]
    assert outcome.ends[-1].truth.doubled == ()
