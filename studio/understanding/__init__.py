"""Words to operations. Pure: knows neither files nor timelines.

A message is cut into clauses. What a clause does and what it names are looked up in two lexicons; readers of one
subject each make operations of that and of single values such as times. A request is understood whole or not at
all: one of which a part is beyond us changes nothing, and the answer asks back.
"""

import importlib

from studio.understanding.model import About, Ask, Redo, Request, Understood, Undo

__all__ = ["About", "Ask", "Redo", "Request", "Understood", "Undo", "prepare", "understand"]


def understand(message: str, kinds: frozenset[str] = frozenset()) -> Request:
    """What a message asks for, in English or Chinese. `kinds`: "video", "audio", "image", as there are files of.

    The first call takes long where `prepare` has not been called.
    """
    from studio.understanding.understanding import understand as read  # noqa: PLC0415 - see `prepare`

    return read(message, kinds)


def prepare() -> None:
    """Builds the rules, which takes most of a second; may be called in a thread. Again it costs nothing."""
    importlib.import_module("studio.understanding.understanding")
