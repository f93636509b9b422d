"""Which language a person writes in, and every sentence they read."""
