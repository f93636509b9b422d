"""The catalogues and the code that speaks through them."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from core.errors import BackendDown, EditTooSlow, NoCredits, PlanBlocked, Refused, TooLarge, UserError
from core.language.catalogue import LANGUAGES, LOCALES, UnknownMessage, explain, say

ROOT = Path(__file__).parents[3]
ENGLISH = "en"
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:
        self.names.add(node.id.name)


def _catalogue(language: str) -> list[fluent.Message]:
    parsed = FluentParser().parse((LOCALES / f"{language}.ftl").read_text(encoding="utf-8"))
    wrong = [entry.content for entry in parsed.body if isinstance(entry, fluent.Junk)]
    assert not wrong
    return [entry for entry in parsed.body if isinstance(entry, fluent.Message)]


def _variables(language: str) -> dict[str, set[str]]:
    found = {}
    for message in _catalogue(language):
        visitor = _Variables()
        visitor.visit(message)
        found[message.id.name] = visitor.names
    return found


VARIABLES = _variables(ENGLISH)
# Values that are names out of a closed set, where sentences choose by them.
CHOICES = {"account": ("own", "anonymous", "unnamed"), "begun": ("edit", "export")}
AMOUNTS = {"count": 2, "percent": 50, "minutes": 15, "megabytes": 512.5, "limit": 500, "code": "3001"}


def _values(key: str, **chosen: str | int) -> dict[str, Any]:
    return {name: chosen.get(name, AMOUNTS.get(name, f"<{name}>")) for name in VARIABLES[key]}


def _sentences(language: str, key: str) -> Iterator[str]:
    """The sentence in all its forms."""
    chosen = next((name for name in CHOICES if name in VARIABLES[key]), "")
    if chosen:
        yield from (say(language, key, **_values(key, **{chosen: choice})) for choice in CHOICES[chosen])
    elif "count" in VARIABLES[key]:
        yield from (say(language, key, **_values(key, count=count)) for count in (0, 1, 2, 1000))
    else:
        yield say(language, key, **_values(key))


def _every_sentence() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for key in VARIABLES:
            for sentence in _sentences(language, key):
                yield language, key, sentence


# --- the catalogues among themselves


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    assert {path.stem for path in LOCALES.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_keys_with_the_same_values_in_the_same_order(language: str) -> None:
    assert list(_variables(language)) == list(VARIABLES)
    assert _variables(language) == VARIABLES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    keys = [message.id.name for message in _catalogue(language)]
    assert len(keys) == len(set(keys))
    assert FluentResource((LOCALES / f"{language}.ftl").read_text(encoding="utf-8")).body


def test_every_sentence_shows_every_value_it_is_given() -> None:
    for language, key, sentence in _every_sentence():
        for name in VARIABLES[key]:
            if name not in AMOUNTS and name not in CHOICES:
                assert f"<{name}>" in sentence, (language, key)


# --- typography

DOUBLED = re.compile(
    r"\(\(|\)\)|（（|））|（\(|\(（|“「|「“|““|””|,,|，，|。。|\.\.(?!\.)|!!|\?\?|：：|(?<=\S)  +(?=\S)"
)


def test_nothing_is_doubled_and_everything_closes() -> None:
    for language, key, sentence in _every_sentence():
        assert not DOUBLED.search(sentence), (language, key, sentence)
        for opening, closing in ("()", "（）", "“”", "「」"):
            assert sentence.count(opening) == sentence.count(closing), (language, key, sentence)
        assert sentence == sentence.strip(), (language, key)
        assert "{" not in sentence, (language, key)
        assert "..." not in sentence, (language, key, "an ellipsis is one character")


def test_english_has_no_chinese_signs_and_straight_quotes_stand_in_none() -> None:
    for language, key, sentence in _every_sentence():
        assert '"' not in sentence, (language, key)
        if language == ENGLISH:
            assert not re.search(r"[，。！？：；（）「」]", sentence), key


def test_chinese_has_chinese_signs_beside_chinese_words() -> None:
    for key in VARIABLES:
        for sentence in _sentences("zh", key):
            assert not re.search(r"(?<=[\u4e00-\u9fff])[,;:!?()]|[,;:!?(](?=[\u4e00-\u9fff])", sentence), (
                key,
                sentence,
            )


# --- numbers


def test_whole_numbers_have_no_fraction() -> None:
    sentence = explain(ENGLISH, TooLarge(name="a.mp4", megabytes=600.0, limit=500.0))
    assert "600 MB" in sentence
    assert "500 MB" in sentence
    assert "512.5 MB" in explain(ENGLISH, TooLarge(name="a.mp4", megabytes=512.5, limit=500))


def test_a_code_is_written_as_a_name() -> None:
    for language in LANGUAGES:
        assert "3001" in explain(language, Refused(code=3001))


def test_one_file_is_spoken_of_as_one() -> None:
    assert say(ENGLISH, "uploaded", names="a.mp4", count=1) != say(ENGLISH, "uploaded", names="a.mp4", count=2)


# --- the languages of people


@pytest.mark.parametrize(
    ("tag", "language"), [("zh-CN", "zh"), ("zh", "zh"), ("en-GB", "en"), ("fr", "en"), ("", "en")]
)
def test_somebody_is_spoken_to_in_the_nearest_language(tag: str, language: str) -> None:
    assert say(tag, "ready") == say(language, "ready")


def test_values_come_out_without_marks_around_them() -> None:
    assert say(ENGLISH, "link", link="https://example.com/x") == "https://example.com/x"


def test_a_value_is_no_pattern() -> None:
    assert say(ENGLISH, "link", link="{ $link } {0} %s") == "{ $link } {0} %s"


@pytest.mark.parametrize(("key", "values"), [("no-such-key", {}), ("fetching", {}), ("fetching", {"nmae": "x"})])
def test_a_mistake_of_ours_is_an_error(key: str, values: dict[str, str]) -> None:
    with pytest.raises(UnknownMessage):
        say(ENGLISH, key, **values)


# --- the errors


def _family(kind: type[UserError]) -> Iterator[type[UserError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)


ERRORS = [kind for kind in _family(UserError) if kind.__module__.startswith(("core", "bots", "storage"))]
ABSTRACT = {"bad-input"}


def _documented(kind: type[UserError]) -> dict[str, Any]:
    """The values of the docstring's sentence "Values: name, limit (MB)."."""
    said = re.search(r"Values: (.+?)\.(?:\s|$)", kind.__doc__ or "", re.DOTALL)
    names = re.sub(r"\([^)]*\)", "", said[1]).split(",") if said else []
    return {name.strip(): AMOUNTS.get(name.strip(), f"<{name.strip()}>") for name in names}


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_that_its_documented_values_fit(kind: type[UserError]) -> None:
    if kind.key in ABSTRACT:
        assert kind.__subclasses__()
        return
    values = _documented(kind)
    assert set(values) == VARIABLES[f"error-{kind.key}"]
    for language in LANGUAGES:
        assert say(language, f"error-{kind.key}", **kind(**values).values)


