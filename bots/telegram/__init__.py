"""The Telegram adapter: `app.open_telegram` can send with only the token; it receives only in `listening`."""
