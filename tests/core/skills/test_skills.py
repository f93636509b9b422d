"""Skills as data: ours, other people's, and which one a request is for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files import Kind
from core.skills import BUILT_IN, Skill, SkillBook, SkillProblem, choose_skill, load_skills, platform_of

NAMES = ("audio-video-to", "how-to-download-music", "mp4-to-mp3", "music-to-free", "video-a2e")


@pytest.fixture(scope="module")
def ours() -> SkillBook:
    return load_skills(BUILT_IN)


def write(folder: Path, front_matter: str, body: str = "# Words\n") -> Path:
    folder.mkdir(parents=True)
    path = folder / "SKILL.md"
    path.write_text(f"---\n{front_matter}\n---\n{body}", encoding="utf-8")
    return path


def only(book: SkillBook) -> Skill:
    assert book.problems == ()
    (skill,) = book.skills
    return skill


def only_problem(book: SkillBook) -> SkillProblem:
    assert book.skills == ()
    (problem,) = book.problems
    return problem


class TestOurs:
    def test_all_five_are_there_and_sound(self, ours: SkillBook) -> None:
        assert tuple(skill.name for skill in ours.skills) == NAMES
        assert ours.problems == ()

    @pytest.mark.parametrize("language", ["en", "zh"])
    @pytest.mark.parametrize("name", NAMES)
    def test_each_speaks_both_languages_and_fits_on_buttons(self, ours: SkillBook, name: str, language: str) -> None:
        skill = ours.named(name)
        assert skill

        assert skill.title.of(language)
        assert skill.description.of(language)
        assert len(skill.examples.of(language)) == 3
        assert all(0 < len(example) <= 40 for example in skill.examples.of(language))
        assert skill.title.en != skill.title.zh

    @pytest.mark.parametrize(
        ("name", "output", "megabytes", "seconds"),
        [
            ("mp4-to-mp3", "mp3", 500, (20, 40)),
            ("how-to-download-music", "mp4", 200, (30, 60)),
            ("music-to-free", "mp4", 500, (30, 60)),
            ("video-a2e", "mp4", 200, (30, 60)),
            ("audio-video-to", "mp4", 500, (20, 40)),
        ],
    )
    def test_each_has_its_limits(
        self, ours: SkillBook, name: str, output: str, megabytes: int, seconds: tuple[int, int]
    ) -> None:
        skill = ours.named(name)
        assert skill

        assert (skill.output, skill.max_megabytes, skill.usual_seconds) == (output, megabytes, seconds)

    @pytest.mark.parametrize("language", ["en", "zh"])
    @pytest.mark.parametrize("name", NAMES)
    def test_an_example_is_understood_as_its_own_skill(self, ours: SkillBook, name: str, language: str) -> None:
        skill = ours.named(name)
        assert skill

        files: dict[str, list[Kind]] = {
            "how-to-download-music": ["audio"],
            "video-a2e": ["audio", "image"],
        }
        for example in skill.examples.of(language):
            assert choose_skill(ours, example, files.get(name, ["video"])) is skill

    def test_a_skill_is_found_whatever_the_case(self, ours: SkillBook) -> None:
        assert ours.named("MP4-to-MP3") is ours.named("mp4-to-mp3")
        assert ours.named("") is None


class TestOthers:
    def test_what_is_missing_gets_a_default(self, tmp_path: Path) -> None:
        path = write(tmp_path / "my-skill", "name: my-skill")

        skill = only(load_skills(tmp_path))

        assert (skill.name, skill.version, skill.title.en, skill.title.zh) == (
            "my-skill",
            "1.0",
            "my-skill",
            "my-skill",
        )
        assert (skill.max_megabytes, skill.output, skill.examples.en) == (500, "mp4", ())
        assert skill.inputs == {"video", "audio", "image"}
        assert skill.path == path

    def test_a_page_from_a_hub_with_keys_of_its_own_is_read(self, tmp_path: Path) -> None:
        write(
            tmp_path / "cutter",
            'name: cutter\ndescription: "Cuts: well"\nversion: 2.1.0\nhomepage: https://example.org\n'
            'metadata: {"hub": {"emoji": "✂️", "requires": {"env": ["TOKEN"]}}, "output": "mp3"}\n'
            "examples:\n  - Cut it\n  - 7\n  - Cut it twice",
        )

        skill = only(load_skills(tmp_path))

        assert (skill.version, skill.description.zh, skill.output) == ("2.1.0", "Cuts: well", "mp3")
        assert skill.examples.of("zh") == ("Cut it", "Cut it twice")

    @pytest.mark.parametrize(
        ("written", "version"),
        [("1.0", "1.0"), ("2", "2"), ("'1.0.0-beta+1'", "1.0.0-beta+1"), ("2026-01-31", "2026-01-31")]
        + [(odd, "1.0") for odd in ("", "true", "[1, 0]", "{a: 1}", "~")],
    )
    def test_a_version_need_not_be_text(self, tmp_path: Path, written: str, version: str) -> None:
        write(tmp_path / "s", f"version: {written}")

        assert only(load_skills(tmp_path)).version == version

    @pytest.mark.parametrize("odd", ["-1", "0", "9000", "true", "lots", "1.5", "[1]"])
    def test_an_odd_limit_is_the_usual_one(self, tmp_path: Path, odd: str) -> None:
        write(tmp_path / "s", f"max_megabytes: {odd}\nusual_seconds: {odd}\ninputs: {odd}\noutput: {odd}\ntitle: {odd}")

        skill = only(load_skills(tmp_path))

        assert (skill.max_megabytes, skill.usual_seconds, skill.output) == (500, (30, 60), "mp4")

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_windows_files_are_read(self, tmp_path: Path, newline: str) -> None:
        path = write(tmp_path / "s", "name: from-windows")
        text = path.read_text(encoding="utf-8").replace("\n", newline)
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())

        assert only(load_skills(tmp_path)).name == "from-windows"

    def test_a_page_without_front_matter_is_named_after_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "plain").mkdir()
        (tmp_path / "plain" / "SKILL.md").write_text("# Just words\n\n---\n\na: [b\n\n---\n")

        assert only(load_skills(tmp_path)).name == "plain"

    def test_files_and_hidden_folders_beside_skills_are_no_skills(self, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_text("hello")
        (tmp_path / ".git").mkdir()
        (tmp_path / "__pycache__").mkdir()

        assert load_skills(tmp_path) == SkillBook(())

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_of_two_with_one_name_the_earlier_folder_wins(self, tmp_path: Path, order: tuple[int, int]) -> None:
        folders = [tmp_path / "a", tmp_path / "b"]
        for folder in folders:
            write(folder / "s", "name: Same" if folder.name == "a" else "name: same")
        first, second = (folders[i] for i in order)

        book = load_skills(first, second)

        assert [skill.path.parent.parent for skill in book.skills] == [first]
        assert [(p.path.parent.parent, p.key) for p in book.problems] == [(second, "skill-duplicate")]

    def test_a_built_in_skill_is_not_replaced(self, tmp_path: Path) -> None:
        write(tmp_path / "mine", "name: mp4-to-mp3\ntitle: Mine")

        book = load_skills(BUILT_IN, tmp_path)

        kept = book.named("mp4-to-mp3")
        assert kept
        assert kept.title.en != "Mine"
        assert [problem.key for problem in book.problems] == ["skill-duplicate"]


class TestProblems:
    @pytest.mark.parametrize(
        ("front_matter", "key"),
        [
            ("name: [unclosed", "skill-broken-yaml"),
            ("a: 1\n\tb: 2", "skill-broken-yaml"),
            ("date: 2026-13-45", "skill-broken-yaml"),
            ("!!python/object/apply:os.system ['true']", "skill-broken-yaml"),
            ("a: " + "[" * 20_000, "skill-broken-yaml"),
            ('name: "two\\nlines"', "skill-bad-name"),
            ('name: "x\\r\\nX-Evil: 1"', "skill-bad-name"),
            ("name: 剪辑", "skill-bad-name"),
            ("name: a b", "skill-bad-name"),
            ("name: ../up", "skill-bad-name"),
            (f"name: {'x' * 100}", "skill-bad-name"),
            ('version: "1\\nX-Evil: 1"', "skill-bad-version"),
            ("version: 一", "skill-bad-version"),
            ("about: " + "x" * 100_000, "skill-too-large"),
        ],
        ids=lambda value: value[:30],
    )
    def test_what_cannot_be_used_is_reported(self, tmp_path: Path, front_matter: str, key: str) -> None:
        path = write(tmp_path / "bad", front_matter)

        problem = only_problem(load_skills(tmp_path))

        assert (problem.path, problem.key) == (path, key)
        assert str(problem).startswith(f"{path}: ")
        assert "\n" not in str(problem)

    def test_a_folder_without_a_page_is_reported(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()

        assert only_problem(load_skills(tmp_path)).key == "skill-file-missing"

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        (tmp_path / "pipe").mkdir()
        os.mkfifo(tmp_path / "pipe" / "SKILL.md")

        assert only_problem(load_skills(tmp_path)).key == "skill-file-missing"

    def test_bytes_that_are_no_text_are_reported(self, tmp_path: Path) -> None:
        write(tmp_path / "bad", "name: bad").write_bytes(b"---\nname: \xff\xfe\n---\n")

        assert only_problem(load_skills(tmp_path)).key == "skill-not-utf8"

    def test_a_folder_that_is_not_there_is_reported(self, tmp_path: Path) -> None:
        assert only_problem(load_skills(tmp_path / "nowhere")).key == "skill-folder-missing"

    def test_a_bad_skill_costs_no_other(self, tmp_path: Path) -> None:
        write(tmp_path / "bad", "name: [")
        write(tmp_path / "good", "name: good")

        book = load_skills(tmp_path)

        assert [skill.name for skill in book.skills] == ["good"]
        assert len(book.problems) == 1


class TestChoice:
    @pytest.mark.parametrize(
        ("name", "request_", "kinds"),
        [
            ("audio-video-to", "trim to 10 s", ["video"]),
            ("audio-video-to", "make it 9:16", ["video"]),
            ("audio-video-to", "make it 9:16", []),
            ("audio-video-to", "make it for tiktok", []),
            ("audio-video-to", "", []),
            ("audio-video-to", "只保留前30秒", ["video"]),
            ("audio-video-to", "the music is too quiet", ["video"]),
            ("audio-video-to", "add lo-fi background music at 35%", ["video"]),
            ("audio-video-to", "don't remove the music", ["video"]),
            ("audio-video-to", "不要去掉音乐", ["video"]),
            ("audio-video-to", "merge this audio and video into a single MP4 file", ["video", "audio"]),
            ("audio-video-to", "replace the video's sound with the mp3 I sent", ["video", "audio"]),
            ("audio-video-to", "用我发的录音替换原声", ["audio", "video"]),
            ("audio-video-to", "trim to 10 s", ["video", "audio"]),
            ("audio-video-to", "add my photo as a watermark", ["video", "image"]),
            ("audio-video-to", "slideshow of my photos", ["image"]),
            ("mp4-to-mp3", "extract the audio", ["video"]),
            ("mp4-to-mp3", "mp3 please", ["video"]),
            ("mp4-to-mp3", "as wav", ["video"]),
            ("mp4-to-mp3", "只要音频", ["video"]),
            ("mp4-to-mp3", "extract the audio as mp3", ["video", "audio"]),
            ("mp4-to-mp3", "trim to 10 s", ["audio"]),
            ("mp4-to-mp3", "convert this wav to mp3", ["audio"]),
            ("mp4-to-mp3", "剪到10秒", ["audio"]),
            ("music-to-free", "remove the background music and keep only the voice", ["video"]),
            ("music-to-free", "去掉背景音乐，只保留人声", ["video"]),
            ("music-to-free", "take the music out", ["video"]),
            ("music-to-free", "remove the music and give me the clean audio too", ["video"]),
            ("how-to-download-music", "make it a video", ["audio"]),
            ("how-to-download-music", "turn this song into a video", ["audio"]),
            ("how-to-download-music", "把这首歌做成视频", ["audio"]),
            ("video-a2e", "make an audiogram", ["audio"]),
            ("video-a2e", "turn the podcast into a video", ["audio"]),
            ("video-a2e", "把这期播客做成方形视频", ["audio"]),
            ("video-a2e", "make a video", ["audio", "image"]),
            ("video-a2e", "turn this song into a 9:16 video with the cover art", ["image", "audio"]),
        ],
    )
    def test_the_words_and_the_files_choose(self, ours: SkillBook, name: str, request_: str, kinds: list[Kind]) -> None:
        assert choose_skill(ours, request_, kinds, default="mp4-to-mp3").name == name

    @pytest.mark.parametrize(
        ("name", "request_", "kinds"),
        [
            ("audio-video-to", "convert my audio and video", ["audio", "video"]),
            ("audio-video-to", "merge this audio and video into", ["audio", "video"]),
            ("how-to-download-music", "convert this audio track into a", ["audio"]),
            (
                "how-to-download-music",
                "convert this audio track into a shareable video with a waveform visualizer and album art background",
                ["audio"],
            ),
            ("mp4-to-mp3", "convert my MP4 video files", ["video"]),
            ("mp4-to-mp3", "export audio only MP3", ["video"]),
            ("music-to-free", "remove a 3-minute video with background music into a 1080p MP4", ["video"]),
            ("music-to-free", "stripping background music from videos to keep clean audio or voiceover", ["video"]),
            ("video-a2e", "convert my audio files", ["audio"]),
            ("video-a2e", "convert my audio file into a", ["audio"]),
            (
                "video-a2e",
                "convert my audio file into a video with a waveform animation and background image",
                ["audio"],
            ),
            ("video-a2e", "转换我的音频文件", ["audio"]),
            ("mp4-to-mp3", "把这个视频转换一下", ["video"]),
        ],
    )
    def test_what_the_pages_suggest_goes_to_the_page_that_suggests_it(
        self, ours: SkillBook, name: str, request_: str, kinds: list[Kind]
    ) -> None:
        assert choose_skill(ours, request_, kinds).name == name

    @pytest.mark.parametrize("request_", ["convert my audio files", "convert this audio track into a"])
    def test_a_conversion_to_nothing_named_is_no_conversion_to_what_it_is(self, ours: SkillBook, request_: str) -> None:
        assert choose_skill(ours, request_, ["audio"]).output == "mp4"

    def test_what_somebody_chose_wins(self, ours: SkillBook) -> None:
        skill = choose_skill(ours, "trim to 10 s", ["video"], chosen="mp4-to-mp3", default="video-a2e")

        assert skill.name == "mp4-to-mp3"

    def test_a_choice_that_is_gone_is_no_choice(self, ours: SkillBook) -> None:
        assert choose_skill(ours, "trim to 10 s", ["video"], chosen="gone").name == "audio-video-to"

    def test_the_default_speaks_where_the_words_do_not(self, ours: SkillBook, tmp_path: Path) -> None:
        write(tmp_path / "house", "name: house-style")
        book = load_skills(BUILT_IN, tmp_path)

        assert choose_skill(book, "trim to 10 s", ["video"], default="house-style").name == "house-style"
        assert choose_skill(book, "extract the audio", ["video"], default="house-style").name == "mp4-to-mp3"

    def test_other_peoples_skills_are_not_taken_unasked(self, tmp_path: Path) -> None:
        write(tmp_path / "aaa", "name: aaa\ninputs: [video, audio, image]")

        assert choose_skill(load_skills(BUILT_IN, tmp_path), "trim", ["video"]).name == "audio-video-to"

    def test_one_skill_is_enough(self, tmp_path: Path) -> None:
        write(tmp_path / "s", "name: lonely")

        assert choose_skill(load_skills(tmp_path), "extract the audio", ["video"]).name == "lonely"

    def test_without_any_skill_there_is_nothing_to_choose(self) -> None:
        with pytest.raises(LookupError):
            choose_skill(SkillBook(()), "trim", ["video"])

    @given(st.text(), st.lists(st.sampled_from(["video", "audio", "image", "other"])))
    def test_every_request_has_a_skill(self, text: str, kinds: list[Kind]) -> None:
        assert choose_skill(OURS, text, kinds) in OURS.skills


OURS = load_skills(BUILT_IN)


class TestPlatform:
    @pytest.mark.parametrize(
        ("place", "platform"),
        [
            (".clawhub/skills/s/SKILL.md", "clawhub"),
            (".cursor/skills/s/SKILL.md", "cursor"),
            (".cursor/other/s/SKILL.md", "unknown"),
            (".clawhub-old/s/SKILL.md", "unknown"),
            ("project/.clawhub/s/SKILL.md", "unknown"),
            (".clawhub/../elsewhere/SKILL.md", "unknown"),
            ("skills/s/SKILL.md", "unknown"),
        ],
    )
    def test_it_is_read_off_the_place(self, tmp_path: Path, place: str, platform: str) -> None:
        assert platform_of(tmp_path / place, tmp_path) == platform

    def test_a_home_behind_a_link_is_the_same_home(self, tmp_path: Path) -> None:
        (tmp_path / "real" / ".clawhub").mkdir(parents=True)
        (tmp_path / "home").symlink_to(tmp_path / "real")

        assert platform_of(tmp_path / "home" / ".clawhub" / "s", tmp_path / "real") == "clawhub"
