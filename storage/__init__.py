"""The only SQL, and the only file of secrets."""
