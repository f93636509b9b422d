"""A project as a timeline: its model, the operations that edit it, and its draft as JSON. Pure."""
