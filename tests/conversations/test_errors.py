"""Every row of the backend's error table, wherever the code arrives, ends in its recovery or its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from core.messages import Outgoing, Tone
from core.settings import Settings
from tests.conversations.talk import Talk, action, conversation, labels
from tests.servers.cloud import FakeCloud
from tests.servers.frames import frame
from tests.servers.script import Reply, Turn

REGISTER = "https://web.example/register?bind=anon_abc123"


def only_error(messages: list[Outgoing]) -> Outgoing:
    [message] = messages
    assert message.tone is Tone.ERROR
    assert not any(raw in message.text for raw in ("{", "backend text", "Traceback", "nmv_"))
    return message


@pytest.mark.parametrize(
    ("endpoint", "reply", "sentence"),
    [
        ("run", Reply.coded(2001, http=False), REGISTER),
        ("render", Reply.coded(402, http=True), "Register or upgrade your plan to unlock export"),
        ("render", Reply.coded(402, http=False), "Register or upgrade your plan to unlock export"),
        ("upload", Reply.coded(4001, http=False), "could not use talk.mp4, although it takes files of this type"),
        ("upload", Reply.coded(415, http=True), "could not use talk.mp4, although it takes files of this type"),
        ("upload", Reply.coded(4002, http=False), "the limit is 500 MB. Please compress it"),
        ("upload", Reply.coded(413, http=True), "the limit is 500 MB. Please compress it"),
        ("upload", Reply.coded(5555, http=False), "refused this (code 5555). Nothing was started"),
        ("session", Reply.coded(500, http=True), "cannot be reached. Nothing was started"),
        ("session", Reply.coded(500, http=False), "cannot be reached. Nothing was started"),
    ],
)
async def test_a_code_ends_in_its_sentence(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str, reply: Reply, sentence: str
) -> None:
    cloud.replies[endpoint] += [reply] * 12  # what is free is repeated for a minute
    assert sentence in only_error(await talk.say("make it brighter", clip)).text


async def test_no_credits_inside_the_stream_is_the_same_as_outside(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(raw=frame({"code": 2001, "message": "no"}), tools=False, draft=None))
    assert REGISTER in only_error(await talk.say("make it brighter", clip)).text


async def test_no_credits_on_the_operators_account_means_top_up(
    settings: Settings, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["run"].append(Reply.coded(2001, http=False))
    own = settings.model_copy(update={"nemo_token": SecretStr("nmv_usr_own")})
    async with conversation(own) as talk:
        error = only_error(await talk.say("make it brighter", clip))
    assert "Top up credits in your account: https://web.example" in error.text
    assert not cloud.asked("token")


async def test_no_credits_without_a_known_user_says_that_the_binding_is_missing(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.user_id = ""
    cloud.replies["run"].append(Reply.coded(2001, http=False))
    error = only_error(await talk.say("make it brighter", clip))
    assert "https://web.example/register " in error.text
    assert "this project cannot be moved there" in error.text


@pytest.mark.parametrize("http", [True, False], ids=["HTTP status", "body"])
async def test_an_expired_token_is_renewed_once_with_the_same_client(
    talk: Talk, cloud: FakeCloud, clip: Path, http: bool
) -> None:
    await talk.say("", clip)
    cloud.replies["state"].append(Reply.coded(401, http=True) if http else Reply.coded(1001, http=False))
    [result] = await talk.say("make it brighter")
    assert result.tone is Tone.RESULT
    first, second = (request.headers["x-client-id"] for request in cloud.asked("token"))
    assert first == second
    assert len(cloud.asked("run")) == 1


async def test_the_operators_refused_token_is_never_replaced(settings: Settings, cloud: FakeCloud, clip: Path) -> None:
    cloud.expired.add("nmv_usr_own")
    own = settings.model_copy(update={"nemo_token": SecretStr("nmv_usr_own")})
    async with conversation(own) as talk:
        error = only_error(await talk.say("make it brighter", clip))
    assert "Please tell whoever runs the bot" in error.text
    assert not cloud.asked("token")


async def test_a_token_that_is_refused_again_is_not_renewed_again(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.expired.add(cloud.token)
    error = only_error(await talk.say("make it brighter", clip))
    assert "did not let me in" in error.text
    assert len(cloud.asked("token")) == 2


async def test_a_session_that_is_gone_is_replaced_and_said_when_the_file_is_at_hand(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    await talk.say("make it brighter", clip)
    cloud.sessions.clear()
    [result] = await talk.say("make it darker", clip)
    assert result.tone is Tone.RESULT
    assert result.text.startswith("(The editing service no longer had the earlier project")
    assert [request.said for request in cloud.asked("run")] == ["make it brighter", "make it darker"]


async def test_a_session_that_is_gone_with_its_files_asks_for_them_again(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    await talk.say("make it brighter", clip)
    cloud.sessions.clear()
    error = only_error(await talk.say("make it darker"))
    assert "no longer has the project" in error.text
    assert len(cloud.asked("run")) == 1
    [result] = await talk.say("make it darker", clip)
    assert result.tone is Tone.RESULT


async def test_too_many_requests_are_waited_out_once(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["run"].append(Reply.coded(429, http=True))
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT
    cloud.replies["run"] += [Reply.coded(429, http=True)] * 2
    error = only_error(await talk.say("make it darker"))
    assert "too many requests" in error.text
    assert len(cloud.asked("run")) == 4


async def test_no_more_anonymous_tokens_tells_the_user_and_the_operator(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["token"] += [Reply.coded(429, http=True)] * 4
    for _ in range(2):
        assert "tell whoever runs the bot" in only_error(await talk.say("make it brighter", clip)).text
    assert len({request.headers["x-client-id"] for request in cloud.asked("token")}) == 1


async def test_a_client_id_that_does_not_count_is_made_anew_once(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["token"].append(Reply.coded(400, http=True))
    [result] = await talk.say("make it brighter", clip)
    assert result.tone is Tone.RESULT
    assert len({request.headers["x-client-id"] for request in cloud.asked("token")}) == 2


async def test_files_that_cannot_be_used_are_refused_before_anything_is_asked(
    talk: Talk, cloud: FakeCloud, tmp_path: Path
) -> None:
    notes, empty, huge = (tmp_path / name for name in ("notes.txt", "empty.mp4", "huge.mp4"))
    notes.write_text("hello")
    empty.touch()
    with huge.open("wb") as file:
        file.truncate(600 << 20)
    for path, sentence in [
        (notes, "I can't work with notes.txt"),
        (empty, "empty.mp4 is empty"),
        (huge, "huge.mp4 is 600 MB; the limit is 500 MB"),
    ]:
        error = only_error(await talk.say("mp3 please", path))
        assert sentence in error.text
        assert error.buttons == ()
    assert cloud.requests == []


async def test_a_text_named_mp4_is_found_out_by_its_content(talk: Talk, cloud: FakeCloud, tmp_path: Path) -> None:
    fake = tmp_path / "fake.mp4"
    fake.write_text("hello")
    assert "is not a video, an audio file or a picture" in only_error(await talk.say("mp3 please", fake)).text
    assert not cloud.uploads


async def test_an_agent_that_fails_is_offered_again(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn(raw=frame({"error": "ValueError: secret path /srv"}), draft=None))
    error = only_error(await talk.say("make it brighter", clip))
    assert "changed nothing" in error.text
    assert "/srv" not in error.text
    assert labels(error) == ["Try again"]
    [result] = await talk.press(action(error, "Try again"))
    assert result.tone is Tone.RESULT
    assert len(cloud.uploads) == 1, "what the session has is not uploaded again"


async def test_an_error_is_said_in_the_users_language(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["run"].append(Reply.coded(2001, http=False))
    assert "免费积分用完了" in only_error(await talk.say("调亮一点", clip)).text


async def test_an_unreachable_backend_is_a_sentence(settings: Settings, clip: Path) -> None:
    gone = settings.model_copy(update={"nemo_api_url": "http://127.0.0.1:9"})
    async with conversation(gone) as talk:
        assert "cannot be reached" in only_error(await talk.say("make it brighter", clip)).text
        assert "cannot be reached" in only_error(await talk.say("credits")).text


async def test_a_file_that_only_the_service_finds_too_large_is_not_measured_against_itself(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.replies["upload"].append(Reply.coded(4002, http=False))
    error = only_error(await talk.say("make it brighter", clip))
    assert "The editing service says that talk.mp4 (" in error.text
    assert "MB) is too large" in error.text


async def test_a_file_that_we_could_read_is_not_called_unreadable(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.replies["upload"].append(Reply.coded(4001, http=False))
    assert "could not use talk.mp4" in only_error(await talk.say("make it brighter", clip)).text
