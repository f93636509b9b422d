"""The data of a place, beside its jobs: its project, kept results, inbox and outbox, and adapters' values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.job import Project, ProjectValue
from core.messages import Place
from core.records import InboxEntry, KeptResult, OutboxEntry, PublishedResult
from storage import sql
from storage.driver import Driver, Rows, Transaction
from storage.rows import (
    outbox_from_row,
    project_from_row,
    project_to_row,
    published_from_row,
    published_to_row,
    result_from_row,
    result_to_row,
)

Values = dict[str, Any]


class PlaceRows:
    """Implements `core.store.PlaceStore` and `core.store.KeyValues`. Each call is one transaction."""

    def __init__(self, driver: Driver, now: Callable[[], float]) -> None:
        self._driver = driver
        self._now = now

    async def project(self, place: Place) -> Project:
        rows = await self._one(sql.PROJECT, where(place))
        return project_from_row(place, rows[0] if rows else None)

    def _project(self, place: Place) -> Transaction[Project]:
        rows = yield sql.PROJECT, where(place)
        return project_from_row(place, rows[0] if rows else None)

    async def update_project(self, place: Place, **changes: ProjectValue) -> Project:
        return await self._driver.transact(self._update_project(place, changes))

    def _update_project(self, place: Place, changes: Mapping[str, Any]) -> Transaction[Project]:
        if lock := self._driver.lock(f"project {place}"):
            yield lock
        project = replace((yield from self._project(place)), **changes)
        yield sql.SAVE_PROJECT, {**project_to_row(project), "at": self._now()}
        return project

    async def newest_place(self, platform: str) -> Place | None:
        rows = await self._one(sql.NEWEST_PLACE, {"platform": platform})
        return Place(platform, rows[0]["place"]) if rows else None

    async def move_place(self, old: Place, new: Place) -> None:
        await self._driver.transact(self._move_place({**where(old), "new": new.key}))

    def _move_place(self, places: Values) -> Transaction[None]:
        for statement in (*sql.MOVE_PLACE, sql.MOVE_PROJECT, sql.MOVE_VALUES):
            yield statement, places

    # --- kept results

    async def keep_result(self, result: KeptResult) -> None:
        await self._one(sql.KEEP_RESULT, result_to_row(result))

    async def kept_result(self, result_id: str) -> KeptResult | None:
        rows = await self._one(sql.KEPT_RESULT, {"id": result_id})
        return result_from_row(rows[0]) if rows else None

    async def result_of_message(self, place: Place, message: str) -> KeptResult | None:
        rows = await self._one(sql.RESULT_OF_MESSAGE, {**where(place), "message": message})
        return result_from_row(rows[0]) if rows else None

    async def kept_results(self, platform: str, sender: str, most: int = 20) -> list[KeptResult]:
        values = {"platform": platform, "sender": sender, "most": most}
        return [result_from_row(row) for row in await self._one(sql.KEPT_RESULTS, values)]

    async def publish(self, result: PublishedResult) -> PublishedResult:
        [row] = await self._one(sql.PUBLISH, published_to_row(result))
        return published_from_row(row)

    async def published(self, slug: str) -> PublishedResult | None:
        rows = await self._one(sql.PUBLISHED, {"slug": slug})
        return published_from_row(rows[0]) if rows else None

    # --- what adapters keep for themselves

    async def values(self, platform: str, scope: str) -> dict[str, str]:
        rows = await self._one(sql.VALUES, {"platform": platform, "scope": scope})
        return {row["key"]: row["value"] for row in rows}

    async def set_values(self, platform: str, scope: str, values: Mapping[str, str]) -> None:
        await self._driver.transact(self._set_values(platform, scope, values))

    def _set_values(self, platform: str, scope: str, values: Mapping[str, str]) -> Transaction[None]:
        # In the order of their keys: two that write the same ones at once must not wait for each other in a circle.
        for key, value in sorted(values.items()):
            named = {"platform": platform, "scope": scope, "key": key}
            if value:
                yield sql.SET_VALUE, {**named, "value": value}
            else:
                yield sql.DELETE_VALUE, named

    # --- the inbox: what came in and is not a request yet

    async def add_to_inbox(self, platform: str, item: str, body: str) -> None:
        await self._one(sql.ADD_TO_INBOX, {"platform": platform, "id": item, "at": self._now(), "body": body})

    async def inbox(self, platform: str, prefix: str) -> list[InboxEntry]:
        rows = await self._one(sql.INBOX, {"platform": platform, "prefix": prefix})
        return [InboxEntry(row["id"], row["at"], row["body"]) for row in rows]

    async def remove_from_inbox(self, platform: str, items: Iterable[str]) -> None:
        await self._driver.transact(self._remove_from_inbox(platform, items))

    def _remove_from_inbox(self, platform: str, items: Iterable[str]) -> Transaction[None]:
        for item in items:
            yield sql.REMOVE_FROM_INBOX, {"platform": platform, "id": item}
            yield sql.FIRST_SIGHT, {"platform": platform, "id": item, "at": self._now()}

    async def take_over_inbox(self, platform: str, before: float) -> list[str]:
        values = {"platform": platform, "before": before, "now": self._now()}
        return [row["body"] for row in await self._one(sql.TAKE_OVER_INBOX, values)]

    # --- the outbox: answers that are still to be sent

    async def remove_from_outbox(self, sent: Sequence[OutboxEntry]) -> None:
        await self._driver.transact(self._remove_from_outbox(sent))

    def _remove_from_outbox(self, sent: Sequence[OutboxEntry]) -> Transaction[None]:
        for entry in sent:
            yield sql.REMOVE_FROM_OUTBOX, {"platform": entry.place.platform, "id": entry.message}

    async def take_over_outbox(self, before: float, platforms: Collection[str]) -> list[OutboxEntry]:
        values = {"before": before, "now": self._now(), "platforms": listed(platforms)}
        return [outbox_from_row(row) for row in await self._one(sql.TAKE_OVER_OUTBOX, values)]

    async def _one(self, statement: str, values: Values) -> Rows:
        return await self._driver.single(statement, values)


def listed(platforms: Iterable[str]) -> str:
    return f"|{'|'.join(sorted(platforms))}|"


def where(place: Place | None) -> Values:
    return {"platform": place.platform if place else None, "place": place.key if place else None}
