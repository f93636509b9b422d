from __future__ import annotations

import asyncio
import copy
import os
import re
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio import StudioSettings
from studio.server import Studio
from tests.making import chosen_ffmpeg, decoded_seconds
from tests.servers.studio import Shape, Variants
from tests.studio.caller import ATTRIBUTION, Caller
from tests.studio.conftest import Clips, OpenStudio, OpenVaried


async def muted(caller: Caller, clip: Path) -> dict[str, Any]:
    await caller.upload(clip)
    await caller.say("mute the video")
    return dict((await caller.state())["draft"])


async def shortened(caller: Caller, clips: Clips) -> dict[str, Any]:
    """A draft whose encode takes a second or so: a trim of something large."""
    await caller.upload(clips.large)
    await caller.say("remove the first 0.5 seconds")
    return dict((await caller.state())["draft"])


@pytest.mark.parametrize("missing", ATTRIBUTION)
async def test_a_render_without_all_attribution_headers_is_a_402(caller: Caller, clips: Clips, missing: str) -> None:
    draft = await muted(caller, clips.talk)
    del caller.http.headers[missing]
    assert (await caller.submit(draft)).status_code == 402


async def test_a_poll_tells_when_to_come_again_and_then_the_link(caller: Caller, clips: Clips) -> None:
    draft = await shortened(caller, clips)
    assert (await caller.submit(draft, "render_1")).json()["data"]["status"] == "pending"
    shares = []
    while True:
        answer = await caller.http.get("/api/render/proxy/lambda/render_1")
        if answer.json()["status"] == "completed":
            break
        assert answer.headers["Retry-After"] == "1"
        shares.append(answer.json()["progress"])
        await asyncio.sleep(0.05)
    assert shares == sorted(shares)
    assert any(0 < share < 100 for share in shares)
    done = answer.json()
    assert done["taskId"] == "render_1"
    assert done["progress"] == 100
    assert done["output"]["duration"] == pytest.approx(5.5, abs=0.1)
    assert done["output"]["url"].endswith("/large.mp4")


async def test_a_result_is_read_without_a_token_by_ranges_and_cannot_be_guessed(
    studio: Studio, caller: Caller, clips: Clips
) -> None:
    await caller.submit(await muted(caller, clips.talk), "r")
    done = await caller.finished("r")
    async with httpx.AsyncClient() as anybody:
        whole = await anybody.get(done["output"]["url"])
        part = await anybody.get(done["output"]["url"], headers={"Range": "bytes=4-7"})
        other = await anybody.get(f"{studio.base_url}/results/guess/talk.mp4")
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "video/mp4")
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert other.status_code == 404
    assert len(re.findall(r"/results/([\w-]{32})/", done["output"]["url"])) == 1
    assert (await caller.http.get("/api/render/proxy/r/download")).content == whole.content


async def test_a_download_needs_the_token(caller: Caller, clips: Clips) -> None:
    await caller.submit(await muted(caller, clips.talk), "r")
    await caller.finished("r")
    del caller.http.headers["Authorization"]
    assert (await caller.http.get("/api/render/proxy/r/download")).json()["code"] == 1001


async def test_a_duplicate_id_is_refused_or_returns_the_job(open_varied: OpenVaried, clips: Clips) -> None:
    studio = await open_varied(Variants())
    async with Caller(studio) as caller:
        draft = await muted(caller, clips.talk)
        await caller.submit(draft, "r")
        assert (await caller.submit(draft, "r")).json()["success"] is False
        studio.variants.duplicate_returns_job = True
        assert (await caller.submit(draft, "r")).json()["data"]["id"] == "r"


@pytest.mark.ffmpeg
async def test_a_cancelled_render_is_gone_at_once_with_its_process(
    caller: Caller, clips: Clips, tmp_path: Path
) -> None:
    await caller.submit(await shortened(caller, clips), "r")
    async with asyncio.timeout(60):
        while not encoders(tmp_path):  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.02)
    answer = await caller.http.post("/api/render/proxy/lambda/r/cancel")
    assert (answer.json()["status"], answer.json()["error"]) == ("failed", "The render was cancelled.")
    assert not encoders(tmp_path)
    assert not list((tmp_path / "data" / "results").iterdir())
    assert (await caller.poll("r"))["status"] == "failed"


async def test_one_encode_runs_at_a_time(caller: Caller, tmp_path: Path, clips: Clips) -> None:
    draft = await shortened(caller, clips)
    for name in ("first", "second"):
        await caller.submit(draft, name, quality="draft")
    assert (await caller.poll("second"))["status"] == "pending"
    most = 0
    while (await caller.poll("second"))["status"] != "completed":
        most = max(most, len(encoders(tmp_path)))
        await asyncio.sleep(0.05)
    assert most == 1
    assert (await caller.poll("first"))["status"] == "completed"


async def test_a_stopped_studio_goes_on_where_it_was(tmp_path: Path, clips: Clips) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary)
    async with Studio(settings) as studio, Caller(studio) as caller:
        draft = await shortened(caller, clips)
        await caller.submit(draft, "r")
        await asyncio.sleep(0.3)
    assert not encoders(tmp_path)
    async with Studio(settings) as studio, Caller(studio) as later:
        later.session = caller.session
        assert (await later.finished("r"))["status"] == "completed"
        assert (await later.state())["draft"] == draft


