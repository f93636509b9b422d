"""A question of the studio's: who may answer it, in words and by one tap, and how it comes to an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.job import Stage
from core.messages import Outgoing, Tone
from core.settings import BackendKind, Settings
from studio import StudioSettings
from tests.conversations.talk import Talk, action, conversation, labels
from tests.making import chosen_ffmpeg
from tests.servers.cloud import FakeCloud
from tests.servers.script import Turn
from tests.servers.studio import Offers, Variants, VariedStudio

OVER = "That question is over. Just tell me what you want."
# Time runs fast, and a render takes as long as the machine needs.
PATIENT: dict[str, object] = {"render_poll_seconds": 3600.0}
HEADER = "x-cutroom-answers"


@pytest.fixture
def on_the_studio(settings: Settings) -> Settings:
    return settings.model_copy(update={"backend": BackendKind.STUDIO, **PATIENT})


@pytest.fixture
async def on_studio(on_the_studio: Settings) -> AsyncIterator[Talk]:
    async with conversation(on_the_studio) as talk:
        yield talk


@pytest.fixture
def offers() -> Offers:
    return Offers(asked="tighten the opening", does="cut the first second")


@pytest.fixture
def variants(offers: Offers) -> Variants:
    return Variants(offers=offers)


@pytest.fixture
async def offering(settings: Settings, variants: Variants, tmp_path: Path) -> AsyncIterator[Talk]:
    """A studio that offers what it does not do at once."""
    data = StudioSettings(data=tmp_path / "studio", ffmpeg=chosen_ffmpeg().binary)
    async with VariedStudio(data, variants) as studio:
        there = settings.model_copy(update={"nemo_api_url": studio.base_url, **PATIENT})
        async with conversation(there) as talk:
            yield talk


async def stage_of(talk: Talk, words: str, *files: Path, sender: str = "anna") -> tuple[Stage, str, list[Outgoing]]:
    """How the job of these words ends, the sign of its status line, and what was answered."""
    before = len(talk.messenger.sent)
    [job_id] = await talk.begin(words, *files, sender=sender)
    await talk.settle([job_id])
    job = await talk.job(job_id)
    return job.stage, talk.messenger.shown[job.status_message].text[0], talk.answers(before)


# --- answered in words


@pytest.mark.parametrize(
    ("request_", "question", "answer", "done"),
    [
        ("add a title", "What shall it say?", "Hello there", "“Hello there”"),
        ("add a title", "What shall it say?", "hello", "“hello”"),
        ("加标题", "要写什么字？", "你好", "“你好”"),
        ("cut it", "Which part?", "the first 2 seconds", "I cut out 0:00–0:02"),
        ("0:01 to 0:02", "Shall I keep that part or cut it out?", "keep", "I kept 0:01–0:02"),
    ],
)
async def test_an_answer_in_words_fills_what_was_missing(
    on_studio: Talk, clip: Path, request_: str, question: str, answer: str, done: str
) -> None:
    stage, sign, [asked] = await stage_of(on_studio, request_, clip)
    assert (stage, sign) == (Stage.FAILED, "💬"), "the request is open and not done"
    assert asked.text.startswith(question)
    stage, sign, [result] = await stage_of(on_studio, answer)
    assert (stage, sign) == (Stage.DONE, "✅")
    assert done in result.text
    assert result.media, "the file that came with the request is what it is about"


@pytest.mark.parametrize(
    ("request_", "question", "done"),
    [
        ("add background music", "Please send me the music", "now plays under it"),
        ("加背景音乐", "请把音乐", "已加入背景音乐"),
    ],
)
async def test_a_file_alone_is_the_answer_where_one_was_asked_for(
    on_studio: Talk, clip: Path, song: Path, request_: str, question: str, done: str
) -> None:
    [asked] = await on_studio.say(request_, clip)
    assert asked.text.startswith(question)
    [result] = await on_studio.say("", song)
    assert done in result.text
    assert [file.kind for file in result.media] == ["video"]


# --- answered by one tap


@pytest.mark.parametrize(
    ("request_", "choices", "pressed", "done"),
    [
        ("0:01 to 0:02", ["Keep it", "Cut it out"], "Keep it", "I kept 0:01–0:02"),
        ("第1秒到第2秒", ["保留", "剪掉"], "剪掉", "已剪掉 0:01–0:02"),
    ],
)
async def test_one_tap_answers_and_its_buttons_are_gone(
    on_studio: Talk, clip: Path, request_: str, choices: list[str], pressed: str, done: str
) -> None:
    [asked] = await on_studio.say(request_, clip)
    assert labels(asked) == choices
    [result] = await on_studio.press(action(asked, pressed))
    assert done in result.text
    [shown] = [message for message in on_studio.messenger.shown.values() if message.text == asked.text]
    assert labels(shown) == []
    other = next(label for label in choices if label != pressed)
    [late] = await on_studio.press(action(asked, other))
    assert late.text in (OVER, "这个问题已经结束了，直接告诉我你想做什么吧。")


async def test_the_label_of_a_choice_may_be_typed(on_studio: Talk, clip: Path) -> None:
    await on_studio.say("0:01 to 0:02", clip)
    [result] = await on_studio.say("Cut it out")
    assert "I cut out 0:01–0:02" in result.text


# --- in a group


async def test_another_persons_words_are_a_request_of_their_own_and_answer_nothing(on_studio: Talk, clip: Path) -> None:
    await on_studio.say("add a title", clip)
    stage, _, [muted] = await stage_of(on_studio, "mute it", sender="ben")
    assert (stage, "I muted the video" in muted.text) == (Stage.DONE, True)
    [signed] = await on_studio.say("ok", sender="ben")
    assert signed.text == "👍"
    [strange] = await on_studio.say("Hello from Ben", sender="ben")
    assert "Hello from Ben” at" not in strange.text
    [result] = await on_studio.say("Hello there")
    assert "“Hello there”" in result.text


async def test_another_persons_question_takes_its_place(on_studio: Talk, clip: Path) -> None:
    [asked] = await on_studio.say("0:01 to 0:02", clip)
    await on_studio.say("add a title", sender="ben")
    [late] = await on_studio.press(action(asked, "Keep it"))
    assert late.text == OVER
    [shown] = [message for message in on_studio.messenger.shown.values() if message.text == asked.text]
    assert labels(shown) == []
    [result] = await on_studio.say("Hello there", sender="ben")
    assert "“Hello there”" in result.text


async def test_a_choice_is_for_the_one_who_was_asked(on_studio: Talk, clip: Path) -> None:
    [asked] = await on_studio.say("0:01 to 0:02", clip)
    [refused] = await on_studio.press(action(asked, "Keep it"), sender="ben")
    assert refused.text.startswith("This question is for somebody else.")
    [result] = await on_studio.press(action(asked, "Keep it"))
    assert "I kept 0:01–0:02" in result.text


# --- a restart


@pytest.mark.parametrize("tapped", [True, False])
async def test_a_question_outlives_the_bot_and_the_studio(on_the_studio: Settings, clip: Path, tapped: bool) -> None:
    async with conversation(on_the_studio) as talk:
        [asked] = await talk.say("0:01 to 0:02", clip)
    async with conversation(on_the_studio) as talk:
        [result] = await (talk.press(action(asked, "Keep it")) if tapped else talk.say("keep"))
        assert "I kept 0:01–0:02" in result.text
        [late] = await talk.press(action(asked, "Cut it out"))
        assert late.text == OVER


# --- something else is wanted


async def test_a_new_request_puts_an_end_to_it(on_studio: Talk, clip: Path) -> None:
    [asked] = await on_studio.say("0:01 to 0:02", clip)
    [result] = await on_studio.say("mute it")
    assert "I muted the video" in result.text
    [late] = await on_studio.press(action(asked, "Keep it"))
    assert late.text == OVER
    [strange] = await on_studio.say("keep")
    assert "changed nothing" in strange.text


async def test_another_message_keeps_its_buttons_when_one_of_them_puts_an_end_to_it(offering: Talk, clip: Path) -> None:
    await offering.say("only keep the first 2 seconds", clip)
    [edited] = await offering.say("mute it")
    [offer] = await offering.say("tighten the opening")
    await offering.press(action(edited, "Undo"), under=edited)
    shown = {message.text: labels(message) for message in offering.messenger.shown.values()}
    assert shown[edited.text] == ["Export", "Status", "Undo"]
    assert shown[offer.text] == []


async def test_the_status_says_what_waits_for_an_answer(on_studio: Talk, clip: Path) -> None:
    await on_studio.say("add a title", clip)
    [status] = await on_studio.say("status")
    assert "Waiting for an answer: What shall it say?" in status.text
    await on_studio.say("never mind")
    [status] = await on_studio.say("status")
    assert "Waiting" not in status.text


async def test_a_new_project_forgets_it(on_studio: Talk, clip: Path) -> None:
    [asked] = await on_studio.say("0:01 to 0:02", clip)
    await on_studio.say("new project")
    [late] = await on_studio.press(action(asked, "Keep it"))
    assert late.text == OVER


# --- never mind


@pytest.mark.parametrize(
    ("request_", "words", "said"),
    [("add a title", "never mind", "All right, I leave that."), ("加标题", "算了", "好的，那就不做了。")],
)
async def test_never_mind_drops_a_question(on_studio: Talk, clip: Path, request_: str, words: str, said: str) -> None:
    await on_studio.say(request_, clip)
    [dropped] = await on_studio.say(words)
    assert dropped.text == said
    [strange] = await on_studio.say("Hello there")
    assert "“Hello there”" not in strange.text, "it answers no question any more"
    [result] = await on_studio.say("mute it")
    assert "“Hello there”" not in result.text


async def test_never_mind_drops_words_that_wait_for_their_file(on_studio: Talk, clip: Path) -> None:
    [asked] = await on_studio.say("remove the background music from my video")
    assert asked.text.startswith("Which file?")
    [dropped] = await on_studio.say("never mind")
    assert dropped.text == "All right, I leave that."
    [alone] = await on_studio.say("", clip)
    assert alone.buttons, "a file alone is answered with what could be done"


async def test_never_mind_cancels_what_runs(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    jobs = await talk.begin("make it brighter", clip)
    await talk.messenger.until(lambda: bool(cloud.asked("run")))
    [said] = await talk.say("never mind")
    assert said.text.startswith("Cancelled.")
    await talk.settle(jobs)
    assert (await talk.job(jobs[0])).stage is Stage.CANCELLED


@pytest.mark.parametrize(("words", "undo"), [("never mind", "Undo"), ("算了", "撤销")])
async def test_never_mind_changes_nothing_where_nothing_is_open_and_offers_undo(
    talk: Talk, cloud: FakeCloud, clip: Path, words: str, undo: str
) -> None:
    await talk.say("make it brighter", clip)
    [said] = await talk.say(words)
    assert labels(said) == [undo]
    assert len(cloud.asked("run")) == 1
    await talk.press(action(said, undo))
    assert [request.said for request in cloud.asked("run")][1:] == ["undo"]


async def test_never_mind_before_any_edit_offers_nothing(talk: Talk) -> None:
    [said] = await talk.say("never mind")
    assert (said.text, labels(said)) == ("All right. I have changed nothing.", [])


async def test_the_clouds_agent_is_told_of_it_in_words(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns += [Turn("Which song?", draft=None, tools=False), Turn("OK.", draft=None, tools=False)]
    await talk.say("add a song")
    stage, sign, [answer] = await stage_of(talk, "never mind")
    assert (stage, sign, answer.text) == (Stage.DONE, "✅", "OK.")
    assert [request.said for request in cloud.asked("run")][-1] == "never mind"
    assert not [request for request in cloud.asked("run") if HEADER in request.headers]


# --- offers


async def test_an_offer_is_done_by_one_tap(offering: Talk, offers: Offers, clip: Path) -> None:
    stage, sign, [offer] = await stage_of(offering, "tighten the opening", clip)
    assert (offer.text, labels(offer)) == ("I would cut out 0:00–0:01.", ["Do it", "No"])
    assert (stage, sign) == (Stage.FAILED, "💬")
    [result] = await offering.press(action(offer, "Do it"))
    assert "I cut out 0:00–0:01" in result.text
    assert result.media
    assert offers.heard == [("tighten the opening", None), ("yes", "offer-1")]


@pytest.mark.parametrize("tapped", [True, False])
async def test_no_is_an_answer_and_no_failure(offering: Talk, clip: Path, tapped: bool) -> None:
    [offer] = await offering.say("tighten the opening", clip)
    [answer] = await (offering.press(action(offer, "No")) if tapped else offering.say("no"))
    assert (answer.text, answer.tone) == ("All right, I left it as it is.", Tone.ANSWER)
    assert [job.stage for job in await offering.house.store.jobs(most=1)] == [Stage.DONE]


@pytest.mark.parametrize("words", ["yes", "Do it"])
async def test_words_take_an_offer_up(offering: Talk, clip: Path, words: str) -> None:
    await offering.say("tighten the opening", clip)
    [result] = await offering.say(words)
    assert "I cut out 0:00–0:01" in result.text


async def test_an_offer_ends_with_the_next_edit_whosever_it_is(offering: Talk, clip: Path) -> None:
    [offer] = await offering.say("tighten the opening", clip)
    await offering.say("mute it", sender="ben")
    [shown] = [message for message in offering.messenger.shown.values() if message.text == offer.text]
    assert labels(shown) == []
    [late] = await offering.press(action(offer, "Do it"))
    assert late.text == OVER


async def test_an_answer_that_was_refused_answers_when_it_is_tried_again(
    offering: Talk, offers: Offers, variants: Variants, clip: Path
) -> None:
    [offer] = await offering.say("tighten the opening", clip)
    variants.refuses_run = True
    [refused] = await offering.press(action(offer, "Do it"))
    variants.refuses_run = False
    [result] = await offering.press(action(refused, "Try again"))
    assert "I cut out 0:00–0:01" in result.text
    assert offers.heard[-1] == ("yes", "offer-1")


@pytest.mark.parametrize("raw", [[1], {"id": "q"}, {"id": "q", "kind": "ask", "text": "?", "choices": [{}] * 6}, "x"])
async def test_a_key_that_is_not_as_agreed_is_ignored(offering: Talk, offers: Offers, clip: Path, raw: object) -> None:
    offers.raw = raw
    [answer] = await offering.say("tighten the opening", clip)
    assert not {"Do it", "No"} & {*labels(answer)}
