"""The studio's JSON answers as others that the cloud may give, and what it may refuse."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.servers.studio.drafts import long_keys
from tests.servers.studio.variants import Shape, Variants

Json = dict[str, Any]

RENDERS = "/api/render/proxy/lambda"
_TOKEN = "/api/auth/anonymous-token"
_IN_HTTP = {1001: 401, 1002: 404, 4001: 415, 4002: 413}
_TOKENS_PER_ADDRESS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    body: Json
    status: int = 200


class Answers:
    """Keeps what one studio's answers depend on: who had a token, and when each render began and ended."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._clients: set[str] = set()
        self._began: dict[str, int] = {}
        self._ended: dict[str, int] = {}
        self._completed_polls: Counter[str] = Counter()

    def refusal(self, method: str, path: str, client_id: str) -> Answer | None:
        """What is refused before the studio sees it."""
        if self._variants.rate_limited > 0:
            self._variants.rate_limited -= 1
            return Answer({"code": 429, "message": "Too many requests."}, 429)
        if path == _TOKEN and self._variants.rate_limits and self._has_enough_tokens(client_id):
            return Answer({"code": 429, "message": "Too many tokens were asked for."}, 429)
        if (method, path) == ("POST", RENDERS) and self._variants.plan_blocks:
            return Answer({"code": 402, "message": "Your plan does not include exports."}, 402)
        if path == "/run_sse" and self._variants.refuses_run:
            return Answer({"code": 2001, "message": "Not enough credits."})
        return None

    def varied(self, method: str, path: str, answer: Answer) -> Answer:
        """The studio's answer in the ways that are switched on."""
        body = answer.body
        if "message" in body and body.get("code"):
            return self.error(answer)
        if (method, path) == ("POST", RENDERS):
            self._began[body["data"]["id"]] = _now()
        elif path.startswith(RENDERS):
            return Answer(self._shaped(self._without_link(body)), answer.status)
        data = body.get("data")
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key != "user_id" or not self._variants.user_id_absent}
            if self._variants.long_keys and "state" in data:
                data["state"] = {**data["state"], "draft": long_keys(data["state"]["draft"])}
            body = {**body, "data": data}
        return Answer(body, answer.status)

    def error(self, answer: Answer) -> Answer:
        """An error under the key, and with the status, that are wanted."""
        status = _IN_HTTP.get(answer.body["code"]) if self._variants.codes_in_http else None
        named = {self._variants.error_key if key == "message" else key: value for key, value in answer.body.items()}
        if status is None:
            return Answer(named, answer.status)
        named.pop("code")
        return Answer(named, status)

    def _has_enough_tokens(self, client_id: str) -> bool:
        if client_id in self._clients or len(self._clients) >= _TOKENS_PER_ADDRESS:
            return True
        self._clients.add(client_id)
        return False

    def _without_link(self, poll: Json) -> Json:
        if poll["status"] == "completed":
            self._completed_polls[poll["taskId"]] += 1
            if self._completed_polls[poll["taskId"]] <= self._variants.polls_without_url:
                return {key: value for key, value in poll.items() if key != "output"}
        return poll

    def _shaped(self, poll: Json) -> Json:
        if self._variants.render_shape is Shape.FLAT:
            return poll
        render = poll["taskId"]
        rest = {key: value for key, value in poll.items() if key not in ("taskId", "output")}
        link = {"outputUrl": poll["output"]["url"]} if "output" in poll else {}
        times = {"createdAt": self._began[render]}
        if poll["status"] in ("completed", "failed"):
            times["completedAt"] = self._ended.setdefault(render, _now())
        data = {"id": render, **rest, **link, **times}
        first: Json = {"success": True} if self._variants.render_shape is Shape.WRAPPED else {"code": 0}
        return {**first, "data": data}


def _now() -> int:
    return round(time.time() * 1000)
