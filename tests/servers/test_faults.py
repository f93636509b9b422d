"""The faults of the fake cloud: they strike where they are set, and the backend did or did not do its part."""

from __future__ import annotations

import httpx
import pytest

from tests.servers.cloud import FakeCloud
from tests.servers.faults import Cut, Fault, Reset, Says
from tests.servers.script import Reply

HEADERS = {"Authorization": "Bearer nmv_usr_test"}
CREDITS = "/api/credits/balance/simple"
SESSION = "/api/tasks/me/with-session/nemo_agent"


async def test_a_fault_strikes_at_its_call_and_as_often_as_it_is_to() -> None:
    fault = Fault("credits", Says(Reply.coded(502, http=True)), nth=2, times=2)
    async with FakeCloud() as cloud, httpx.AsyncClient(base_url=cloud.url, headers=HEADERS) as http:
        cloud.faults.append(fault)
        await http.post(SESSION)
        codes = [(await http.get(CREDITS)).status_code for _ in range(4)]
    assert codes == [200, 502, 502, 200]
    assert fault.hits == 2


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
async def test_a_reset_leaves_it_open_whether_the_backend_did_its_part(done: bool) -> None:
    async with FakeCloud() as cloud, httpx.AsyncClient(base_url=cloud.url, headers=HEADERS) as http:
        cloud.faults.append(Fault("session", Reset(), done=done))
        with pytest.raises(httpx.TransportError):
            await http.post(SESSION)
        assert len(cloud.sessions) == int(done)


async def test_an_answer_that_is_cut_is_half_of_the_true_one() -> None:
    async with FakeCloud() as cloud, httpx.AsyncClient(base_url=cloud.url, headers=HEADERS) as http:
        whole = (await http.get(CREDITS)).content
        cloud.faults.append(Fault("credits", Cut()))
        blocks: list[bytes] = []
        with pytest.raises(httpx.TransportError):
            await _read(http, blocks)
    assert b"".join(blocks) == whole[: len(whole) // 2]


async def _read(http: httpx.AsyncClient, blocks: list[bytes]) -> None:
    async with http.stream("GET", CREDITS) as answer:
        async for block in answer.aiter_raw():
            blocks.append(block)


async def test_a_turn_whose_answer_is_lost_has_been_taken_all_the_same() -> None:
    asked = {"session_id": "1", "new_message": {"parts": [{"text": "make it brighter"}]}}
    async with FakeCloud() as cloud, httpx.AsyncClient(base_url=cloud.url, headers=HEADERS) as http:
        cloud.open_session("1")
        cloud.faults.append(Fault("run", Says(Reply(504)), done=True))
        assert (await http.post("/run_sse", json=asked)).status_code == 504
        assert [turn.words for turn in cloud.taken] == ["make it brighter"]
        assert cloud.sessions["1"].draft != "{}"
