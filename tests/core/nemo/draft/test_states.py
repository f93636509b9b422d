"""Two states mean the same whatever their addresses and times are, and differ where their timeline or files do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.draft.states import canonical, differs
from core.nemo.models import SessionState

Json = dict[str, Any]


def state(draft: object, videos: object = None, media: object = None) -> SessionState:
    return SessionState(None, draft, videos, media)


def test_the_same_state_is_the_same_text() -> None:
    plain = state({"t": [{"tt": 0}], "d": 10000})
    assert canonical(plain) == canonical(state({"d": 10000.0, "t": [{"tt": 0}]}))
    assert canonical(plain) == canonical(state('{"d":1e4, "t":[{"tt":0}]}', [], {}))
    assert canonical(state(None)) == canonical(state({}))
    assert json.loads(canonical(plain)) == {
        "canvas_config": None,
        "draft": {"d": 10000, "t": [{"tt": 0}]},
        "generated_media": None,
        "video_infos": None,
    }


def test_any_difference_in_the_state_shows() -> None:
    plain = state({"d": 1}, [{"f": 1}], {"a": 1})
    for other in [
        replace(plain, draft={"d": 2}),
        replace(plain, draft={"d": True}),
        replace(plain, video_infos=[{"f": 1}, {"f": 2}]),
        replace(plain, generated_media={"a": "1"}),
        replace(plain, draft=None),
    ]:
        assert canonical(other) != canonical(plain)


def _project(
    at: str = "http://127.0.0.1:40001/media/", sign: str = "", source: str = "a.mp4", **segment: object
) -> SessionState:
    """Two files and a segment of one of them."""
    files = [{"filename": name, "cdn_url": f"{at}{name}{sign}", "duration": 3} for name in ("a.mp4", "b.mp4")]
    return state({"t": [{"tt": 0, "sg": [{"src": f"{at}{source}{sign}", "s": 0, "d": 3000, **segment}]}]}, files)


@pytest.mark.parametrize(
    "later",
    [
        _project(at="http://127.0.0.1:40002/media/"),
        _project(sign="?X-Amz-Signature=2b7f&Expires=1790000000"),
        _project(at="https://cdn-7.example/signed/9f3a77c1/"),
    ],
)
def test_where_a_file_lies_is_no_change(later: SessionState) -> None:
    assert not differs(canonical(_project()), later)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"updated_at": "2026-03-18T00:00:00Z"}, {"updated_at": "2026-03-18T00:00:05Z"}),
        ({"updatedAt": 1773423613616}, {"updatedAt": 1773423641222}),
        ({"seen": "2026-03-18T00:00:00Z"}, {"seen": "2026-03-19T07:00:00+02:00"}),
        ({"touched": 1773423613616}, {"touched": 1773423641222}),
        ({"expires_in": 3600}, {"expires_in": 3590}),
        ({}, {"lastModified": 5}),
    ],
)
def test_when_something_was_written_down_is_no_change(earlier: Json, later: Json) -> None:
    assert not differs(canonical(_project(**earlier)), _project(**later))


@pytest.mark.parametrize(
    "later",
    [
        _project(source="b.mp4"),
        _project(d=2000),
        _project(v=0.5),
        _project(at="http://127.0.0.1:40002/media/", source="b.mp4"),
        state({}, _project().video_infos),
        replace(_project(), video_infos=None),
        replace(_project(), generated_media=[{"url": "https://cdn.example/song.mp3"}]),
        replace(_project(), canvas_config={"width": 1080, "height": 1920}),
    ],
)
def test_another_timeline_or_another_file_is_a_change(later: SessionState) -> None:
    assert differs(canonical(_project()), later)


def test_the_second_file_of_a_name_is_another_file() -> None:
    files = [{"filename": "a.mp4", "cdn_url": f"https://cdn.example/{n}/a.mp4"} for n in "12"]
    first, second = (state({"t": [{"sg": [{"src": file["cdn_url"]}]}]}, files) for file in files)
    assert differs(canonical(first), second)


def test_an_id_that_looks_like_a_time_is_an_id() -> None:
    assert differs(canonical(_project(id=1773423613616)), _project(id=1773423641222))


def test_a_state_that_was_kept_by_an_earlier_release_is_compared_by_what_it_means() -> None:
    kept = json.dumps(json.loads(canonical(_project())), sort_keys=True)
    assert not differs(kept, _project(at="http://127.0.0.1:40002/media/"))


def test_a_state_that_was_kept_without_its_frame_says_nothing_of_it() -> None:
    kept = json.loads(canonical(_project()))
    del kept["canvas_config"]
    framed = replace(_project(), canvas_config={"ratio": "9:16"})
    assert not differs(json.dumps(kept), framed)
    assert differs(json.dumps(kept), replace(_project(d=2000), canvas_config={"ratio": "9:16"}))


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just("https://a.b/c.mp4?d=e"))
ANYTHING = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(ANYTHING, ANYTHING)
def test_any_two_states_can_be_compared(one: object, other: object) -> None:
    assert not differs(canonical(state(one, other)), state(one, other))
    differs(canonical(state(one, other)), state(other, one))
