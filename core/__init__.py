"""What happens to a message, whatever the platform and whatever the backend."""
