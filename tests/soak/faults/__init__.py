"""One fault at one call of a job, and whether what its person was told is what the backend knows."""
