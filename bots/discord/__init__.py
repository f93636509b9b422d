"""The Discord adapter: `app.open_discord` talks with the token alone, and listens where it is asked to."""
