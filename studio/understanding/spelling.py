"""A second look at words nobody knows: the nearest known one, for a message that was not understood. Pure."""

from __future__ import annotations

import re
from functools import cache

from studio.understanding.vocabulary import PLAIN

_KNOWN = frozenset(
    [
        "remove",
        "write",
        "face",
        "delete",
        "trim",
        "extract",
        "audio",
        "video",
        "music",
        "background",
        "title",
        "caption",
        "subtitle",
        "text",
        "merge",
        "combine",
        "replace",
        "original",
        "sound",
        "volume",
        "louder",
        "quieter",
        "mute",
        "silence",
        "fade",
        "speed",
        "faster",
        "slower",
        "slow",
        "vertical",
        "square",
        "landscape",
        "portrait",
        "horizontal",
        "seconds",
        "second",
        "minutes",
        "minute",
        "first",
        "last",
        "keep",
        "only",
        "vocals",
        "voice",
        "speech",
        "waveform",
        "visualizer",
        "watermark",
        "bottom",
        "center",
        "middle",
        "beginning",
        "start",
        "convert",
        "crop",
        "blur",
        "undo",
        "between",
        "from",
        "until",
        "after",
        "before",
        "narration",
        "voiceover",
        "recording",
        "cover",
        "album",
        "image",
        "photo",
        "picture",
        "lower",
        "raise",
        "increase",
        "decrease",
        "half",
        "double",
        "yellow",
        "white",
        "black",
        "please",
        "shorten",
        "everything",
        "instagram",
        "youtube",
        "tiktok",
        "reels",
    ]
)
# Words of their own that are one letter away from one of ours.
_REAL = re.compile(
    r"(?:show|fact|lost|form|list|star|stars|test|blue|wrote|spend|block|hall|smart|vice|writer|regarding|snow|fake|"
    r"reporting|shower|pleased|remote|crap|narrative|seed|fate|fame|foster|corp|lover|blank|keen|mere|slot|rebels|"
    r"alter|audit|loser|stark|caution|concerts|merger|deceased|stat|fare|trio|halt|speeches|stare|frog|crow|chop|"
    r"halo|rewarding|lust|tile|recurring|delegate|speedy|cove|hale|muse|lowe|covert|lest|convent|converse|tram|"
    r"depleted|mule|kemp|coop|starr|vocalist|lash|originate|clover|reefs|oily|slew|farce|portrays|photon|fide|"
    r"squire|whine|concerto|reforming|alum|rees|converge|proto|puncture|keel|facet|faye|seconded|resorting|fave|"
    r"loader|stuart|converter|pictured)"
)
_WORD = re.compile(r"[A-Za-z]{3,}")
_SLIPS = {"teh": "the", "mak": "make", "maek": "make", "adn": "and", "nad": "and", "cna": "can", "wiht": "with"}
_SLIPS |= {"vdo": "video", "cutt": "cut", "tirm": "trim", "fro": "for", "frm": "from"}
_SLIPS |= {"thr": "the", "hte": "the", "tht": "that", "ths": "this", "lst": "last", "frist": "first", "fist": "first"}
_SLIPS |= {"mke": "make", "secnds": "seconds", "delte": "delete", "dlete": "delete"}
_SLIPS |= {"keap": "keep", "kep": "keep", "rmove": "remove", "mut": "mute", "muet": "mute", "aduio": "audio"}


def corrected(text: str) -> str:
    """The text with each word of one slip (two in long words) as the known word it must have been."""
    return _WORD.sub(lambda match: _nearest(match[0].lower()) or match[0], text)


@cache
def _nearest(word: str) -> str | None:
    if word in _SLIPS:
        return _SLIPS[word]
    if len(word) < 4 or word in PLAIN or word in _KNOWN or _REAL.fullmatch(word) or word.rstrip("s") in _KNOWN:
        return None
    most = 2 if len(word) >= 8 else 1
    near = [
        (distance, known)
        for known in _KNOWN
        if abs(len(known) - len(word)) <= most and known[0] == word[0] and (distance := _slips(word, known)) <= most
    ]
    return min(near)[1] if near else None


def _slips(one: str, other: str) -> int:
    """Letters left out, added, changed, or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, before = row, row if i == 1 else before
        new = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, new[-1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = above, new
    return row[-1]
