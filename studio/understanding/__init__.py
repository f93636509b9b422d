"""Words to operations. Pure: knows neither files nor timelines.

A message is cut into clauses. What a clause does and what it names are looked up in two lexicons; readers of one
subject each make operations of that and of single values such as times. A request is understood whole or not at
all: one of which a part is beyond us changes nothing, and the answer asks back.
"""

from studio.understanding.model import About, Ask, Redo, Request, Understood, Undo
from studio.understanding.understanding import understand

__all__ = ["About", "Ask", "Redo", "Request", "Understood", "Undo", "understand"]
