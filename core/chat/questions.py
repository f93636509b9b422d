"""The message with a question's buttons, after the question: the buttons go, and what is left of it stays."""

from __future__ import annotations

from collections.abc import Mapping

from core.chat.buttons import result_buttons
from core.messages import Outgoing
from core.ports import Messenger, Store


async def withdraw_choices(store: Store, messengers: Mapping[str, Messenger], job_id: str, under: str = "") -> None:
    """`job_id` asked; `under` is the message that a choice was pressed under, "" where none was: an album has its
    buttons under a message of their own. Raises what a messenger raises."""
    job = await store.job(job_id)
    if job is None or job.question is None or not job.question.choices:
        return
    kept = None if job.asked_in else await store.kept_result(job_id)
    message_id = job.asked_in or under or (kept.message if kept else "")
    messenger = messengers.get(job.place.platform)
    if messenger is None or not message_id or messenger.limits(job.place).edit_every is None:
        return
    left = result_buttons(job) if kept else ()
    shown = Outgoing("", buttons=left, result=job.id if kept else "", language=job.language)
    await messenger.set_buttons(job.place, message_id, shown)
