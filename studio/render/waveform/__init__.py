"""Draws a sound as a video: a still background and a moving waveform over it.

Only the strip with the waveform is drawn for each frame; FFmpeg lays it over the background. The background is passed
as the same bytes that the strip was blended with: a second conversion of colours would leave a visible box.
"""
