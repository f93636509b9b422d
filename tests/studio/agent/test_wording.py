"""What the agent says to a request. Pure."""

from __future__ import annotations

import re

import pytest

from studio.agent import phrases, questions
from studio.agent.agent import take_turn
from studio.agent.events import Say
from studio.records import Session, SourceFile
from studio.understanding import About

SESSION = Session("1", "anon", "task", "project", "en")
FILES = {
    "talk": SourceFile("t" * 32, "1", "talk.mp4", "mp4", "video", 1, "", 4030, 320, 180, 25.0, sound=True),
    "large": SourceFile("l" * 32, "1", "large.mp4", "mp4", "video", 1, "", 6000, 1280, 720, 25.0, sound=True),
    "silent": SourceFile("s" * 32, "1", "silent.mp4", "mp4", "video", 1, "", 3000, 320, 180, 25.0),
    "music": SourceFile("m" * 32, "1", "music.mp3", "mp3", "audio", 1, "", 6030, sound=True),
}


@pytest.mark.parametrize(
    ("files", "text", "answer"),
    [
        ("talk", "keep 0:01.25 to 0:02.75", "I kept 0:01.25–0:02.75; it is now 0:01.5 long."),
        ("talk", "keep the last 2 seconds", "I kept 0:02–0:04; it is now 0:02 long."),
        ("talk", "keep 0:02 to 0:10", "It was only 0:04 long, so I kept 0:02–0:04; it is now 0:02 long."),
        ("talk", "keep the first 10 seconds", "It is only 0:04 long, so I kept all of it."),
        ("talk", "keep from 0:03 to 0:01", "0:03 comes after 0:01, so I changed nothing. Which part do you mean?"),
        ("talk", "keep from 0:02 to 0:02", "That would leave nothing, so I changed nothing."),
        ("talk", "mute it and keep only the first 3 seconds",
         "I muted the video. I kept 0:00–0:03; it is now 0:03 long."),
        ("talk", "mp3 at 200k", "I took the audio out as MP3 (192 kbps, 0:04)."),
        ("talk", "m4a please", "I took the audio out as M4A (AAC, 0:04)."),
        ("talk", "cut 0:00-0:01 and 0:02-0:03", "I cut out 0:00–0:01 and 0:02–0:03; it is now 0:02 long."),
        ("talk", "剪掉0:00到0:01和0:02到0:03", "已剪掉 0:00–0:01、0:02–0:03，现在时长 0:02。"),
        ("talk large", "join the two clips",
         "I put “talk.mp4” and “large.mp4” one after the other; it is now 0:10 long."),
        ("silent", "mute it", "The video had no sound already."),
        ("silent music", "merge the audio with the video",
         "I merged the audio with the video, which had no sound of its own. "
         "The audio lasts 0:06 and the video 0:03, so the audio ends with the video."),
        ("large talk music", "merge them",
         "I merged the audio with the video; it replaces the video's own sound. "
         "The audio lasts 0:06 and the video 0:04, so the audio ends with the video."),
    ],
)  # fmt: skip
def test_the_answer_says_what_was_done_and_what_was_not(files: str, text: str, answer: str) -> None:
    turn = take_turn(SESSION, [FILES[name] for name in files.split()], text)
    assert [step.text for step in turn.script if isinstance(step, Say)] == [answer]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rotate it", "By 90, 180 or 270 degrees?"),
        ("make it look better", "best in steps you name"),
        ("generate a cat video", "The cloud backend can: it needs a NemoVideo account."),
        ("convert my MP4 video files", "What shall it become"),
        ("cut it", "Which part?"),
        ("0:01-0:02", "keep that part or cut it out?"),
        ("add a caption", "What shall it say?"),
        ("convert to flac", "I cannot write flac files."),
        ("hello", "There is no edit in that"),
        ("is it long?", "That reads like a question"),
        (
            "trim to 10 s and defrobnicate everything",
            "I do not know how to “defrobnicate everything”, so I changed nothing. I can",
        ),
        ("remove the music and the coughing", "I do not know what “coughing” is here"),
        ("剪到10秒，把画面拧巴", "我不明白“把画面拧巴”该怎么做"),
        ("if it is long, trim it to 10 s", "by a condition"),
        ("mute it and make it louder", "cannot both be done"),
        ("speed up the part from 0:01 to 0:02", "of the whole, not of a part"),
        ("把第1秒到第2秒的音乐去掉", "没有做任何修改"),
    ],
)
def test_what_is_asked_back_names_the_reason(text: str, said: str) -> None:
    turn = take_turn(SESSION, [FILES["talk"]], text)
    assert said in "".join(step.text for step in turn.script if isinstance(step, Say))
    assert turn.draft == ""


def test_every_sentence_is_there_in_both_languages_with_the_same_values() -> None:
    texts = phrases.TEXTS | questions.TEXTS
    for key, said in texts.items():
        assert said.keys() == {"en", "zh"}, key
        values = {language: set(re.findall(r"\{(\w+)\}", words)) for language, words in said.items()}
        assert values["en"] == values["zh"], key
    assert {f"ask_{about.value}" for about in About} <= texts.keys()
