"""The Discord adapter: `app.open_discord` can send with only the token; it receives only in `listening`."""
