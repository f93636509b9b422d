"""What a chat refuses: kinds of files, words, everything. Who is there gets the result; for nobody nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from bots.wiring.house import House
from core.job import Job, JobError, Stage
from core.language.catalogue import say
from core.settings import BackendKind
from tests.bots.telegram.house import running, settings_for
from tests.servers.gate import Gate
from tests.servers.telegram import Chat, Fault, Kind, Person, TelegramServer
from tests.servers.telegram.refusals import Refusal, bad, forbidden

FIRST_SECOND = "only keep the first 0.5 seconds"
MP3 = "extract the audio as mp3"

NO_FILMS = [
    bad("not enough rights to send videos to the chat"),
    bad("CHAT_SEND_VIDEOS_FORBIDDEN"),
    forbidden("CHAT_SEND_VIDEOS_FORBIDDEN"),
    bad("wrong type of the web page content"),
]
NO_SOUNDS = [bad("not enough rights to send audios to the chat"), forbidden("CHAT_SEND_AUDIOS_FORBIDDEN")]
NO_FILES = [
    bad("not enough rights to send documents to the chat"),
    forbidden("CHAT_SEND_DOCS_FORBIDDEN"),
    forbidden("CHAT_SEND_MEDIA_FORBIDDEN"),
]


def _asked(chat: Chat, telegram: TelegramServer, short: Path, words: str) -> None:
    person = telegram.person("Anna")
    chat.room.members[person.id] = "member"
    person.send_video(short, f"/edit@cutroom_bot {words}", to=chat)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("kind", "words", "refusal"),
    [
        *(("video", FIRST_SECOND, refusal) for refusal in NO_FILMS),
        *(("audio", MP3, refusal) for refusal in NO_SOUNDS),
    ],
    ids=str,
)
async def test_a_kind_that_a_chat_forbids_goes_as_a_document(
    telegram: TelegramServer, short: Path, kind: str, words: str, refusal: Refusal
) -> None:
    group = telegram.supergroup("Lab", telegram.person("Olga"))
    group.room.forbids = {kind: refusal}
    _asked(group, telegram, short, words)
    [result] = await group.receives()
    assert "document" in result.json
    assert result.text
    assert result.buttons
    await group.hears("✅ Done in")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("refusal", NO_FILES, ids=str)
async def test_where_no_file_is_taken_there_are_words(telegram: TelegramServer, short: Path, refusal: Refusal) -> None:
    group = telegram.supergroup("Lab", telegram.person("Olga"))
    group.room.forbids = dict.fromkeys(("video", "audio", "document"), refusal)
    _asked(group, telegram, short, FIRST_SECOND)
    await group.hears("was not accepted here as a file")
    await group.hears("✅ Done in")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "refusal", [bad("not enough rights to send text messages to the chat"), forbidden("CHAT_SEND_PLAIN_FORBIDDEN")]
)
async def test_where_no_words_are_taken_the_file_comes_all_the_same(
    telegram: TelegramServer, short: Path, refusal: Refusal
) -> None:
    group = telegram.supergroup("Lab", telegram.person("Olga"))
    group.room.forbids = {"text": refusal}
    _asked(group, telegram, short, FIRST_SECOND)
    [result] = await group.receives()
    assert "video" in result.json


@pytest.mark.parametrize("gone", ["blocked", "deactivated", "kicked", "left"])
async def test_after_a_403_nothing_is_edited_and_nothing_rendered_for_nobody(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path, gone: str
) -> None:
    gate.close("run")
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url, heartbeat_seconds=1)
    async with running(settings) as house:
        anna = telegram.person("Anna")
        anna.send_video(short, FIRST_SECOND)
        await anna.chat.hears("⏳ Still working…")
        await gate.waits("run")
        anna.chat.room.bot = gone
        await telegram.world.until(lambda: _refused(telegram, "editMessageText"))
        gate.open("run")
        [job] = await house.store.jobs()
        await house.engine.wait_for([job.id])
        ended = await house.store.job(job.id)
        assert ended is not None
        assert (ended.stage, ended.error) == (Stage.FAILED, JobError.CHAT_GONE)
        assert gate.of("render") == []
        assert len(_refused(telegram, "editMessageText")) == 1
        assert _refused(telegram, "sendVideo") == []


async def test_who_is_gone_before_the_first_word_costs_no_turn(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path
) -> None:
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url)
    anna = telegram.person("Anna")
    anna.send_video(short, FIRST_SECOND)
    anna.chat.room.bot = "blocked"
    async with running(settings) as house:
        await telegram.world.until(lambda: telegram.updates.confirmed)
        [job] = await house.store.jobs()
        await house.engine.wait_for([job.id])
        assert gate.of("run") == []


async def test_a_result_of_a_chat_that_is_gone_is_kept(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path
) -> None:
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url)
    gate.close("poll")
    async with running(settings) as house:
        anna = telegram.person("Anna")
        anna.send_video(short, FIRST_SECOND)
        await gate.waits("poll")
        anna.block()
        gate.open("poll")
        [job] = await house.store.jobs()
        await house.engine.wait_for([job.id])
        assert [each.id for each in await house.store.kept_results("telegram", str(anna.id))] == [job.id]


CLOSED = ["kicked", "left", "deactivated"]


async def _asked_in_a_group_that_closes(
    telegram: TelegramServer, gate: Gate, short: Path, house: House, *, known: bool, gone: str
) -> tuple[Person, Job]:
    """Anna's result is there when the bot is put out of the group."""
    anna = telegram.person("Anna")
    if known:
        anna.send("/help")
        await anna.chat.hears("Send me a video")
    group = telegram.supergroup("Lab", telegram.person("Olga"))
    group.room.members[anna.id] = "member"
    gate.close("poll")
    anna.send_video(short, f"/edit@cutroom_bot {FIRST_SECOND}", to=group)
    await gate.waits("poll")
    group.room.bot = gone
    gate.open("poll")
    [job] = await house.store.jobs()
    await house.engine.wait_for([job.id])
    ended = await house.store.job(job.id)
    assert ended is not None
    assert [each.id for each in await house.store.kept_results("telegram", str(anna.id))] == [job.id]
    return anna, ended


