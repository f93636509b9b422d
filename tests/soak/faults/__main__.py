"""`make soak-faults`: one fault at one call of a job, in 500 cases, and in 150 on the studio. Ends with 1 where a turn
was paid twice or anything untrue was said."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from studio import StudioSettings
from studio.server import Studio
from tests.soak.faults.cases import draw, named
from tests.soak.faults.course import (
    make_clips,
    run_all,
    run_on_studio,
    short_waits,
    studio_behind_faults,
    with_calls,
)
from tests.soak.faults.stories import STUDIO_STORIES
from tests.soak.faults.verdict import Count, Outcome


async def main(count: int, seed: int, at_once: int, only: list[str], *, everything: bool, studio: bool = False) -> int:
    if studio:
        found = await _on_studio(count, seed, at_once, only)
    else:
        found = await run_all(named(only) if only else draw(count, seed), at_once)
    for name, number, example in found.kinds():
        print(f"{number:5}  {name}: {example}")
    for case in found.broken:
        print(f"       no end: {case}")
    for outcome in found.outcomes if everything else ():
        if not outcome.is_good:
            print(_in_full(outcome))
        elif not outcome.reached:
            print(f"--- {outcome.case}: the fault was not met")
    print(f"faults (seed {seed}): {found}", flush=True)
    return 0 if found.is_good else 1


async def _on_studio(count: int, seed: int, at_once: int, only: list[str]) -> Count:
    with tempfile.TemporaryDirectory(prefix="cutroom-studio-") as folder, studio_behind_faults(), short_waits():
        data = Path(folder)
        clips = await asyncio.to_thread(make_clips, data)
        async with Studio(StudioSettings(data=data / "studio")) as studio:
            at = studio.base_url
            stories = [await with_calls(each, data / each.name, clips, at) for each in STUDIO_STORIES]
            cases = named(only, stories) if only else draw(count, seed, stories)
            return await run_all(cases, at_once, lambda case, folder, clips: run_on_studio(case, folder, clips, at))


def _in_full(outcome: Outcome) -> str:
    lines = [f"--- {outcome.case}: {', '.join((*outcome.repeated, *outcome.untrue, *outcome.beside))}"]
    for end in outcome.ends:
        lines += [f"    {end.told.status} {end.told.sign}: {text}" for text in end.told.texts or ("(nothing)",)]
        turns = [turn.words for turn in end.truth.turns]
        lines.append(f"    turns {turns}, changed {end.truth.changed}, shown as it stands {end.truth.rendered}")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.soak.faults", description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=6)
    parser.add_argument("--full", action="store_true", help="every case that did not go well, with what was said")
    parser.add_argument("--studio", action="store_true", help="on the real studio instead of a scripted backend")
    parser.add_argument("--only", nargs="+", default=[], metavar="CASE", help="cases by their names")
    wish = parser.parse_args()
    logging.disable(logging.CRITICAL)
    going = main(wish.cases, wish.seed, wish.at_once, wish.only, everything=wish.full, studio=wish.studio)
    sys.exit(asyncio.run(going))
