"""`make soak-faults`: one fault at one call of a job, in 500 cases. Ends with 1 where a turn was paid twice or anything
untrue was said."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys

from tests.soak.faults.cases import draw, named
from tests.soak.faults.course import run_all
from tests.soak.faults.verdict import Outcome


async def main(count: int, seed: int, at_once: int, only: list[str], *, everything: bool) -> int:
    cases = named(only) if only else draw(count, seed)
    found = await run_all(cases, at_once)
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
    parser.add_argument("--only", nargs="+", default=[], metavar="CASE", help="cases by their names")
    wish = parser.parse_args()
    logging.disable(logging.CRITICAL)
    sys.exit(asyncio.run(main(wish.cases, wish.seed, wish.at_once, wish.only, everything=wish.full)))
