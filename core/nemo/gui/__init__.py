"""The agent's talk of buttons and menus, translated into what a chat can do. Pure."""
