"""Words to operations. Pure: knows neither files nor timelines."""

from studio.understanding.dialogue import hear, respond
from studio.understanding.lexicon import examples
from studio.understanding.model import (
    About,
    Ask,
    Dropped,
    Memory,
    Offer,
    Redo,
    Request,
    Understood,
    Undo,
    from_json,
    to_json,
)

__all__ = [
    "About",
    "Ask",
    "Dropped",
    "Memory",
    "Offer",
    "Redo",
    "Request",
    "Understood",
    "Undo",
    "examples",
    "from_json",
    "prepare",
    "respond",
    "to_json",
    "understand",
]


def understand(message: str, kinds: frozenset[str] = frozenset()) -> Request:
    """What a message asks for by itself. `kinds`: "video", "audio", "image", as there are files of."""
    return hear(message, kinds).request


def prepare() -> None:
    """Reads the words, which takes most of a second; may be called in a thread. Again it costs nothing."""
    understand("cut the first 5 secnods")
