from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import httpx

from studio.server import Studio
from tests.servers.studio import Variants
from tests.studio.caller import Caller
from tests.studio.conftest import Clips, OpenStudio, OpenVaried

TOKEN = "/api/auth/anonymous-token"


async def test_a_token_needs_a_client_id(studio: Studio) -> None:
    async with httpx.AsyncClient(base_url=studio.base_url) as http:
        assert (await http.post(TOKEN)).status_code == 400


async def test_a_newcomer_gets_a_token_a_user_and_a_hundred_credits(studio: Studio) -> None:
    async with httpx.AsyncClient(base_url=studio.base_url) as http:
        data = (await http.post(TOKEN, headers={"X-Client-Id": "me"})).json()["data"]
    assert data["token"].startswith("nmv_usr_")
    assert data["user_id"].startswith("anon_")
    assert data["credits"] == 100
    assert data["expires_at"].endswith("Z")


async def test_the_same_client_gets_its_valid_token_again(caller: Caller) -> None:
    first, second = await caller.log_in(), await caller.log_in()
    assert first["token"] == second["token"]


async def test_an_expired_token_is_refused_and_the_client_keeps_its_sessions(open_studio: OpenStudio) -> None:
    async with Caller(await open_studio(token_life=3)) as caller:
        await asyncio.sleep(3.1)
        assert (await caller.run("mute")).json()["code"] == 1001
        await caller.log_in()
        assert await caller.state()


async def test_the_clouds_rate_rules(open_varied: OpenVaried) -> None:
    studio = await open_varied(Variants(rate_limits=True))
    async with httpx.AsyncClient(base_url=studio.base_url) as http:
        codes = [(await http.post(TOKEN, headers={"X-Client-Id": f"c{n}"})).status_code for n in range(11)]
        again = await http.post(TOKEN, headers={"X-Client-Id": "c0"})
    assert codes == [200] * 10 + [429]
    assert again.status_code == 429


async def test_another_accounts_session_is_not_found(studio: Studio, caller: Caller, clips: Clips) -> None:
    async with Caller(studio, client_id="stranger") as stranger:
        stranger.session = caller.session
        run = await stranger.run("mute the video")
        upload = await stranger.post_files(clips.talk)
        state = await stranger.http.get(f"/api/state/nemo_agent/me/{caller.session}/latest")
        render = await stranger.submit({"t": []})
    assert [answer.json()["code"] for answer in (run, upload, state, render)] == [1002] * 4


async def test_a_bad_token_is_refused_everywhere(studio: Studio, caller: Caller) -> None:
    caller.http.headers["Authorization"] = "Bearer nmv_usr_wrong"
    run = await caller.run("mute")
    balance = await caller.http.get("/api/credits/balance/simple")
    assert run.json()["code"] == balance.json()["code"] == 1001


async def test_an_edit_is_charged_only_when_it_changes_something(open_studio: OpenStudio, clips: Clips) -> None:
    async with Caller(await open_studio(edit_cost=60)) as caller:
        await caller.upload(clips.talk)
        await caller.say("sing me a song")
        assert await balance_of(caller) == {"available": 100, "frozen": 0, "total": 100}
        await caller.say("mute the video")
        assert await balance_of(caller) == {"available": 40, "frozen": 0, "total": 40}
        assert (await caller.run("trim to the first 2 seconds")).json()["code"] == 2001


async def test_credits_are_frozen_while_the_agent_works(open_varied: OpenVaried, clips: Clips) -> None:
    hold = asyncio.Event()
    async with Caller(await open_varied(Variants(hold=hold), edit_cost=60)) as caller:
        await caller.upload(clips.talk)
        async with caller.http.stream("POST", "/run_sse", json=caller.message("mute the video")) as stream:
            assert await balance_of(caller) == {"available": 40, "frozen": 60, "total": 100}
            hold.set()
            await stream.aread()
        assert await balance_of(caller) == {"available": 40, "frozen": 0, "total": 40}


async def test_what_is_kept_is_for_this_user_alone(caller: Caller, clips: Clips, tmp_path: Path) -> None:
    await caller.upload(clips.talk)
    data = tmp_path / "data"
    folders = [data, data / "sessions", data / "sessions" / caller.session, data / "results"]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert {stat.S_IMODE(file.stat().st_mode) for file in data.glob("studio.db*")} == {0o600}


async def balance_of(caller: Caller) -> dict[str, int]:
    answer = (await caller.http.get("/api/credits/balance/simple")).json()
    return dict(answer["data"])
