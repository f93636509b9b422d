"""A sound made into something to look at: a still background, and over it a waveform that moves.

Only the strip that the waveform moves in is drawn for each frame; FFmpeg lays it over the background, which it is
given once, in the very bytes that the strip was mixed with: two conversions of colours would leave a visible box.
"""
