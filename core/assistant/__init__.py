"""The front: a message comes in and is answered at once, or becomes jobs. Knows nothing of `core.jobs`."""
