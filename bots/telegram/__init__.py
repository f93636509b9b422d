"""The Telegram adapter: `app.open_telegram` talks with the token alone, and listens where it is asked to."""
