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
_LEAST = 0.97


def words_lines() -> list[Line]:
    path = Path(os.environ.get(_VARIABLE, HERE / "prompts.jsonl"))
    prompts = list(prompts_of(path))
    verdicts = Counter(judge(prompt) for prompt in prompts)
    right, wrong = verdicts[Verdict.RIGHT] / len(prompts), verdicts[Verdict.WRONG]
    spent = []
    for prompt in prompts:
        began = time.process_time()
        understand(prompt.text, prompt.kinds)
        spent.append((time.process_time() - began) * 1000)
    return [
        Line(f"{len(prompts)} prompts understood", f"{right:.1%}", bar=f">= {_LEAST:.0%}", met=right >= _LEAST),
        Line("prompts taken for another edit", str(wrong), bar="0", met=wrong == 0),
        Line("processor time of a prompt", f"{median(spent):.1f} ms, at most {max(spent):.0f} ms"),
    ]
