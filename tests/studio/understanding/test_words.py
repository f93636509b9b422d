"""What must hold of the word files and the records: no prompt is learnt by itself."""

from __future__ import annotations

import pytest

from core.language.traditional import simplified
from studio.timeline import operations
from studio.understanding.lexicon import examples, sections
from studio.understanding.parse import parse
from studio.understanding.records import records, schema
from studio.understanding.scopes import scoped
from studio.understanding.tokens import tokens_of
from studio.understanding.values import LANGUAGES
from tests.studio.understanding.page import PAGE, page

_LONGEST = {"en": 5, "zh": 8}  # words, characters


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_a_sentence(language: str) -> None:
    phrases = [p for entry, _, found in sections(language) if entry.kind != "say" for p in found]
    long = [
        p for p in phrases if (len(p.replace("~", "").split()) if language == "en" else len(p)) > _LONGEST[language]
    ]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_holds_the_words_of_one_language(language: str) -> None:
    phrases = [phrase for _, _, found in sections(language) for phrase in found]
    has_chinese = [phrase for phrase in phrases if any("\u4e00" <= c <= "\u9fff" for c in phrase)]
    assert (has_chinese == []) if language == "en" else all(simplified(phrase) == phrase for phrase in phrases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operation_has_an_example_that_is_understood(language: str) -> None:
    able = {record.name for record in records()} - {"cannot"}
    assert examples(language).keys() == able
    for name, text in examples(language).items():
        tokens = scoped(tokens_of(text).tokens)
        read = parse(tokens, frozenset({"video", "audio"}) if name != "visualize" else frozenset({"audio"}))
        assert [each.record.name for each in read if each.record] == [name], text


def test_every_operation_of_the_timeline_has_a_record() -> None:
    kinds = set(operations.Operation.__args__)
    assert {record.target for record in records() if record.target} == kinds


def test_every_concept_of_a_record_has_words() -> None:
    said = {entry.kind for language in LANGUAGES for entry, _, _ in sections(language)}
    needed = {kind for record in records() for way in record.ways for need in way.split() for kind in need.split("|")}
    values = {"span", "percent", "db", "factor", "number", "pixels", "ratio", "degrees", "steps", "format", "quote"}
    assert needed - said - values - {"filename"} == set()


def test_the_page_is_that_of_the_records() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_schema_names_every_operation_by_its_tag() -> None:
    kinds = {one["properties"]["op"]["const"]: one for one in schema()["oneOf"]}
    assert kinds.keys() == {record.name for record in records() if record.target}
    assert kinds["speed"]["properties"]["factor"] == {"type": "number"}
    assert kinds["rotate"]["required"] == ["op"], "what has a usual value may be left out"
