"""Words to operations. Pure: knows neither files nor timelines."""

from studio.reader.dialogue import hear, respond
from studio.reader.memory import Memory, from_json, to_json
from studio.reader.model import About, Ask, Dropped, Offer, Redo, Request, Understood, Undo

__all__ = [
    *("About", "Ask", "Dropped", "Memory", "Offer", "Redo", "Request", "Understood", "Undo"),
    *("from_json", "respond", "to_json", "understand"),
]


def understand(message: str, kinds: frozenset[str] = frozenset()) -> Request:
    """What a message asks for by itself. `kinds`: "video", "audio", "image", as there are files of."""
    return hear(message, kinds).request
