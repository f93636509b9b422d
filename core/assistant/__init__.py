"""The front: takes a message in, and answers it at once or makes jobs of it. Knows nothing of `core.jobs`."""
