"""Uploaded, fetched and kept files on disk, and their limits."""
