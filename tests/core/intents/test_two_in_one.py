"""Two wishes in one message: an edit and its export, a question and an export."""

from __future__ import annotations

import pytest

from core.intents import Both, Credits, Edit, Export, Intent, Status, intent_of


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("mute it and export", "mute it"),
        ("make it 9:16 and export", "make it 9:16"),
        ("make it 9:16, then export and send it to me", "make it 9:16"),
        ("mute it and send it to me", "mute it"),
        ("trim it to 3 seconds. Send it over please", "trim it to 3 seconds"),
        ("can you mute it and export it?", "can you mute it"),
        ("add the title “A, then B” and download it, thanks", "add the title “A, then B”"),
        ("静音并导出", "静音"),
        ("静音，然后发给我", "静音"),
        ("剪到3秒再导出", "剪到3秒"),
        ("/edit mute it and export", "mute it"),
    ],
)
def test_an_edit_and_its_export_is_an_edit_whose_result_is_sent(text: str, edit: str) -> None:
    assert intent_of(text) == Edit(edit, "", export=True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what is my balance and export it", Both(Credits(), Export())),
        ("export it and tell me my credits", Both(Credits(), Export())),
        ("导出并查一下余额", Both(Credits(), Export())),
        ("export it, then show me the timeline", Both(Status(), Export())),
        ("looks amazing, export it", Export()),
    ],
)
def test_two_wishes_that_need_no_agent(text: str, intent: Intent) -> None:
    assert intent_of(text) == intent


@pytest.mark.parametrize(
    "text",
    [
        "add a title “cut and export”",
        "don't export yet, add a title",
        "before you mute it, export it",
        "export but mute it first",
        "trim to 10 s and export as mp3",
    ],
)
def test_other_words_about_exports_stay_whole(text: str) -> None:
    intent = intent_of(text)
    assert isinstance(intent, Edit)
    assert (intent.text, intent.export) == (text, False)
