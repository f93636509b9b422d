"""What is delivered is what was asked, of the file that was meant."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from core.messages import Incoming, Outgoing, Tone
from tests.conversations.talk import HERE, Talk, action, labels
from tests.making import make_clip
from tests.servers.cloud import FakeCloud
from tests.servers.script import TIMELINE, Turn

NO_SOUND = Turn("There is no sound in it, so I changed nothing.", draft=None)
SOUND = '{"t":[{"tt":1,"sg":[{"n":"song","s":0,"d":3000}]}],"d":3000,"m":{"title":"song"}}'
DRAWN = '{"t":[{"tt":1,"sg":[{"n":"song","s":0,"d":3000}]}],"d":3000,"m":{"title":"song","visual":{"look":"bars"}}}'


def retitled(words: str) -> str:
    return TIMELINE.replace("Urban Dreams", words)


def a_timeline(*films: str, sounds: tuple[str, ...] = ()) -> str:
    shown = ",".join(f'{{"n":"{name}","s":{at * 1000},"d":1000}}' for at, name in enumerate(films))
    heard = ",".join(f'{{"n":"{name}","s":0,"d":1000}}' for name in sounds)
    return f'{{"t":[{{"tt":0,"sg":[{shown}]}},{{"tt":1,"sg":[{heard}]}}],"d":{len(films) * 1000 or 1000}}}'


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("others")
    return [make_clip(folder / f"{name}.mp4", seconds=1) for name in ("second", "third")]


# --- nothing changed


async def test_a_turn_that_changed_nothing_delivers_nothing_under_the_name_of_a_file(
    talk: Talk, cloud: FakeCloud, clip: Path, others: list[Path]
) -> None:
    await talk.say("extract the audio as MP3", clip)
    cloud.turns.append(NO_SOUND)
    [answer] = await talk.say("extract the audio as MP3", others[0])
    assert answer.media == ()
    assert answer.text.startswith("There is no sound in it")
    assert len(cloud.asked("render")) == 1


async def test_somebodys_request_for_a_file_is_not_for_the_one_that_another_person_sent(
    talk: Talk, cloud: FakeCloud, clip: Path, song: Path
) -> None:
    await talk.say("", clip, sender="ben")
    cloud.turns.append(Turn("I cannot do that.", draft=None))
    [answer] = await talk.say("save as wav", song)
    assert cloud.asked("run")[0].said == "save as wav\n\nFile: song.mp3"
    assert answer.media == ()


async def test_a_file_that_no_edit_has_used_goes_on_waiting_for_one(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns.append(Turn("I cannot do that.", draft=None))
    await talk.say("make the sky greener", clip)
    [result] = await talk.say("make it brighter then")
    assert [file.name for file in result.media] == ["talk.mp4"]


# --- the type


@pytest.mark.parametrize("words", ["visualize this song with bars", "做一个音频可视化", "convert my audio files"])
async def test_a_sound_that_is_to_be_seen_comes_as_a_video(
    talk: Talk, cloud: FakeCloud, song: Path, words: str
) -> None:
    cloud.turns.append(Turn(draft=SOUND))
    [result] = await talk.say(words, song)
    assert [file.name for file in result.media] == ["song.mp4"]


async def test_after_a_drawn_sound_the_next_export_is_a_video_of_a_skill_for_videos(
    talk: Talk, cloud: FakeCloud, song: Path
) -> None:
    cloud.turns.append(Turn(draft=DRAWN))
    await talk.say("make it nicer", song)
    cloud.turns.append(Turn(draft=DRAWN.replace("bars", "line")))
    await talk.say("use a thin line")
    [result] = await talk.say("export")
    assert [file.name for file in result.media] == ["song.mp4"]
    assert "mp4-to-mp3" not in {request.headers.get("x-skill-source") for request in cloud.requests[-4:]}


async def test_a_sound_that_was_trimmed_stays_a_sound(talk: Talk, cloud: FakeCloud, song: Path) -> None:
    cloud.turns.append(Turn(draft=SOUND))
    [result] = await talk.say("only keep the first 2 seconds", song)
    assert [file.name for file in result.media] == ["song.mp3"]


# --- two wishes in one message


@pytest.mark.parametrize("words", ["mute it and export", "静音并导出", "mute it and send it to me"])
async def test_an_edit_and_its_export_are_one_turn_and_a_file(
    talk: Talk, cloud: FakeCloud, clip: Path, words: str
) -> None:
    await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("Muted.", draft=retitled("Muted")))
    [result] = await talk.say(words)
    assert result.media
    assert cloud.asked("run")[-1].said in ("mute it", "静音")


async def test_the_balance_is_told_and_the_project_exported(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    answers = await talk.say("what is my balance and export it")
    assert sorted(bool(answer.media) for answer in answers) == [False, True]
    assert any("100 credits" in answer.text for answer in answers)
    assert len(cloud.asked("run")) == 1


async def test_two_files_with_an_instruction_each_in_one_sentence_are_two_results(
    talk: Talk, cloud: FakeCloud, clip: Path, others: list[Path]
) -> None:
    cloud.turns += [Turn("One."), Turn("Two.", draft=retitled("Two"))]
    words = "first one: trim to 3 seconds; second one: make it black and white"
    results = await talk.say(words, clip, others[0])
    assert [request.said.splitlines()[0] for request in cloud.asked("run")] == [
        "trim to 3 seconds",
        "make it black and white",
    ]
    assert [file.name for result in results for file in result.media] == ["talk.mp4", "second.mp4"]


# --- a question stays open


async def test_a_question_is_answered_and_the_file_still_comes(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns += [Turn("Which font?", draft=None), Turn("How large?", draft=None), Turn("Done.")]
    [asked] = await talk.say('add a title "Hi" and save it as MP4', clip)
    assert not asked.media
    assert not (await talk.say("Helvetica"))[0].media
    [result] = await talk.say("32")
    assert [file.name for file in result.media] == ["talk.mp4"]
    assert len(cloud.asked("upload")) == 1


async def test_an_answer_keeps_the_type_that_was_asked_for(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns += [Turn("Which bit rate?", draft=None), Turn("Done.")]
    await talk.say("extract the audio as MP3", clip)
    [result] = await talk.say("320")
    assert [file.name for file in result.media] == ["talk.mp3"]


async def test_files_that_a_question_is_about_stay_together(
    talk: Talk, cloud: FakeCloud, clip: Path, others: list[Path]
) -> None:
    cloud.turns += [Turn("Which order?", draft=None), Turn("Done.")]
    await talk.say("merge these videos", clip, others[0])
    [result] = await talk.say("talk first")
    assert len(result.media) == 1
    assert len(cloud.asked("run")) == 2


# --- words that ask for nothing


@pytest.mark.parametrize("words", ["thanks!", "ok", "👍", "谢谢"])
async def test_a_courtesy_costs_no_turn(talk: Talk, cloud: FakeCloud, clip: Path, words: str) -> None:
    await talk.say("make it brighter", clip)
    [answer] = await talk.say(words)
    assert len(answer.text) < 20
    assert len(cloud.asked("run")) == 1


async def test_an_ok_answers_an_open_question(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    cloud.turns += [Turn("Shall I use Helvetica?", draft=None), Turn("Done.")]
    await talk.say("add a title", clip)
    [result] = await talk.say("ok")
    assert result.media
    assert [request.said for request in cloud.asked("run")] == ["add a title", "ok"]


# --- replies


async def test_a_reply_to_a_result_means_the_project_behind_it(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [result] = await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("I took it back.", draft=retitled("Back")))
    [again] = await talk.reply(result, "undo", files=talk.attach([clip]))
    assert cloud.asked("run")[-1].said == "undo"
    assert len(cloud.asked("upload")) == 1
    assert again.media
    assert "Edit this file instead" in labels(again)
    assert "moved on" not in again.text


async def test_that_the_project_has_moved_on_is_said(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [result] = await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("Titled.", draft=retitled("Other")))
    await talk.say('add the title "Other"')
    cloud.turns.append(Turn("Muted.", draft=retitled("Muted")))
    [again] = await talk.reply(result, "mute it", files=talk.attach([clip]))
    assert again.text.startswith("(The project has moved on since that result.")


async def test_the_file_of_a_result_is_edited_if_its_person_says_so(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [result] = await talk.say("make it brighter", clip)
    cloud.turns.append(Turn("Muted.", draft=retitled("Muted")))
    [again] = await talk.reply(result, "mute it", files=talk.attach([clip]))
    cloud.turns.append(Turn("Muted the file.", draft=retitled("File")))
    [instead] = await talk.press(action(again, "Edit this file instead"))
    assert instead.media
    assert len(cloud.asked("upload")) == 2
    assert cloud.asked("run")[-1].said == "mute it"


async def test_a_reply_to_a_result_of_an_earlier_project_goes_back_to_it(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    [result] = await talk.say("make it brighter", clip)
    await talk.say("new project")
    cloud.turns.append(Turn("Muted.", draft=retitled("Muted")))
    [again] = await talk.reply(result, "mute it")
    assert again.text.startswith("(I went back to the project")
    assert [file.name for file in again.media] == ["talk.mp4"]
    assert len(cloud.asked("session")) == 1


async def test_a_reply_to_mere_words_is_a_request_like_any_other(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [asked] = await talk.say("", clip)
    [result] = await talk.reply(asked, "make it brighter")
    assert result.media
    assert labels(result) == ["Status", "New project"]


async def test_a_second_reply_to_the_same_file_keeps_what_was_edited(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    [file] = talk.attach([clip])
    posted = replace(file, origin="chat/7")

    async def asks(number: int, sender: str, words: str) -> list[Outgoing]:
        before = len(talk.messenger.sent)
        incoming = Incoming(f"reply-{number}", HERE, sender, words, (posted,), reply_to="request")
        await talk.settle(await talk.house.assistant.handle(incoming))
        return talk.answers(before)

    await asks(1, "ben", "make it brighter")
    cloud.turns.append(Turn("Muted.", draft=retitled("Muted")))
    [result] = await asks(2, "anna", "mute it")
    assert result.media
    assert len(cloud.asked("upload")) == 1
    assert cloud.asked("run")[-1].said == "mute it"


# --- names


async def test_a_result_is_named_after_the_first_film_on_the_timeline(
    talk: Talk, cloud: FakeCloud, clip: Path, song: Path, others: list[Path]
) -> None:
    cloud.turns.append(Turn(draft=a_timeline("second", "third", "talk", sounds=("song",))))
    [result] = await talk.say("merge these in another order", song, clip, *others)
    assert [file.name for file in result.media] == ["second.mp4"]


async def test_a_result_is_named_after_a_film_that_has_sound(
    talk: Talk, cloud: FakeCloud, clip: Path, tmp_path: Path
) -> None:
    silent = make_clip(tmp_path / "silent.mp4", seconds=1, sound=False)
    [result] = await talk.say("merge these videos", silent, clip)
    assert [file.name for file in result.media] == ["talk.mp4"]


async def test_a_result_keeps_its_name_though_a_new_project_is_begun_meanwhile(
    talk: Talk, cloud: FakeCloud, clip: Path
) -> None:
    hold = asyncio.Event()
    cloud.turns.append(Turn(hold=hold))
    jobs = await talk.begin("make it brighter", clip)
    await cloud.started.wait()
    await talk.say("new project")
    hold.set()
    await talk.settle(jobs)
    [result] = talk.messenger.said(Tone.RESULT)
    assert [file.name for file in result.media] == ["talk.mp4"]


# --- presses


async def test_a_button_that_is_pressed_twice_is_one_job(talk: Talk, cloud: FakeCloud, clip: Path) -> None:
    await talk.say("make it brighter", clip)
    before = len(cloud.asked("render"))
    first, second = (Incoming(f"p{n}", HERE, "anna", language="en", action="export", under="9") for n in range(2))
    jobs = await asyncio.gather(*map(talk.house.assistant.handle, (first, second)))
    assert sorted(map(len, jobs)) == [0, 1]
    await talk.settle([job for each in jobs for job in each])
    talk.clock.forward(60)
    await talk.settle(await talk.house.assistant.handle(replace(first, id="p3")))
    assert len(cloud.asked("render")) == before + 2, "much later it is another wish"
