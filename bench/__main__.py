"""`make bench`: runs every benchmark, or the named ones, and writes a page for each to bench/results."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

ALL = ("jobs", "studio", "telegram", "discord", "voice", "fit", "startup")
RESULTS = Path(__file__).parent / "results"


def main(names: list[str]) -> None:
    for name in names or ALL:
        page = importlib.import_module(f"bench.{name}").run()
        (RESULTS / f"{name}.md").write_text(page, encoding="utf-8")
        print(page)


if __name__ == "__main__":
    main(sys.argv[1:])
