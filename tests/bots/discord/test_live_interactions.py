"""How long an interaction's token is good: that does not hang on what the wall clock is set to."""

from __future__ import annotations

import pytest

from bots.discord.live_interactions import TOKEN_SECONDS, LiveInteraction, LiveInteractions
from core.messages import Place
from tests.clock import FakeClock

ASKED = 7


@pytest.mark.parametrize("set_by", [-3600.0, 0.0, 3600.0])
async def test_a_token_is_good_for_its_time_whatever_the_wall_clock_is_set_to(set_by: float) -> None:
    clock = FakeClock()
    live = LiveInteractions(clock)
    place, until = Place("discord", "1"), clock.monotonic() + TOKEN_SECONDS
    live.add(LiveInteraction(1, "token", place, person=2, original=ASKED, until=until, guest=True))
    clock.set_by(set_by)
    await clock.advance(TOKEN_SECONDS - 1)
    assert live.answered_by(ASKED)
    assert live.guest_in(place)
    await clock.advance(2)
    assert live.answered_by(ASKED) is None
    assert live.guest_in(place) is None
