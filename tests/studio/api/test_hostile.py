"""Requests as strangers make them: each is answered with a code and a sentence, and nothing of the inside."""

from __future__ import annotations

import gzip

import pytest

from studio.server import Studio
from tests.studio.caller import Caller
from tests.studio.conftest import Clips

PART = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp3"\r\n'
BODIES = {
    "a line break in the name": PART.replace(b"a.mp3", b"a\r\nb.mp3") + b"\r\nhello\r\n--x--\r\n",
    "a NUL in the name": PART.replace(b"a.mp3", b"a\0b.mp3") + b"\r\nhello\r\n--x--\r\n",
    "an endless header": PART + b"X-A: " + b"a" * 100_000 + b"\r\n\r\nhello\r\n--x--\r\n",
    "many headers": PART + b"X: a\r\n" * 10_000 + b"\r\nhello\r\n--x--\r\n",
    "parts in parts in parts": b"".join(
        b"--%s\r\nContent-Type: multipart/mixed; boundary=%s\r\n\r\n" % (b"x" * n, b"x" * (n + 1)) for n in range(1, 60)
    ),
    "no file": PART.replace(b"files", b"other") + b"\r\nhello\r\n--x--\r\n",
    "nothing": b"",
}


async def test_a_malformed_upload_is_refused(caller: Caller) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    for kind, body in BODIES.items():
        answer = await caller.http.post(path, content=body, headers=headers)
        assert answer.status_code == 422, (kind, answer.text)
    assert (await caller.state())["video_infos"] == []


async def test_more_files_than_are_taken_are_refused_and_not_dropped(
    caller: Caller, clips: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.api.uploads._FILES", 2)
    answer = await caller.post_files(*[clips.picture] * 3)
    assert "More than 2 files" in answer.json()["message"]
    assert (await caller.state())["video_infos"] == []


async def test_a_length_that_nobody_could_send_is_refused_at_once(caller: Caller) -> None:
    assert (await caller.begin_upload(b"--x\r\n", 10**13))["code"] == 4002


JSON = {
    "half a surrogate pair": b'{"session_id": "\\ud800"}',
    "nested too deep": b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}",
    "a number of 5000 digits": b'{"a":' + b"9" * 5000 + b"}",
    "bytes": b"\xff\xfe{",
}


async def test_json_that_could_not_be_kept_is_refused(caller: Caller) -> None:
    for path in ("/run_sse", "/api/tasks/me/with-session/nemo_agent", "/api/render/proxy/lambda"):
        for kind, body in JSON.items():
            assert (await caller.http.post(path, content=body)).status_code == 422, (path, kind)


async def test_the_charset_and_the_coding_that_are_named_may_be_lies(caller: Caller) -> None:
    body = b'{"session_id": "1"}'
    evil = await caller.http.post("/run_sse", content=body, headers={"Content-Type": "application/json; charset=evil"})
    assert evil.json()["code"] == 1002
    lie = await caller.http.post("/run_sse", content=body, headers={"Content-Encoding": "gzip"})
    assert lie.status_code == 422
    bomb = gzip.compress(bytes(100_000_000))
    large = await caller.http.post("/run_sse", content=bomb, headers={"Content-Encoding": "gzip"})
    assert large.status_code == 413


async def test_headers_of_bytes_are_no_one(studio: Studio, caller: Caller, clips: Clips) -> None:
    token = await caller.http.get("/api/credits/balance/simple", headers={b"Authorization": b"Bearer \xed\xa0\x80"})
    client = await caller.http.post("/api/auth/anonymous-token", headers={b"X-Client-Id": b"\xff\xfe"})
    await caller.upload(clips.picture)
    path = f"/api/state/nemo_agent/me/{caller.session}/latest"
    host = await caller.http.get(path, headers={"Host": "evil[:"})
    assert (token.json()["code"], client.status_code, host.status_code) == (1001, 400, 400)


async def test_a_render_id_that_could_not_be_polled_is_refused(caller: Caller) -> None:
    for number in ("a/b", "a\0b", "a\nb", "", "x" * 201):
        body = {"id": number, "sessionId": caller.session, "draft": {}}
        answer = await caller.http.post("/api/render/proxy/lambda", json=body)
        assert "needs an id" in answer.json()["message"]
