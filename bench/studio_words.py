"""What the studio makes of people's words: counted on labelled prompts, and how long it takes."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

from bench.report import Line, median
from studio.understanding import understand
from tests.studio.understanding.corpus import HERE, Verdict, judge, prompts_of

# Another file of prompts; those of the project were learnt from, so a count on them is no surprise.
_VARIABLE = "STUDIO_PROMPTS"
_RIGHT, _WITH_A_TAP, _WRONG, _WRONG_OFFERS = 0.80, 0.90, 0.02, 0.08
_MEDIAN = 5.0  # ms


def words_lines() -> list[Line]:
    path = Path(os.environ.get(_VARIABLE, HERE / "prompts.jsonl"))
    prompts = list(prompts_of(path))
    counted = Counter(judge(prompt) for prompt in prompts)
    right, tapped, asked, offers, wrong = (
        counted[each] / len(prompts)
        for each in (Verdict.RIGHT, Verdict.TAP, Verdict.ASKED, Verdict.WRONG_OFFER, Verdict.WRONG)
    )
    spent = []
    for prompt in prompts:
        began = time.process_time()
        understand(prompt.text, prompt.kinds)
        spent.append((time.process_time() - began) * 1000)
    usual = median(spent)
    return [
        Line(f"{len(prompts)} prompts, right at once", f"{right:.1%}", bar=f">= {_RIGHT:.0%}", met=right >= _RIGHT),
        Line(
            "right with one tap",
            f"{right + tapped:.1%}",
            bar=f">= {_WITH_A_TAP:.0%}",
            met=right + tapped >= _WITH_A_TAP,
        ),
        Line("asked", f"{asked:.1%}"),
        Line("offered wrongly", f"{offers:.1%}", bar=f"<= {_WRONG_OFFERS:.0%}", met=offers <= _WRONG_OFFERS),
        Line("done wrongly", f"{wrong:.1%}", bar=f"<= {_WRONG:.0%}", met=wrong <= _WRONG),
        Line("processor time of a prompt", f"{usual:.1f} ms", bar=f"<= {_MEDIAN:.0f} ms", met=usual <= _MEDIAN),
        Line("the longest", f"{max(spent):.0f} ms"),
    ]
