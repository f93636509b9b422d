"""The editing agent: a request in words becomes tool calls and a turn's events."""
