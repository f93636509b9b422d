"""A value is cut out of JSON text as it was written, and no JSON makes the reader fail otherwise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.wire.raw_json import MAX_DEPTH, BadJson, loads, member, raw_member

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


@given(VALUES, st.dictionaries(TEXT, VALUES, max_size=3), st.sampled_from([None, 2]), st.booleans())
def test_the_slice_is_the_value(value: object, others: dict[str, object], indent: int | None, ascii_only: bool) -> None:
    body = {"data": {**others, "draft": value}}
    text = json.dumps(body, indent=indent, ensure_ascii=ascii_only)
    raw = raw_member(text, ("data", "draft"))
    assert raw is not None
    assert raw in text
    assert json.loads(raw) == value


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ('{"a":{"b":1.0}}', "1.0"),
        ('{ "a" : { "b" : [ 1 , 2 ] } }', "[ 1 , 2 ]"),
        ('{"a":{"b":1,"b":1e3}}', "1e3"),
        ('{"\\u0061":{"b":"\\u00e9"}}', '"\\u00e9"'),
        ('\n{"x":{"b":0},"a":{"c":{"b":3},"b":"}{"}}\n', '"}{"'),
        ('{"a":[]}', None),
        ('{"a":{}}', None),
        ("[]", None),
        ("", None),
        ("{", None),
        ('{"a":', None),
        ('{"a":{"b":' + "[" * 5000, None),
    ],
)
def test_a_value_is_found_by_its_path(text: str, raw: str | None) -> None:
    assert raw_member(text, ("a", "b")) == raw


@given(st.text(st.sampled_from('{}[]",:ab1 \\'), max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    raw_member(text, ("a", "b"))


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5000, "{", "", "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)])
def test_what_nobody_sends_in_good_faith_is_bad_json(text: str) -> None:
    with pytest.raises(BadJson):
        loads(text)


def test_a_path_through_anything_but_objects_leads_nowhere() -> None:
    assert member({"a": [1]}, ("a", "b")) is None
    assert member({"a": {"b": 1}}, ("a", "b")) == 1