def test_no_two_errors_share_a_sentence() -> None:
    keys = [kind.key for kind in ERRORS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", [NoCredits, PlanBlocked])
@pytest.mark.parametrize("account", CHOICES["account"])
def test_the_way_out_stands_in_the_sentence(kind: type[UserError], account: str) -> None:
    for language in LANGUAGES:
        assert "https://x.example/r" in explain(language, kind(account=account, link="https://x.example/r"))


@pytest.mark.parametrize("error", [EditTooSlow(), NoCredits(code=2001), TooLarge(name="x")])
def test_an_error_without_its_values_is_explained_all_the_same(
    error: UserError, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert explain(ENGLISH, error) == say(ENGLISH, "error-internal")
    assert type(error).__name__ in caplog.text


# --- the code that speaks

SPEAKING = {"say", "sentence", "_tidy"}


def _code() -> Iterator[ast.AST]:
    for folder in ("core", "bots"):
        for path in (ROOT / folder).rglob("*.py"):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _spoken(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that speaks, except what is filled into the sentence."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in SPEAKING:
        yield from call.args


def _pattern(joined: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z-]+" for part in joined.values
    )


def _looks_like_a_key(text: object) -> bool:
    return isinstance(text, str) and bool(re.fullmatch(r"[a-z]+(-[a-z]+)+", text))


def test_every_key_that_the_code_says_exists() -> None:
    said = [arg for node in _code() if isinstance(node, ast.Call) for arg in _spoken(node)]
    keys = [arg.value for arg in said if isinstance(arg, ast.Constant) and _looks_like_a_key(arg.value)]
    assert len(keys) > 20, "the search has gone blind"
    assert [key for key in keys if key not in VARIABLES] == []
    patterns = [_pattern(arg) for arg in said if isinstance(arg, ast.JoinedStr)]
    assert len(patterns) > 2
    assert [p for p in patterns if not any(re.fullmatch(p, key) for key in VARIABLES)] == []


def test_every_key_is_said_somewhere() -> None:
    nodes = list(_code())
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    said = [arg for node in nodes if isinstance(node, ast.Call) for arg in _spoken(node)]
    patterns = [_pattern(arg) for arg in said if isinstance(arg, ast.JoinedStr)]
    errors = {f"error-{kind.key}" for kind in ERRORS}
    dead = [
        key
        for key in VARIABLES
        if key not in constants
        and not (key in errors if key.startswith("error-") else any(re.fullmatch(p, key) for p in patterns))
    ]
    assert dead == []


def test_what_a_call_fills_in_fits_its_sentence() -> None:
    wrong = []
    for node in _code():
        if not isinstance(node, ast.Call) or any(keyword.arg is None for keyword in node.keywords):
            continue
        keys = [a.value for a in _spoken(node) if isinstance(a, ast.Constant) and a.value in VARIABLES]
        given = {keyword.arg for keyword in node.keywords}
        # A key that is handed on (to a button, to the end of a status) is filled in elsewhere.
        if len(keys) == 1 and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say":
            wrong += [(keys[0], given)] if given != VARIABLES[keys[0]] else []
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_only_asked_is_not_told_that_nothing_was_started(language: str) -> None:
    started = ("Nothing was started", "没有开始")
    assert any(words in explain(language, BackendDown()) for words in started)
    assert not any(words in explain(language, BackendDown(), asked=True) for words in started)


def test_one_is_singular() -> None:
    assert say("en", "credits", available=1) == "You have 1 credit."
    assert say("en", "credits-with-frozen", available=2, frozen=1, total=3) == (
        "You have 2 credits; 1 more is set aside for work under way (3 in all)."
    )
