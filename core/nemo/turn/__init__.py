"""One turn of the editing agent: its stream of events and what came of it."""