@pytest.mark.parametrize("gone", CLOSED)
async def test_a_result_of_a_group_that_is_closed_goes_to_whoever_asked_for_it(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path, gone: str
) -> None:
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url)
    async with running(settings) as house:
        anna, job = await _asked_in_a_group_that_closes(telegram, gate, short, house, known=True, gone=gone)
        [result] = await anna.chat.receives()
        assert result.text
        await anna.chat.hears("I can no longer write in the chat where you asked for this")
        assert (job.stage, job.error) == (Stage.DONE, JobError.NONE)


async def test_who_never_talked_to_the_bot_finds_the_result_kept(
    telegram: TelegramServer, gate: Gate, short: Path, tmp_path: Path
) -> None:
    settings = settings_for(telegram, tmp_path, backend=BackendKind.CLOUD, nemo_api_url=gate.url)
    async with running(settings) as house:
        anna, job = await _asked_in_a_group_that_closes(telegram, gate, short, house, known=False, gone="kicked")
        assert (job.stage, job.error) == (Stage.FAILED, JobError.CHAT_GONE)
        assert anna.chat.shown == []


def _refused(telegram: TelegramServer, method: str) -> list[str]:
    return [call.answer for call in telegram.asked(method) if call.answer.startswith("Forbidden")]


UNKNOWN = [
    (Kind.STATUS, 500),
    (Kind.STATUS, 502),
    (Kind.PAGE, 502),
    (Kind.PAGE, 504),
    (Kind.LOSE, 0),
    (Kind.RESET, 0),
]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(("kind", "status"), UNKNOWN)
async def test_a_file_that_telegram_never_confirms_is_sent_twice_and_then_told_of(
    telegram: TelegramServer, short: Path, kind: Kind, status: int
) -> None:
    anna = telegram.person("Anna")
    telegram.fail(Fault(kind, "sendVideo", times=9, status=status))
    anna.send_video(short, FIRST_SECOND)
    said = await anna.chat.hears("could not confirm that it arrived")
    assert "say “export” and I will send it again" in said.text
    assert not said.silent
    await anna.chat.hears("✅ Done in")
    assert len(telegram.asked("sendVideo")) == 2


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(("kind", "status"), UNKNOWN)
async def test_a_file_that_telegram_does_not_confirm_once_is_sent_once_more_and_no_words_are_made_of_it(
    telegram: TelegramServer, short: Path, kind: Kind, status: int
) -> None:
    anna = telegram.person("Anna")
    telegram.fail(Fault(kind, "sendVideo", status=status))
    anna.send_video(short, FIRST_SECOND)
    await anna.chat.receives(2 if kind is Kind.LOSE else 1)
    await anna.chat.hears("✅ Done in")
    assert "could not confirm" not in anna.chat.read_aloud()


async def test_a_result_that_nothing_confirms_is_not_called_done(
    bot: House, telegram: TelegramServer, short: Path
) -> None:
    anna = telegram.person("Anna")
    await anna_is_known(telegram)
    anna.send_video(short, FIRST_SECOND)
    await anna.chat.until(lambda: anna.chat.shown)
    for method in ("sendVideo", "sendMessage"):
        telegram.fail(Fault(Kind.STATUS, method, times=9, status=500))
    await anna.chat.hears("❌ Stopped")
    [job] = await bot.store.jobs()
    await bot.engine.wait_for([job.id])
    ended = await bot.store.job(job.id)
    assert ended is not None
    assert (ended.stage, ended.error) == (Stage.FAILED, JobError.PLATFORM_DOWN)


async def anna_is_known(telegram: TelegramServer) -> None:
    ben = telegram.person("Ben")
    ben.send("/help")
    await ben.chat.hears("Send me a video")


SHARED_FAULTS = [
    (Fault(Kind.STATUS, "sendAudio", status=400), "share-not-shown"),
    (Fault(Kind.STATUS, "sendAudio", status=403), "share-not-shown"),
    (Fault(Kind.STATUS, "sendAudio", status=404), "share-not-shown"),
    (Fault(Kind.STATUS, "sendAudio", status=500), "share-not-known"),
    (Fault(Kind.PAGE, "sendAudio", status=502), "share-not-known"),
    (Fault(Kind.RESET, "sendAudio"), "share-not-known"),
]


@pytest.mark.parametrize(("fault", "said"), SHARED_FAULTS, ids=str)
async def test_a_share_that_telegram_refuses_is_never_followed_by_silence(
    bot: House, telegram: TelegramServer, short: Path, fault: Fault, said: str
) -> None:
    anna, ben = telegram.person("Anna"), telegram.person("Ben")
    anna.send_video(short, MP3)
    await anna.chat.receives()
    await anna.chat.hears("✅ Done in")
    [job] = await bot.store.jobs()
    telegram.fail(Fault(fault.kind, fault.method, status=fault.status, chat=ben.id))
    ben.start(f"share_{job.id}")
    words = await ben.chat.hears("")
    kept = await bot.store.kept_result(job.id)
    assert kept is not None
    assert words.text == say("en", said)
    assert kept.link == "", "one of this machine, which nobody else can open"
    assert len(ben.chat.shown) == 1, ben.chat.read_aloud()
