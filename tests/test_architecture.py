"""What the house's plan says of files, functions and who may know whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLATFORMS = re.compile(r"telegram|discord|console", re.IGNORECASE)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# The longest path of imports among the files and folders that stand in a package.
FLOORS = {"core": 8, "studio": 6}


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


ALL = list(_files("bots", "core", "storage", "studio"))
CORE = list(_files("core"))


def test_the_search_sees_the_house() -> None:
    assert len(ALL) > 100
    assert len(CORE) > 50


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_names_no_platform(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(statement.value) for statement in ast.walk(tree) if isinstance(statement, ast.Expr)}
    named = [
        (getattr(node, "lineno", 0), text)
        for node in ast.walk(tree)
        for text in _texts(node)
        if PLATFORMS.search(text) and id(node) not in docstrings
    ]
    assert named == []


def test_the_settings_of_the_core_name_no_platform_in_their_comments_either() -> None:
    assert not PLATFORMS.search((ROOT / "core/settings.py").read_text(encoding="utf-8"))


DUTIES = (
    *("access", "app", "attachments", "buttons", "commands", "configuration", "doctor", "errors", "incoming"),
    *("messenger", "outgoing", "places", "settings", "sharing"),
)


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_has_the_same_file_name_in_every_adapter(duty: str) -> None:
    assert {path.parent.name for path in (ROOT / "bots").glob(f"*/{duty}.py")} >= {"telegram", "discord"}


def test_the_language_of_an_answer_is_decided_in_one_place() -> None:
    callers = [_name(path) for path in CORE if "language_of(" in path.read_text(encoding="utf-8")]
    assert callers == ["core/assistant/asked.py", "core/language/detection.py"]


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)) | ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text):
            yield text
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (name.name for name in names)
            yield getattr(node, "module", "") or ""
        case ast.FunctionDef(name=text) | ast.AsyncFunctionDef(name=text) | ast.ClassDef(name=text):
            yield text


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    long = {_name(path): n for path in ALL if (n := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_function_is_too_long_to_be_seen_at_once() -> None:
    long = {}
    for path in ALL:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{_name(path)}:{node.name}"] = length
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        _name(path)
        for path in ALL
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("package", FLOORS)
def test_a_package_has_few_floors_and_no_circle(package: str) -> None:
    most = FLOORS[package]
    below = _rooms(package)
    assert _longest_path(below) <= most


def _rooms(package: str) -> dict[str, set[str]]:
    """What each file or folder directly in `package` imports of the others."""
    below: dict[str, set[str]] = {}
    for path in _files(package):
        room = path.relative_to(ROOT / package).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        found = {name.split(".")[1] for name in _imported(path) if name.startswith(f"{package}.")}
        below.setdefault(room, set()).update(found - {room})
    return {room: found & below.keys() for room, found in below.items()}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{name.name}" for name in names)
            case ast.Import(names=names):
                yield from (name.name for name in names)


def _longest_path(below: dict[str, set[str]]) -> int:
    """Raises `CycleError` where rooms import each other in a circle."""
    floors: dict[str, int] = {}
    for room in TopologicalSorter(below).static_order():
        floors[room] = 1 + max((floors[each] for each in below[room]), default=0)
    return max(floors.values())
