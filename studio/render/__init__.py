"""Renders a timeline to a file with FFmpeg."""
