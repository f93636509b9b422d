"""Interactions whose token is still valid: a secret for 15 minutes, kept only in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from core.messages import Place
from core.ports import Clock

MOST = 10_000
# Discord: a token is good for 15 minutes. What is begun in the last seconds would not arrive.
TOKEN_SECONDS = 900 - 5
# Where the bot is a guest, one interaction may be followed up that often (40094 after it).
FOLLOWUPS = 5


@dataclass(slots=True)
class LiveInteraction:
    """One interaction. `original` is the id of its first answer, `loading` while that says "thinking". `pressed` where
    a button was, and nothing was answered: then `original` is the message with the button. It is good `until` a moment
    of the monotonic clock."""

    application: int
    token: str = field(repr=False)
    place: Place
    person: int
    original: int
    until: float
    hidden: bool = False
    loading: bool = False
    pressed: bool = False
    guest: bool = False
    followups: int = 0


class LiveInteractions:
    """Found by the first answer's id, and in a place where the bot is a guest by the place.

    `uploads` is what is known of how much a channel takes, in bytes: interactions carry the true number.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: OrderedDict[int, LiveInteraction] = OrderedDict()
        self._guests: OrderedDict[Place, LiveInteraction] = OrderedDict()
        self._uploads: OrderedDict[int, int] = OrderedDict()

    def add(self, live: LiveInteraction) -> None:
        self._all[live.original] = live
        if live.guest and not live.hidden:
            self._guests[live.place] = live
            self._guests.move_to_end(live.place)
        _shorten(self._all)
        _shorten(self._guests)

    def answered_by(self, original: int) -> LiveInteraction | None:
        return self._if_good(self._all.get(original))

    def guest_in(self, place: Place) -> LiveInteraction | None:
        return self._if_good(self._guests.get(place))

    def learn_upload(self, channel: int, most: int) -> None:
        self._uploads[channel] = most
        _shorten(self._uploads)

    def upload(self, channel: int) -> int | None:
        return self._uploads.get(channel)

    def _if_good(self, live: LiveInteraction | None) -> LiveInteraction | None:
        return live if live and self._clock.monotonic() < live.until else None


def _shorten(
    what: OrderedDict[int, LiveInteraction] | OrderedDict[Place, LiveInteraction] | OrderedDict[int, int],
) -> None:
    while len(what) > MOST:
        what.popitem(last=False)
