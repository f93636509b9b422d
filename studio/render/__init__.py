"""From a timeline to a finished file, by FFmpeg."""
