"""Which job may be claimed, when, and how long the claim is valid. Each statement is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.job import Job
from core.messages import Place
from core.store import ClaimFilter, Lease
from storage.driver import Driver, Rows
from storage.places import listed, where
from storage.rows import job_from_row

# Only the oldest open job of a place can be claimed: that keeps the order, whoever does the work. A claim without a
# heartbeat since `expired` may be taken over.
# A ready job without a claim does not hold up the others of its message. It waits for those that come right behind it,
# until it has been ready since `overdue`. It does not wait for one that has another message before it: that message
# waits for the ready job, and each would wait for the next for ever.
_CLAIMABLE = """
    candidate.open = 1 and (candidate.claim = '' or candidate.heartbeat < :expired)
    and not exists (
        select 1 from jobs as older where older.open = 1 and older.platform = candidate.platform
        and older.place = candidate.place and older.seq < candidate.seq
        and not (older.stage = 'ready' and (older.claim = '' or older.heartbeat < :expired)
            and candidate.stage <> 'ready' and older.message = candidate.message)
    )
    and (candidate.stage <> 'ready' or candidate.heartbeat < :overdue or not exists (
        select 1 from jobs as slower where slower.open = 1 and slower.platform = candidate.platform
        and slower.place = candidate.place and slower.message = candidate.message and slower.stage <> 'ready'
        and not exists (
            select 1 from jobs as between_them where between_them.open = 1
            and between_them.platform = candidate.platform and between_them.place = candidate.place
            and between_them.seq > candidate.seq and between_them.seq < slower.seq
            and between_them.message <> candidate.message
        )
    ))
    and (cast(:place as text) is null or (candidate.platform = :platform and candidate.place = :place))
    and (cast(:platforms as text) is null or :platforms like '%|' || candidate.platform || '|%')
    and (
        select count(*) from jobs as running where running.open = 1 and running.claim <> ''
        and running.heartbeat >= :expired
        and running.platform = candidate.platform and running.sender = candidate.sender
    ) < :per_person
"""

# `{for_update}` locks the row, and passes over one that somebody else is claiming.
CLAIM_NEXT = f"""
    update jobs set claim = :token, heartbeat = :now where seq = (
        select candidate.seq from jobs as candidate
        where {_CLAIMABLE}
        order by candidate.seq limit 1 {{for_update}}
    ) returning *
"""  # noqa: S608 - the only text put in is ours

# Whichever job of a place is asked for, its oldest is claimed.
CLAIM = f"""
    update jobs set claim = :token, heartbeat = :now where seq = (
        select candidate.seq from jobs as candidate
        where candidate.platform = (select platform from jobs where id = :id and open = 1)
        and candidate.place = (select place from jobs where id = :id) and {_CLAIMABLE}
        order by candidate.seq limit 1 {{for_update}}
    ) returning *
"""  # noqa: S608

# A claim's token begins with its worker's name.
RENEW = """
    update jobs set heartbeat = :now where open = 1 and claim <> '' and substr(claim, 1, 32) = :worker returning claim
"""

RELEASE_CLAIMS = """
    update jobs set claim = ''
    where open = 1 and claim <> '' and (cast(:place as text) is null or (platform = :platform and place = :place))
    returning id
"""

RELEASE = "update jobs set claim = '' where open = 1 and claim = :token returning id"


class ClaimRows:
    """The part of `core.store.JobStore` that hands out jobs."""

    def __init__(self, driver: Driver, now: Callable[[], float], lease: Lease) -> None:
        self._driver = driver
        self._now = now
        self._lease = lease

    async def claim_next(self, token: str, wanted: ClaimFilter | None = None) -> Job | None:
        return _job(await self._driver.single(CLAIM_NEXT, self._claiming(token, wanted)))

    async def claim(self, job_id: str, token: str, wanted: ClaimFilter | None = None) -> Job | None:
        return _job(await self._driver.single(CLAIM, {"id": job_id, **self._claiming(token, wanted)}))

    async def renew(self, worker: str) -> set[str]:
        rows = await self._driver.single(RENEW, {"worker": worker, "now": self._now()})
        return {row["claim"] for row in rows}

    async def release(self, token: str) -> None:
        await self._driver.single(RELEASE, {"token": token})

    async def release_claims(self, place: Place | None = None) -> None:
        await self._driver.single(RELEASE_CLAIMS, where(place))

    def _claiming(self, token: str, wanted: ClaimFilter | None) -> dict[str, Any]:
        now, wanted = self._now(), wanted or ClaimFilter()
        return {
            "token": token,
            "now": now,
            "expired": now - self._lease.expiry,
            "overdue": now - self._lease.ready,
            **where(wanted.place),
            "platforms": listed(wanted.platforms) if wanted.platforms is not None else None,
            "per_person": wanted.per_person,
        }


def _job(rows: Rows) -> Job | None:
    return job_from_row(rows[0]) if rows else None
