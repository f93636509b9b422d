"""Requests checked against the Bot API's own description: methods, parameters, types, nested objects.

The description is a file outside of the repository, named by `API_SPEC_DIR`; without it nothing is checked.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from tests.servers.telegram.calls import Call
from tests.servers.telegram.refusals import Json

FILE = "telegram-bot-api-10.0.json"
_ARRAY = "Array of "
_MUST_BE = re.compile(r"(?:must be|always) [“\"]?([a-z_]+)[”\"]?$")


class Spec:
    def __init__(self, description: Json) -> None:
        self._methods: dict[str, Json] = description["methods"]
        self._types: dict[str, Json] = description["types"]
        self._by_lower = {name.lower(): name for name in self._methods}

    @property
    def methods(self) -> list[str]:
        """The names of all methods, in lower case."""
        return list(self._by_lower)

    @classmethod
    def find(cls) -> Spec | None:
        folder = os.environ.get("API_SPEC_DIR", "")
        path = Path(folder) / FILE
        return cls(json.loads(path.read_text(encoding="utf-8"))) if folder and path.exists() else None

    def problems(self, method: str, call: Call) -> list[str]:
        """What is wrong with a request, [] where nothing is."""
        name = self._by_lower.get(method.lower())
        if name is None:
            return [f"{method}: no such method"]
        fields = {field["name"]: field for field in self._methods[name].get("fields", [])}
        given = {**call.values, **{part: call.uploads[part] for part in call.uploads if part in fields}}
        found = [f"{name}: unknown parameter {key}" for key in given if key not in fields]
        for key, field in fields.items():
            if key in given:
                found += self._parameter(f"{name}.{key}", given[key], field["types"], call)
            elif field.get("required"):
                found.append(f"{name}: {key} is required")
        return found + self._loose_parts(name, call, fields)

    def _loose_parts(self, name: str, call: Call, fields: Json) -> list[str]:
        """Files that no parameter refers to."""
        words = json.dumps([value for value in call.values.values() if isinstance(value, str | list | dict)])
        return [
            f"{name}: nothing refers to the part {part}"
            for part in call.uploads
            if part not in fields and f"attach://{part}" not in words
        ]

    def _parameter(self, where: str, value: Any, types: list[str], call: Call) -> list[str]:
        if not isinstance(value, str):
            is_file = not isinstance(value, int | float | bool | list | dict)
            if is_file:
                return [] if "InputFile" in types else [f"{where}: a file where {types} is wanted"]
            return self._value(where, value, types, call)
        if "String" in types or "InputFile" in types:
            return self._text(where, value, call)
        try:
            return self._value(where, json.loads(value), types, call)
        except ValueError:
            return [f"{where}: {value[:60]!r} is not JSON of {types}"]

    def _text(self, where: str, value: str, call: Call) -> list[str]:
        if value.startswith("attach://") and value.removeprefix("attach://") not in call.uploads:
            return [f"{where}: {value} names no part"]
        return []

    def _value(self, where: str, value: Any, types: list[str], call: Call) -> list[str]:
        """The problems of the type that fits best."""
        tries = [self._of_type(where, value, kind, call) for kind in self._candidates(value, types)]
        return min(tries, key=len) if tries else [f"{where}: {json.dumps(value)[:80]} is none of {types}"]

    def _candidates(self, value: Any, types: list[str]) -> list[str]:
        names = [sub for kind in types for sub in self._types.get(kind, {}).get("subtypes", [kind])]
        if isinstance(value, dict):
            fitting = [name for name in names if self._tells(name, value)]
            return fitting or [name for name in names if name in self._types]
        if isinstance(value, list):
            # Several "Array of …" are one array of any of them.
            inner = [name.removeprefix(_ARRAY) for name in names if name.startswith(_ARRAY)]
            return [_ARRAY + "|".join(inner)] if inner else []
        return [name for name in names if name not in self._types and not name.startswith(_ARRAY)]

    def _tells(self, name: str, value: Json) -> bool:
        """Whether the constant fields of a type ("type", "source") are those of the value."""
        constants = self._constants(name)
        return name in self._types and all(value.get(key) == constant for key, constant in constants.items())

    def _constants(self, name: str) -> dict[str, str]:
        return {
            field["name"]: match[1]
            for field in self._types.get(name, {}).get("fields", [])
            if (match := _MUST_BE.search(field["description"].rstrip(".").split(". ")[0]))
        }

    def _of_type(self, where: str, value: Any, kind: str, call: Call) -> list[str]:
        if kind.startswith(_ARRAY):
            inner = kind.removeprefix(_ARRAY).split("|")
            found: list[str] = []
            for index, item in enumerate(value):
                found += self._value(f"{where}[{index}]", item, inner, call)
            return found
        if kind in self._types:
            return self._object(where, value, kind, call)
        if isinstance(value, str):
            return self._text(where, value, call) if kind == "String" else [f"{where}: a text where {kind} is wanted"]
        whole = isinstance(value, int) and not isinstance(value, bool)
        good = {"Integer": whole, "Float": whole or isinstance(value, float), "Boolean": isinstance(value, bool)}
        return [] if good.get(kind) else [f"{where}: {value!r} is no {kind}"]

    def _object(self, where: str, value: Json, kind: str, call: Call) -> list[str]:
        fields = {field["name"]: field for field in self._types[kind].get("fields", [])}
        found = [f"{where}: {kind} has no field {key}" for key in value if key not in fields]
        found += [
            f"{where}: {key} of {kind} is {constant}, not {value[key]}"
            for key, constant in self._constants(kind).items()
            if key in value and value[key] != constant
        ]
        for key, field in fields.items():
            if key in value:
                found += self._value(f"{where}.{key}", value[key], field["types"], call)
            elif field.get("required"):
                found.append(f"{where}: {kind} needs {key}")
        return found
