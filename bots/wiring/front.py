"""The front: the assistant that takes messages, with its replies and its waiting line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from core.aio import in_the_background
from core.assistant.assistant import Assistant
from core.assistant.inquiries import Inquiries
from core.assistant.questions import Questions
from core.assistant.replies import Replies
from core.assistant.requests import JobFactory
from core.assistant.waiting_line import WaitingLine
from core.nemo.gateway import Gateway
from core.ports import Clock, Engine, Messenger, Store
from core.records import Room


@asynccontextmanager
async def open_front(
    store: Store,
    engine: Engine,
    messengers: Mapping[str, Messenger],
    clock: Clock,
    gateway: Gateway,
    waiting_line: WaitingLine,
    job_factory: JobFactory,
    room: Room,
    *,
    inherits: bool,
) -> AsyncIterator[Assistant]:
    """With `inherits` it also goes on with the waiting line of an earlier process."""
    inquiries = Inquiries(store, gateway, clock, job_factory.skills, job_factory.default)
    replies = Replies(store, messengers, clock, inquiries.words)
    async with (
        in_the_background(replies.take_over_for_ever()),
        _put_down_at_the_end(replies),
        in_the_background(waiting_line.keep_up_to_date(inherit=inherits)),
    ):
        yield Assistant(store, engine, replies, waiting_line, job_factory, clock, room, Questions(store, messengers))


@asynccontextmanager
async def _put_down_at_the_end(replies: Replies) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await replies.put_down()
