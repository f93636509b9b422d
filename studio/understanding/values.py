"""Values in a text: spans of time, percentages, factors, ratios, formats … by the patterns of the value files. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from studio.understanding.spans import BARE, CLOCK, ORDER, N, Span, Times, Units, length_pattern

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "zh")
_FILES = ("any", *LANGUAGES)
_SIGNS = ("color", "pixels", "percent", "db", "bitrate", "bits", "ratio", "factor", "degrees", "steps")
_RATIOS = {
    *((9, 16), (16, 9), (1, 1), (4, 5), (5, 4), (4, 3), (3, 4), (21, 9), (9, 21), (2, 3), (3, 2), (2, 1), (1, 2)),
    *((18, 9), (9, 18), (16, 10), (10, 16), (2.35, 1), (2.39, 1), (1.85, 1)),
}
_TAKEN = "\x01"
Value = float | str | tuple[int, int] | Span


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    needs: str  # a character of this class must be in the text: it saves the time of looking


@dataclass(frozen=True, slots=True)
class Rules:
    signs: tuple[Rule, ...]
    spans: tuple[Rule, ...]
    formats: tuple[Rule, ...]
    times: Times
    time_before: re.Pattern[str]  # "9:16" between these is a time and no ratio
    time_after: re.Pattern[str]
    source_before: re.Pattern[str]  # "the mp3" is a file that was sent and no format to make


def find_values(text: str) -> list[Found]:
    """The values in normalised text. One character is part of one value at most."""
    rules = _rules()
    taken = [False] * len(text)
    found = [each for rule in rules.signs for each in _signs(rule, text, taken)]
    blanked = "".join(" " if taken[i] else character for i, character in enumerate(text))
    if any(character.isdigit() for character in blanked) or re.search("half|third|quarter|半|一", blanked):
        found += _spans(rules, blanked, taken)
    found += [each for rule in rules.formats for each in _signs(rule, text, taken)]
    return sorted(found, key=lambda each: each.start)


def _signs(rule: Rule, text: str, taken: list[bool]) -> Iterator[Found]:
    for match in rule.pattern.finditer(text):
        value = _value_of(rule.name, match, text)
        if value is not None and not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            is_source = rule.name == "format" and _rules().source_before.search(text[: match.start()])
            yield Found("sentformat" if is_source else rule.name, value, match.start(), match.end())


def _spans(rules: Rules, text: str, taken: list[bool]) -> Iterator[Found]:
    scripts = {"en": bool(re.search("[a-z]", text)), "zh": bool(re.search("[\u4e00-\u9fff]", text)), "any": True}
    for rule in rules.spans:
        if not scripts[rule.needs]:
            continue
        while match := rule.pattern.search(text):
            start, end = match.span()
            yield Found("span", rules.times.of(rule.name, match), start, end)
            taken[start:end] = [True] * (end - start)
            text = text[:start] + _TAKEN * (end - start) + text[end:]


def _value_of(kind: str, match: re.Match[str], text: str) -> Value | None:
    groups = match.groupdict()
    match kind:
        case "color":
            return match[0] if len(match[0]) == 7 else "#" + "".join(2 * digit for digit in match[0][1:])
        case "pixels":
            return int(groups["a"]), int(groups["b"])
        case "percent":
            if groups.get("share"):
                return float(groups["share"])
            return int(groups["tenths"]) / 10 if groups.get("tenths") else float(groups["n"]) / 100
        case "db":
            return float(groups["n"]) * (-1 if groups["sign"] == "-" else 1)
        case "ratio":
            pair = (float(groups["a"]), float(groups["b"]))
            return f"{pair[0]:g}:{pair[1]:g}" if pair in _RATIOS and not _is_time(match, text) else None
        case "steps":
            return float(groups["n"]) if groups["n"].isdigit() else float("__两三四五六".index(groups["n"]))
        case "format":
            return "wav" if groups["s"] == "wave" else groups["s"]
        case "bits":
            return match[0]
        case _:
            return float(groups["n"])


def _is_time(match: re.Match[str], text: str) -> bool:
    rules = _rules()
    before, after = text[: match.start()], text[match.end() :]
    return ":" in match[0] and bool(rules.time_before.search(before) or rules.time_after.match(after))


@cache
def _rules() -> Rules:
    lines = [(language, *line) for language in _FILES for line in _lines(language)]
    units = _units([line for line in lines if line[1] == "unit"])
    length = length_pattern(units)
    shared = {"N": N, "C": CLOCK, "L": length, "T": f"(?:{CLOCK}|{length})", "BARE": BARE}
    made: list[Rule] = []
    for language in _FILES:
        own = shared | dict(line[2].split(" ", 1) for line in lines if line[:2] == (language, "let"))
        for _, name, pattern in (
            line for line in lines if line[0] == language and line[1] in (*_SIGNS, *ORDER, "format")
        ):
            made.append(Rule(name, re.compile(_filled(pattern, own)), language))
    shares = {name: int(parts) for line in lines if line[1] == "share" for name, parts in [line[2].rsplit(" ", 1)]}
    around = [
        re.compile("|".join(f"(?:{_filled(line[2], shared)})" for line in lines if line[1] == name))
        for name in ("time_before", "time_after", "source_before")
    ]
    signs, spans, formats = (_in_order(made, names) for names in (_SIGNS, ORDER, ("format",)))
    return Rules(signs, spans, formats, Times(units, shares), *around)


def _in_order(rules: list[Rule], names: tuple[str, ...]) -> tuple[Rule, ...]:
    """By what they find, then written signs last: "from 0:10-0:20" holds "0:10-0:20"."""
    return tuple(
        rule for name in names for rule in sorted(rules, key=lambda rule: rule.needs == "any") if rule.name == name
    )


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z]+)\}", lambda match: _filled(pieces[match[1]], pieces), pattern)


def _units(lines: list[tuple[str, str, str]]) -> Units:
    names: dict[str, list[str]] = {}
    for _, _, line in lines:
        unit, pattern = line.split(" ", 1)
        names.setdefault(unit, []).append(pattern)
    return Units("|".join(names["HOUR"]), "|".join(names["MINUTE"]), "|".join(names["SECOND"]))


def _lines(language: str) -> Iterator[tuple[str, str]]:
    for line in (FOLDER / f"{language}_values.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, pattern = line.partition(" ")
            yield name, pattern
