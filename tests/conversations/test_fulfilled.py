"""Done is said only of what was done; and what stood in the way is said where it is known."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.job import Stage
from core.messages import Mark, Outgoing, Tone
from core.settings import BackendKind, Settings
from tests.conversations.talk import Talk, action, conversation, labels
from tests.making import make_silent_clip
from tests.servers.cloud import FakeCloud
from tests.servers.frames import Dialect, frame, used_tool
from tests.servers.script import TIMELINE, Reply, Turn

REGISTER = "https://web.example/register?bind=anon_abc123"
UNCHANGED = "(Nothing in the project has changed.)"


@pytest.fixture
async def on_studio(settings: Settings) -> AsyncIterator[Talk]:
    """The embedded studio, which says by itself that it refuses."""
    async with conversation(settings.model_copy(update={"backend": BackendKind.STUDIO})) as talk:
        yield talk


async def ended(talk: Talk, words: str, *files: Path) -> tuple[Outgoing, Stage, str, Mark]:
    """What is said to a request, the stage its job ends in, its last status line, and the sign on the message."""
    before = len(talk.messenger.sent)
    [job_id] = await talk.begin(words, *files)
    await talk.settle([job_id])
    job = await talk.job(job_id)
    [answer] = talk.answers(before)
    marks = [event.mark for event in talk.messenger.events if event.mark and event.mark is not Mark.SEEN]
    return answer, job.stage, talk.messenger.shown[job.status_message].text, marks[-1]


# --- refusals


@pytest.mark.parametrize("words", ["straighten it", "拉直一下"])
async def test_a_refusal_is_no_success_and_takes_back_no_older_edit(on_studio: Talk, clip: Path, words: str) -> None:
    await on_studio.say("only keep the first 2 seconds", clip)
    answer, stage, status, mark = await ended(on_studio, words)
    assert re.search("changed nothing|没有做任何修改", answer.text)
    assert (stage, status[0], mark) == (Stage.FAILED, "💬", Mark.FAILED)
    assert not {"Undo", "撤销"} & {*labels(answer)}


async def test_a_question_back_of_the_studio_is_no_success_either(on_studio: Talk, clip: Path) -> None:
    await on_studio.say("only keep the first 2 seconds", clip)
    answer, stage, status, _ = await ended(on_studio, "cut it")
    assert answer.tone is not Tone.RESULT
    assert (stage, status[0]) == (Stage.FAILED, "💬")


async def test_a_sound_is_not_brought_where_the_studio_refused(on_studio: Talk, clip: Path) -> None:
    await on_studio.say("only keep the first 2 seconds", clip)
    answer, stage, _, _ = await ended(on_studio, "rotate it and give me an mp3")
    assert not answer.media
    assert stage is Stage.FAILED


async def test_a_refusal_of_the_cloud_is_known_by_the_unchanged_project(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("I'm afraid that is not possible.", draft=None, tools=False))
    answer, stage, status, mark = await ended(talk, "rotate it")
    assert answer.text == f"I'm afraid that is not possible.\n{UNCHANGED}"
    assert labels(answer) == ["Export", "Status"]
    assert (stage, status[0], mark) == (Stage.FAILED, "💬", Mark.FAILED)


@pytest.mark.parametrize("tools", [True, False])
async def test_an_edit_that_was_only_claimed_is_not_called_done(
    talk: Talk, cloud: FakeCloud, clip: Path, tools: bool
) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("Done! I added the title.", draft=None, tools=tools))
    answer, stage, _, _ = await ended(talk, "add a title")
    assert answer.text == f"Done! I added the title.\n{UNCHANGED}"
    assert stage is Stage.FAILED


async def test_an_edit_that_shows_late_is_not_called_unmade(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    late = TIMELINE.replace("Urban", "Rural")
    cloud.turns.append(Turn("Done! I added the title.", draft=late, tools=False, late=2))
    answer, stage, _, _ = await ended(talk, "add a title")
    assert (answer.text, stage) == ("Done! I added the title.", Stage.DONE)
    assert "Undo" in labels(answer)


@pytest.mark.parametrize("said", ["Click the Export button to download your video.", "点击导出按钮即可下载。"])
async def test_an_untouched_clip_does_not_come_back_as_a_result(
    talk: Talk, cloud: FakeCloud, clip: Path, said: str
) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn(said, draft=None))
    answer, stage, status, _ = await ended(talk, "add a title", clip)
    assert not answer.media
    assert "nothing in the project changed" in answer.text
    assert (stage, status[0]) == (Stage.FAILED, "❌")
    assert len(cloud.asked("render")) == 1


async def lies_on_the_timeline(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    """The only file of the project, before any edit."""
    await talk.say("", clip)
    [session] = cloud.sessions.values()
    session.draft = TIMELINE


async def test_a_sound_can_be_had_of_an_unchanged_project(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await lies_on_the_timeline(talk, cloud, clip)
    cloud.turns.append(Turn("Click Export.", draft=None))
    answer, stage, _, _ = await ended(talk, "extract the audio as MP3")
    assert len(cloud.asked("run")) == 1
    assert [file.kind for file in answer.media] == ["audio"]
    assert stage is Stage.DONE


async def test_a_sound_that_should_have_been_edited_is_not_brought_unedited(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    await lies_on_the_timeline(talk, cloud, clip)
    cloud.turns.append(Turn("I can't separate vocals.", draft=None, tools=False))
    answer, stage, _, _ = await ended(talk, "remove the vocals and give me an MP3")
    assert (answer.media, stage) == ((), Stage.FAILED)


async def test_a_question_is_answered_and_offers_no_undo(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("A city at night.", draft=None, tools=False))
    answer, stage, status, mark = await ended(talk, "describe what is in it")
    assert (answer.text, labels(answer)) == ("A city at night.", ["Export", "Status"])
    assert (stage, status[0], mark) == (Stage.DONE, "✅", Mark.DONE)


# --- options


@pytest.mark.parametrize(
    ("said", "offer"),
    [
        ("I added the title. You may preview it in the timeline or drag it to the end.", "Move it to the end"),
        ("I added the title. Want it elsewhere? Drag it.", "Move it elsewhere"),
        ("已添加标题。您也可以打开时间线查看，或将标题拖拽到开头。", "将标题移动到开头"),
        ("I added the title. Drag it to the end.", "Move it to the end"),
    ],
)
async def test_what_might_be_done_is_a_button_and_no_turn(
    talk: Talk, cloud: FakeCloud, clip: Path, said: str, offer: str
) -> None:
    cloud.turns.append(Turn(said))
    [result] = await talk.say('add a title "Urban Dreams"', clip)
    assert result.media
    assert labels(result)[0] == offer
    assert len(cloud.asked("run")) == 1
    await talk.press(action(result, offer))
    assert cloud.asked("run")[-1].said == offer


# --- sounds


async def test_a_silent_result_is_said_to_be_silent(talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path) -> None:
    cloud.media = make_silent_clip(tmp_path / "silent.mp4").read_bytes()
    cloud.turns.append(Turn("The audio is ready."))
    answer, stage, status, _ = await ended(talk, "extract the audio as MP3", clip)
    assert answer.text.splitlines() == [
        "The audio is ready.",
        "There is no sound in it, so there is nothing to make an audio file of.",
    ]
    assert (answer.media, stage, status[0]) == ((), Stage.FAILED, "💬")


@pytest.mark.ffmpeg
async def test_the_sound_of_a_muted_project_is_said_to_be_missing(on_studio: Talk, clip: Path) -> None:
    await on_studio.say("mute it", clip)
    answer, stage, status, _ = await ended(on_studio, "export audio only MP3")
    assert answer.text == "There is no sound in it, so there is nothing to make an audio file of."
    assert (stage, status[0]) == (Stage.FAILED, "❌")


# --- what was made of words alone


@pytest.mark.parametrize(
    "media",
    [
        '[{"id":"g1","type":"video","url":"CDN/media/made.mp4","thumbnail":"CDN/media/made.jpg"}]',
        '{"g1":{"cdn_url":"CDN/media/made.mp4","prompt":"sunset"}}',
        '{"videos":["CDN/media/made.mp4"],"images":[]}',
    ],
)
@pytest.mark.parametrize("words", ["generate a video of a sunset", "draw me a sunset"])
async def test_generated_media_is_delivered_without_a_timeline(
    talk: Talk, cloud: FakeCloud, media: str, words: str
) -> None:
    cloud.renders["made"] = 0
    cloud.turns.append(Turn("Here is your sunset.", draft=None, generated=media.replace("CDN", cloud.cdn)))
    answer, stage, status, _ = await ended(talk, words)
    assert [file.kind for file in answer.media] == ["video"]
    assert answer.text.startswith("Here is your sunset.")
    assert (stage, status[0]) == (Stage.DONE, "✅")
    assert not cloud.asked("render")
    [again] = await talk.say("export")
    assert again.media


async def test_music_that_was_made_for_a_clip_is_not_its_result(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn("I made some music.", draft=None, generated=f'["{cloud.cdn}/media/made.mp3"]'))
    answer, stage, _, _ = await ended(talk, "make it brighter with new music", clip)
    assert (answer.media, stage) == ((), Stage.FAILED)


# --- known reasons


@pytest.mark.parametrize(("code", "http"), [(422, True), (422, False), (400, True), (9999, False)])
async def test_a_dead_link_is_called_one(talk: Talk, cloud: FakeCloud, code: int, http: bool) -> None:
    cloud.replies["upload"].append(Reply.coded(code, http=http))
    answer, stage, _, _ = await ended(talk, "make it brighter https://files.example/a/clip.mp4")
    assert answer.text.startswith("clip.mp4 could not be fetched from its link.")
    assert labels(answer) == ["Try again"]
    assert stage is Stage.FAILED


@pytest.mark.parametrize("endpoint", ["upload", "run", "render", "session"])
async def test_a_full_disk_of_the_backend_is_called_one(
    talk: Talk, cloud: FakeCloud, clip: Path, endpoint: str
) -> None:
    cloud.replies[endpoint] += [Reply.coded(507, http=True)] * 3
    answer, _, _, _ = await ended(talk, "make it brighter", clip)
    assert "is full at the moment" in answer.text


@pytest.mark.parametrize(("code", "sentence"), [(4001, "It takes these: mp4, mov"), (4002, "too large for it")])
@pytest.mark.parametrize("http", [True, False])
async def test_a_file_code_of_a_call_without_a_file_has_a_sentence(
    talk: Talk, cloud: FakeCloud, clip: Path, code: int, sentence: str, http: bool, caplog: pytest.LogCaptureFixture
) -> None:
    reply = Reply(400 if http else 200, {"code": code, "message": "no"})
    cloud.turns.append(Turn(reply=reply))
    answer, _, _, _ = await ended(talk, "make it brighter", clip)
    assert sentence in answer.text
    assert not [record for record in caplog.records if record.exc_info]


async def test_credits_that_end_midway_lead_to_more_and_the_edit_is_brought(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    cloud.turns.append(Turn(raw=used_tool(Dialect.ADK) + frame({"code": 2001, "message": "no credits"})))
    answer, _, _, _ = await ended(talk, "give it music", clip)
    assert answer.media
    assert REGISTER in answer.text
    assert "Added BGM" in answer.text


@pytest.mark.parametrize(("code", "sentence"), [(402, "Register or upgrade your plan"), (4001, "It takes these: mp4")])
async def test_a_reason_that_comes_after_tools_is_not_hidden(
    talk: Talk, cloud: FakeCloud, clip: Path, code: int, sentence: str
) -> None:
    cloud.turns.append(Turn(raw=used_tool(Dialect.ADK) + frame({"code": code, "message": "no"}), draft=None))
    answer, _, _, _ = await ended(talk, "give it music", clip)
    assert sentence in answer.text


# --- progress and Cancel


async def test_progress_never_runs_backwards(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    far = [Reply(body={"status": "processing", "progress": 70})] * 4
    near = [Reply(body={"status": "processing", "progress": progress}) for progress in (2, 2, 30, 30, 90, 90)]
    cloud.replies["poll"] += [*far, Reply(body={"status": "failed"}), *near]
    await talk.say("make it brighter", clip)
    shown = [int(found[1]) for text in talk.messenger.texts if (found := re.match(r"Rendering… (\d+)%", text))]
    assert 70 in shown
    assert shown == sorted(shown)


async def test_cancel_is_gone_when_the_result_is_there(talk: Talk, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    events = talk.messenger.spoken
    result = next(place for place, event in enumerate(events) if event.message and event.message.tone is Tone.RESULT)
    statuses = [event.message for event in events[:result] if event.message and event.message.tone is Tone.STATUS]
    assert any("Cancel" in labels(status) for status in statuses)
    assert labels(statuses[-1]) == []
