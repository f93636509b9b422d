"""Every request held against Discord's own OpenAPI document, where it is at hand."""

from __future__ import annotations

import functools
import json
import os
import re
from pathlib import Path
from typing import Any

from aiohttp import web
from jsonschema import Draft202012Validator

from tests.servers.discord.world import Json

NAME = "discord-openapi.json"
# Parameters of a path that stand for one segment, whatever it is.
_PARAMETER = re.compile(r"\{[^}]+\}")


def spec_file() -> Path | None:
    folder = os.environ.get("API_SPEC_DIR")
    path = Path(folder) / NAME if folder else None
    return path if path and path.is_file() else None


@functools.cache
def load(path: Path) -> Spec:
    return Spec(json.loads(path.read_text(encoding="utf-8")))


class Spec:
    """Says what is wrong with a request. Integers are let pass as ids: the document knows only strings."""

    def __init__(self, document: Json) -> None:
        self._components = document["components"]
        self._components["schemas"]["SnowflakeType"] = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
        self._paths = [(_pattern(path), path, item) for path, item in document["paths"].items()]
        # The plain words of a path before its placeholders: /users/@me is no /users/{id}.
        self._paths.sort(key=lambda each: each[1].count("{"))
        self._validators: dict[int, Draft202012Validator] = {}

    def complaints(self, method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
        for pattern, name, item in self._paths:
            if pattern.fullmatch(path) and method.lower() in item:
                operation = item[method.lower()]
                wrong = [*self._query(item, operation, query), *self._body(operation, body)]
                return [f"{method} {name}: {each}" for each in wrong]
        return [f"{method} {path}: no such endpoint"]

    def _query(self, item: Json, operation: Json, query: dict[str, str]) -> list[str]:
        known = {each["name"] for each in (*item.get("parameters", ()), *operation.get("parameters", ()))}
        return [f"unknown query parameter {name}" for name in query if name not in known]

    def _body(self, operation: Json, body: Any) -> list[str]:
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if body is None or schema is None:
            return [] if body is None or not body else ["a body that the document does not know"]
        validator = self._validator(schema)
        return [f"{'/'.join(map(str, error.path))}: {error.message[:300]}" for error in validator.iter_errors(body)]

    def _validator(self, schema: Json) -> Draft202012Validator:
        if id(schema) not in self._validators:
            whole = {**schema, "components": self._components}
            self._validators[id(schema)] = Draft202012Validator(whole)
        return self._validators[id(schema)]


def _pattern(path: str) -> re.Pattern[str]:
    parts = _PARAMETER.split(path)
    return re.compile(r"[^/]+".join(re.escape(part) for part in parts))


def said(request: web.Request, body: Any) -> list[str]:
    """What the document says against a request of the bot; [] without the document."""
    path = spec_file()
    if path is None:
        return []
    plain = request.path.removeprefix("/api/v10")
    return load(path).complaints(request.method, plain, dict(request.query), body)
