"""Operations of the picture, made of what was seen. No language in it."""

from __future__ import annotations

from dataclasses import replace

from studio.timeline.model import Fit, Position
from studio.timeline.operations import (
    END,
    AddText,
    EditText,
    Moment,
    Part,
    Picture,
    RemoveText,
    Rotate,
    SetAspect,
    Visualize,
)
from studio.understanding.build_time import joined
from studio.understanding.model import About, Ask, Built, Seen
from studio.understanding.spans import Kind
from studio.understanding.tokens import Token

_SHOWN = 3.0  # seconds that words stand where only a moment was named
_COMMON = ((9, 16), (16, 9), (1, 1), (4, 5), (4, 3), (3, 4), (21, 9))
_BESIDE = 30  # characters between the word "title" and the words of it
_ALIKE = 0.03
_LARGER, _SMALLER = 1.5, 0.7
_PARTS = (Kind.RANGE, Kind.FIRST, Kind.LAST, Kind.AFTER, Kind.BEFORE)


def part_of_look(seen: Seen, *, lone: bool = True) -> Part | None:
    """When words or music are there: a part, or a moment or an end with a length."""
    if seen.has("WHOLE") and not seen.spans():
        return Part()
    spans = joined(seen.spans())
    at_end = seen.has("ATEND") and not seen.has("ATSTART")
    if not spans:
        return Part(Moment(-_SHOWN, 1.0), END) if lone and at_end else None
    length = next((span.seconds for span in spans if span.kind is Kind.LENGTH), 0.0)
    part = next((span.part for span in spans if span.kind in _PARTS), None)
    if part:
        goes_on = length and part.end == END and part.start.share == 0
        return Part(part.start, replace(part.start, seconds=part.start.seconds + length)) if goes_on else part
    if length and at_end:
        return Part(Moment(-length, 1.0), END)
    if spans[0].kind is Kind.POINT:
        start = spans[0].part.start
        return Part(start, replace(start, seconds=start.seconds + _SHOWN))
    return spans[0].part if lone else None


def _shape(seen: Seen) -> SetAspect | Ask | None:
    ratios = list(dict.fromkeys(str(token.value_as("ratio")) for token in seen.all("ratio")))
    written = list(dict.fromkeys(str(t.value) for t in seen.all("ratio") if t.said[:1].isdigit()))
    pixels, fit = seen.first("pixels"), _fit(seen)
    if len(written) > 1 or len(seen.all("pixels")) > 1:
        return Ask(About.CLASH, choices=tuple(written))
    if pixels and isinstance(pixels.value, tuple):
        width, height = pixels.value
        near = min(_COMMON, key=lambda shape: abs(shape[0] / shape[1] - width / height))
        across, down = near if abs(near[0] / near[1] * height / width - 1) < _ALIKE else (width, height)
        return SetAspect(across, down, width, height, fit)
    if not ratios:
        return (
            SetAspect(0, 0, fit=fit) if fit and not seen.has("word", "BACKGROUND", "IMAGE", "TEXT", "TITLE") else None
        )
    if written and set(ratios) != set(written) and not any(token.prep == "from" for token in seen.all("ratio")):
        return Ask(About.CLASH, choices=tuple(ratios))
    marks = [token for token in seen.tokens if token.kinds & {"MAKE", "CHANGE", "GET"}]
    behind = [str(t.value_as("ratio")) for t in seen.all("ratio") if marks and t.start > marks[-1].start]
    several = behind if len(ratios) > 1 else []
    across_, _, down_ = (written or several or [r for r in ratios if r == "1:1"] or ratios)[0].partition(":")
    return SetAspect(float(across_), float(down_), fit=fit)


def _fit(seen: Seen) -> Fit | None:
    fits = {str(token.value_as("fit")) for token in seen.all("fit")}
    return next((Fit(name) for name in ("blur", "pad", "crop") if name in fits), None)


def aspect(seen: Seen) -> Built:
    if seen.is_only_sound:
        return Ask(About.PICTURE)
    shape = _shape(seen)
    return shape if isinstance(shape, Ask) else (shape,) if shape else None


