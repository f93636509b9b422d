"""The back: a saved job is claimed and worked to its end. Knows nothing of `core.assistant`."""