async def test_a_killed_studio_is_followed_by_one_that_finishes_its_renders(tmp_path: Path, clips: Clips) -> None:
    script = "import asyncio, sys; from tests.studio.api.test_renders import serve; asyncio.run(serve(sys.argv[1]))"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path / "data"), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    base_url = (await process.stdout.readline()).decode().strip()
    async with Caller(base_url) as caller:
        await caller.submit(await shortened(caller, clips), "r")
        await asyncio.sleep(0.3)
        process.kill()
        await process.wait()
    async with (
        Studio(StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary)) as studio,
        Caller(studio) as later,
    ):
        assert later.http.headers["Authorization"] == caller.http.headers["Authorization"]
        done = await later.finished("r")
        async with httpx.AsyncClient(verify=False) as anybody:
            result = tmp_path / "result.mp4"
            result.write_bytes((await anybody.get(done["output"]["url"])).content)
    assert decoded_seconds(result, "v") == pytest.approx(5.5, abs=0.05)


async def serve(data: str) -> None:
    async with Studio(StudioSettings(data=Path(data), ffmpeg=chosen_ffmpeg().binary)) as studio:
        print(studio.base_url, flush=True)  # noqa: T201
        await asyncio.Event().wait()


async def test_a_killed_studio_leaves_no_parts_to_the_next(tmp_path: Path, clips: Clips) -> None:
    settings = StudioSettings(data=tmp_path / "data", ffmpeg=chosen_ffmpeg().binary)
    async with Studio(settings) as studio, Caller(studio) as caller:
        await caller.upload(clips.talk)
    part = tmp_path / "data" / "sessions" / caller.session / "abc.part.mp4"
    part.write_bytes(b"half")
    async with Studio(settings):
        assert not part.exists()


def spoiled(draft: dict[str, Any], **segment: object) -> dict[str, Any]:
    spoilt = copy.deepcopy(draft)
    spoilt["t"][0]["sg"][0] |= segment
    return spoilt


async def test_a_draft_from_outside_is_read_with_suspicion(caller: Caller, clips: Clips) -> None:
    draft = await muted(caller, clips.talk)
    [segment] = draft["t"][0]["sg"]
    wrong: list[object] = [
        None, {}, [], "draft", {"t": []}, {**draft, "t": [{"tt": 9, "sg": []}]},
        spoiled(draft, d=-5), spoiled(draft, d="3"), spoiled(draft, d=1e300), spoiled(draft, v=float("1e9")),
        spoiled(draft, d=True), {**draft, "t": [{"tt": 0, "sg": [segment] * 500}]}, {**draft, "m": {"width": -1}},
        {**draft, "m": {"audio_only": True, "format": "exe", "bitrate": 192}},
    ]  # fmt: skip
    for number, each in enumerate(wrong):
        assert (await caller.submit(each, f"wrong_{number}")).status_code == 422, each


async def test_a_draft_reaches_only_its_own_sessions_files(
    studio: Studio, caller: Caller, clips: Clips, tmp_path: Path
) -> None:
    draft = await muted(caller, clips.talk)
    async with Caller(studio, client_id="other") as other:
        theirs = (await muted(other, clips.silent))["t"][0]["sg"][0]["src"]
    stored = next((tmp_path / "data" / "sessions").glob("*/*.mp4"))
    for number, source in enumerate([theirs, str(stored), "../x", f"file:{stored}", "", "-i"]):
        await caller.submit(spoiled(draft, src=source), f"r{number}")
        assert "not in this session" in (await caller.finished(f"r{number}"))["error"]
    await caller.submit(spoiled(draft, d=60_000), "long")
    assert "beyond the end" in (await caller.finished("long"))["error"]


async def test_what_is_not_made_is_refused(caller: Caller, clips: Clips) -> None:
    draft = await muted(caller, clips.talk)
    assert (await caller.submit(draft, format="exe")).status_code == 422
    assert (await caller.submit(draft, "a/b")).status_code == 422
    await caller.submit(draft, "r", format="mp3")
    answer = await caller.finished("r")
    assert (answer["error"], answer["reason"]) == ("There is no sound to export.", "no-sound")


async def test_the_three_shapes_of_a_render(open_varied: OpenVaried, clips: Clips) -> None:
    studio = await open_varied(Variants())
    async with Caller(studio) as caller:
        await caller.submit(await muted(caller, clips.talk), "r")
        flat = await caller.finished("r")
        studio.variants.render_shape = Shape.WRAPPED
        wrapped = await caller.poll("r")
        studio.variants.render_shape = Shape.CODED
        coded = await caller.poll("r")
    assert wrapped["success"]
    assert wrapped["data"]["completedAt"] >= wrapped["data"]["createdAt"]
    assert coded["code"] == 0
    assert wrapped["data"]["outputUrl"] == coded["data"]["outputUrl"] == flat["output"]["url"]


async def test_completed_may_come_before_its_link(open_varied: OpenVaried, clips: Clips) -> None:
    async with Caller(await open_varied(Variants(polls_without_url=2))) as caller:
        await caller.submit(await muted(caller, clips.talk), "r")
        assert "output" not in await caller.finished("r")
        assert "output" not in await caller.poll("r")
        assert (await caller.poll("r"))["output"]["url"]


async def test_renders_may_fail_or_be_blocked_by_the_plan(open_varied: OpenVaried, clips: Clips) -> None:
    studio = await open_varied(Variants(render_fails=True))
    async with Caller(studio) as caller:
        draft = await muted(caller, clips.talk)
        await caller.submit(draft, "r")
        assert (await caller.finished("r"))["error"] == "The render failed."
        studio.variants.plan_blocks = True
        assert (await caller.submit(draft, "r2")).status_code == 402


async def test_the_public_url_stands_in_links(open_studio: OpenStudio, clips: Clips) -> None:
    async with Caller(await open_studio(public_url="https://studio.example/")) as caller:
        [file] = await caller.upload(clips.talk)
    assert file["cdn_url"].startswith("https://studio.example/media/")


def encoders(folder: Path) -> list[int]:
    """Processes that write to this test's folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and entry.name != str(os.getpid()):
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"{folder}/data/results".encode() in command:
                found.append(int(entry.name))
    return found
