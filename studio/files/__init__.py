"""Files on disk: uploaded, fetched, kept and deleted, and their limits."""
