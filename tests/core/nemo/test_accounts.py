"""Whose account pays. The source is scripted, the vault is a real file, the clock is turned."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import BackendDown, ClientIdRefused, NoAnonymousToken, OwnTokenRefused, RateLimited
from core.messages import Place
from core.nemo.accounts import Account, Accounts
from core.nemo.models import SkillHeaders
from storage.vault import FileVault
from tests.clock import FakeClock, settle
from tests.jobs import HERE, THERE


@dataclass(frozen=True)
class _Token:
    token: str
    user_id: str = ""


@dataclass
class _Source:
    """Answers each call with the next of `answers`, and with a fresh token where there are none left."""

    answers: list[_Token | Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def anonymous_token(self, client_id: str, skill: SkillHeaders | None) -> _Token:
        self.asked.append(client_id)
        self.reached.set()
        await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else _Token(f"nmv_usr_secret-{len(self.asked)}", "u1")
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def source() -> _Source:
    made = _Source()
    made.gate.set()
    return made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    return FileVault(tmp_path / "accounts.json")


Make = Callable[..., Accounts]


@pytest.fixture
def make(source: _Source, vault: FileVault, clock: FakeClock) -> Make:
    def accounts(own_token: str = "", scope: Callable[[Place], str] = str) -> Accounts:
        return Accounts(source, vault, clock, own_token=own_token, retry_seconds=30, scope=scope)

    return accounts


async def test_the_operators_own_token_serves_every_place(make: Make, source: _Source, vault: FileVault) -> None:
    accounts = make(own_token="own")
    for place in (HERE, THERE):
        assert await accounts.has_account(place)
        assert await accounts.account(place) == Account("own", anonymous=False)
    await accounts.learn_user_id(HERE, "u1")
    assert source.asked == []
    assert await vault.read(str(HERE)) == {}


async def test_the_operators_own_token_is_never_replaced(make: Make, source: _Source) -> None:
    accounts = make(own_token="own")
    with pytest.raises(OwnTokenRefused):
        await accounts.renew(HERE, await accounts.account(HERE))
    assert source.asked == []
    assert (await accounts.account(HERE)).token == "own"


async def test_an_anonymous_account_is_made_once_a_place_and_kept(make: Make, source: _Source) -> None:
    accounts = make()
    assert not await accounts.has_account(HERE)
    first = await accounts.account(HERE)
    assert first == Account("nmv_usr_secret-1", anonymous=True, user_id="u1")
    assert await accounts.has_account(HERE)
    assert await accounts.account(HERE) == first
    assert await make().account(HERE) == first, "after a restart too"
    assert (await accounts.account(THERE)).token == "nmv_usr_secret-2"
    assert len(set(source.asked)) == 2, "each place is a client of its own"


async def test_places_of_one_scope_share_an_account(make: Make, source: _Source) -> None:
    accounts = make(scope=lambda place: place.platform)
    assert await accounts.account(HERE) == await accounts.account(THERE)
    assert len(source.asked) == 1


async def test_many_who_ask_at_once_cost_one_token(make: Make, source: _Source) -> None:
    accounts = make()
    source.gate.clear()
    asking = [asyncio.create_task(accounts.account(HERE)) for _ in range(10)]
    await source.reached.wait()
    await settle()
    source.gate.set()
    assert len(set(await asyncio.gather(*asking))) == 1
    assert len(source.asked) == 1


async def test_one_places_wait_is_not_anothers(make: Make, source: _Source, clock: FakeClock) -> None:
    accounts = make()
    source.answers = [RateLimited(), _Token("there"), _Token("here")]
    waiting = asyncio.create_task(accounts.account(HERE))
    await clock.someone_sleeps(30)
    assert (await accounts.account(THERE)).token == "there"
    await clock.advance(30)
    assert (await waiting).token == "here"


async def test_a_refused_token_is_renewed_for_the_same_client(make: Make, source: _Source) -> None:
    accounts = make()
    first = await accounts.account(HERE)
    second = await accounts.renew(HERE, first)
    assert second.token != first.token
    assert source.asked[0] == source.asked[1]
    assert await accounts.account(HERE) == second


async def test_many_whose_token_was_refused_cost_one_renewal(make: Make, source: _Source) -> None:
    accounts = make()
    first = await accounts.account(HERE)
    renewed = await asyncio.gather(*(accounts.renew(HERE, first) for _ in range(10)))
    assert len(set(renewed)) == 1
    assert len(source.asked) == 2


async def test_the_client_id_is_saved_before_it_is_used(make: Make, source: _Source) -> None:
    source.answers = [BackendDown()]
    with pytest.raises(BackendDown):
        await make().account(HERE)
    await make().account(HERE)
    assert source.asked[0] == source.asked[1], "an id whose token may have been given is asked with again"


async def test_a_limit_is_waited_out_once_with_the_same_client(make: Make, source: _Source, clock: FakeClock) -> None:
    source.answers = [RateLimited(retry_after=5)]
    asking = asyncio.create_task(make().account(HERE))
    await clock.someone_sleeps()
    assert clock.sleeping == (30,)
    await clock.advance(29)
    assert len(source.asked) == 1
    await clock.advance(1)
    assert (await asking).token == "nmv_usr_secret-2"
    assert source.asked[0] == source.asked[1]


async def test_a_limit_that_stays_is_no_account_and_no_new_client(
    make: Make, source: _Source, clock: FakeClock, vault: FileVault
) -> None:
    accounts = make()
    for _ in range(2):
        source.answers = [RateLimited(), RateLimited()]
        asking = asyncio.create_task(accounts.account(HERE))
        await clock.someone_sleeps()
        await clock.advance(30)
        with pytest.raises(NoAnonymousToken):
            await asking
    assert len(source.asked) == 4
    assert len(set(source.asked)) == 1
    assert (await vault.read(str(HERE)))["client_id"] == source.asked[0]


async def test_a_limit_on_renewal_makes_no_new_client(make: Make, source: _Source, clock: FakeClock) -> None:
    accounts = make()
    first = await accounts.account(HERE)
    source.answers = [RateLimited(), RateLimited()]
    renewing = asyncio.create_task(accounts.renew(HERE, first))
    await clock.someone_sleeps()
    await clock.advance(30)
    with pytest.raises(NoAnonymousToken):
        await renewing
    assert len(set(source.asked)) == 1
    assert (await accounts.renew(HERE, first)).token == "nmv_usr_secret-4", "later there may be one again"
    assert len(set(source.asked)) == 1


async def test_a_client_id_that_is_not_taken_is_replaced_once(make: Make, source: _Source) -> None:
    source.answers = [ClientIdRefused()]
    account = await make().account(HERE)
    assert account.token == "nmv_usr_secret-2"
    assert len(set(source.asked)) == 2
    await make().renew(HERE, account)
    assert source.asked[2] == source.asked[1], "the id that was taken is the one that is kept"


async def test_a_second_client_id_that_is_not_taken_is_an_error(make: Make, source: _Source) -> None:
    source.answers = [ClientIdRefused(), ClientIdRefused()]
    with pytest.raises(ClientIdRefused):
        await make().account(HERE)
    assert len(source.asked) == 2


async def test_a_limit_does_not_lead_to_the_replacement_of_a_client_id(
    make: Make, source: _Source, clock: FakeClock
) -> None:
    source.answers = [ClientIdRefused(), RateLimited(), RateLimited()]
    asking = asyncio.create_task(make().account(HERE))
    await clock.someone_sleeps()
    await clock.advance(30)
    with pytest.raises(NoAnonymousToken):
        await asking
    assert source.asked[1] == source.asked[2]


async def test_a_user_id_is_learnt_once(make: Make, source: _Source) -> None:
    accounts = make()
    await accounts.learn_user_id(HERE, "nobody's")
    assert not await accounts.has_account(HERE)
    source.answers = [_Token("t")]
    assert (await accounts.account(HERE)).user_id == ""
    await accounts.learn_user_id(HERE, "")
    await accounts.learn_user_id(HERE, "u7")
    await accounts.learn_user_id(HERE, "u8")
    assert await accounts.account(HERE) == Account("t", anonymous=True, user_id="u7")


async def test_no_secret_is_in_a_repr_or_a_log(
    make: Make, source: _Source, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    accounts = make()
    source.answers = [ClientIdRefused()]
    account = await accounts.account(HERE)
    source.answers = [RateLimited(), RateLimited()]
    renewing = asyncio.create_task(accounts.renew(HERE, account))
    await clock.someone_sleeps()
    await clock.advance(30)
    with pytest.raises(NoAnonymousToken) as raised:
        await renewing
    said = caplog.text + repr(account) + repr(accounts) + repr(make(own_token="own-secret")) + repr(raised.value)
    assert "NEMO_TOKEN" in caplog.text
    assert "secret" not in said
    assert not any(client_id in said for client_id in source.asked)


async def test_nothing_is_kept_in_memory_of_places_that_nobody_asks_for(make: Make) -> None:
    accounts = make()
    for number in range(50):
        await accounts.account(Place("test", str(number)))
    assert len(accounts._locks) == 0