def _looks(seen: Seen) -> tuple[Position | None, str | None, float | None]:
    place, color = seen.value("place"), seen.value("color")
    size = _LARGER if seen.has("SIZEBIG") else _SMALLER if seen.has("SIZESMALL") else None
    if factor := seen.number("factor") or (2.0 if seen.has("TWICE") else 0.5 if seen.has("HALF") else None):
        size = 2.0 if factor == 1.0 else factor
    return (Position(str(place)) if place else None), (str(color) if color else None), size


def text(seen: Seen) -> Built:
    quotes = seen.all("quote")
    if seen.is_only_sound:
        return None if any(isinstance(each, Visualize) for each in seen.before) else Ask(About.PICTURE)
    if not quotes:
        return Ask(About.TEXT)
    if len(quotes) > 1 or seen.has("WAVE") or (seen.has("CHANGE", "REPLACE") and seen.has("TEXT", "TITLE")):
        return None
    place, color, size = _looks(seen)
    is_title = any(token.heads or abs(token.start - quotes[0].start) <= _BESIDE for token in seen.all("TITLE"))
    return (AddText(str(quotes[0].value), part_of_look(seen), place, color, size, is_title),)


def edit_text(seen: Seen) -> Built:
    quotes = [str(token.value) for token in seen.all("quote")]
    if quotes and not seen.has("REPLACE", "CHANGE", "MISTAKE") and len(quotes) < 2:
        return None
    place, color, size = _looks(seen)
    if quotes and place and _describes(seen):
        place = None
    old, new = (quotes[0], quotes[1]) if len(quotes) == 2 else (None, quotes[0] if quotes else None)
    if quotes and seen.has("ADD", "WRITE") and not old:
        return None
    instead = next((token for token in seen.tokens if token.can_be("INSTEADOF")), None)
    if old and instead and instead.start > seen.all("quote")[0].start:
        old, new = new, old
    if not any((new, old, place, color, size, seen.spans())):
        return None
    return (EditText(new, old, part_of_look(seen), place, color, size),)


def _describes(seen: Seen) -> bool:
    """ "上面那行字": the place says which words are meant."""
    place, words = seen.first("place"), seen.first("TEXT")
    return bool(place and words and place.start < words.start)


def remove_text(seen: Seen) -> Built:
    return (RemoveText(),)


def visualize(seen: Seen) -> Built:
    if not (seen.has("WAVE") or seen.is_only_sound):
        return None
    film = any(not token.can_be("IT") for token in seen.all("VIDEO"))
    pictured = seen.has("WAVE", "IMAGE", "COVER")
    if not pictured and (seen.has("MERGE") if film else seen.has("format")):
        return None
    shape = _shape(seen)
    if isinstance(shape, Ask):
        return shape
    if shape and not shape.across:
        shape = None
    artist = next((token for i, token in enumerate(seen.tokens) if token.kind == "quote" and _is_artist(seen, i)), None)
    title = next((token for token in seen.all("quote") if token is not artist), None)
    has_picture = seen.has("IMAGE") and ("image" in seen.kinds or not all(t.can_be("VIDEO") for t in seen.all("IMAGE")))
    background: Picture | None = "album_art" if seen.has("COVER") else "image" if has_picture else None
    drawn = seen.has("WAVE")
    names = (str(title.value) if title else None, str(artist.value) if artist else None)
    return (Visualize("waveform" if drawn else None, None, background, shape, *names),)


def _is_artist(seen: Seen, at: int) -> bool:
    before: tuple[Token, ...] = seen.tokens[max(0, at - 2) : at]
    return any(token.can_be("ARTIST") for token in before)


def rotate(seen: Seen) -> Built:
    turned = seen.number("degrees") or seen.number("number")
    is_left = str(seen.value("angle")) == "270"
    if turned is None:
        turned = 180.0 if seen.has("UPSIDEDOWN") else 90.0 if seen.has("angle", "SIDEWAYS") else None
    if turned is None or turned % 90 or not turned % 360:
        return Ask(About.ANGLE)
    return (Rotate(int(360 - turned if is_left else turned) % 360),)
