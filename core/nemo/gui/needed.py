"""Whether what the agent leaves to its reader is needed for what was asked, or only one thing more that could be done.

A turn costs credits: what is not needed is offered, and never sent by itself. Pure.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9][a-z0-9'-]+|[一-鿿]", re.IGNORECASE)
# How something is moved, and words that stand in every sentence, tell nothing of what was asked for.
_ANYWHERE = frozenset(
    _WORD.findall(
        "the an of to in on at it its is be and then or so your this that them with for from by into onto up out over "
        "move moved drag drop put place bring want like please make video clip "
        "移动到将把至入进在的了请您你可以也或拖拽放去来给和与并再里中上下个一"
    )
)


def is_needed(instruction: str, request: str, *, changed: bool) -> bool:
    """`changed` is whether the turn changed the project: if not, the request is still open.

    Where it did, the instruction is needed only if most of what it speaks of was asked for: “put the title at the end”
    is not done while the title has still to be moved to the end; “add a title” is.
    """
    if not changed:
        return True
    spoken_of = _words(instruction)
    return bool(spoken_of) and 2 * len(spoken_of & _words(request)) > len(spoken_of)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _ANYWHERE
