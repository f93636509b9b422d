"""The project's draft, read for summaries and comparisons. Pure."""
