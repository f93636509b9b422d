"""The drawing of a job's life in ARCHITECTURE.md. `python -m tests.core.lifecycle_drawing` draws it anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from core.job import Stage
from core.lifecycle import OPEN, OVER, RULES, STAGE_BEFORE, Rule, Step, next_step
from tests.core.lifecycles import State, reachable

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"
BEGIN, END = "<!-- lifecycle -->", "<!-- /lifecycle -->"
# What can happen in every open stage is said in words.
NOT_DRAWN = frozenset({Step.START_AFRESH, Step.FINISH_AS_TOLD})
NAMES = {OPEN: "any open", OVER: "any that is over", frozenset(Stage): "any"}


def drawing(lives: Mapping[State, Sequence[int]]) -> str:
    """`lives` as from `reachable`."""
    return "\n".join(["```mermaid", *_diagram(lives), "```", "", *_table()])


def _diagram(lives: Mapping[State, Sequence[int]]) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield "    [*] --> accepted"
    states = list(lives)
    order = {stage: number for number, stage in enumerate(Stage)}
    edges = {edge for state, then in lives.items() for number in then if (edge := _edge(state, states[number]))}
    for begin, end, step in sorted(edges, key=lambda edge: (order[edge[0]], order[edge[1]], edge[2])):
        yield f"    {begin} --> {end}: {step}"
    for stage in Stage:
        if stage.over:
            yield f"    {stage} --> [*]"


def _edge(state: State, then: State) -> tuple[Stage, Stage, Step] | None:
    step, begin, end = next_step(state.job, state.facts), state.job.stage, then.job.stage
    an_error = end is Stage.FAILED and step is not Step.FINISH_UNFULFILLED
    return None if step in NOT_DRAWN or an_error or begin is end else (begin, end, step)


def _table() -> Iterator[str]:
    yield "| Stage | When | Next step | Saved before it |"
    yield "|---|---|---|---|"
    for rule in RULES:
        stage = STAGE_BEFORE.get(rule.step)
        yield f"| {_stages(rule)} | {rule.when or 'always'} | **{rule.step}** | {f'`{stage}`' if stage else ''} |"


def _stages(rule: Rule) -> str:
    return NAMES.get(rule.stages) or ", ".join(f"`{stage}`" for stage in Stage if stage in rule.stages)


def drawn(page: str) -> str:
    """What stands between the markers."""
    return page.partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{drawing(reachable())}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
