"""REST for interactions: the one answer within three seconds, and the webhook that lives for fifteen minutes."""

from __future__ import annotations

from aiohttp import web

from tests.servers.discord.answers import Refusal, answer, nothing, unknown_channel, unknown_message
from tests.servers.discord.hub import ACK_SECONDS, FOREIGN_FOLLOWUPS, TOKEN_SECONDS, Hub
from tests.servers.discord.posting import (
    EPHEMERAL,
    Posted,
    check_content,
    edit_message,
    new_message,
    read,
)
from tests.servers.discord.world import Interaction, Json, Message

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, AUTOCOMPLETE, MODAL = 4, 5, 6, 7, 8, 9
LOADING = 1 << 7


class InteractionsApi:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[web.RouteDef]:
        message = "/webhooks/{app}/{token}/messages/{message}"
        return [
            web.post("/interactions/{id}/{token}/callback", self.callback),
            web.post("/webhooks/{app}/{token}", self.followup),
            web.get(message, self.message),
            web.patch(message, self.edit),
            web.delete(message, self.delete),
        ]

    # --- the first answer

    async def callback(self, request: web.Request) -> web.Response:
        posted = await read(request, self._hub.upload_limit)
        each = self._hub.interactions.get(request.match_info["token"])
        if each is None or str(each.id) != request.match_info["id"]:
            raise Refusal(404, 10062, "Unknown interaction")
        if each.callback is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if self._hub.now() - each.created > ACK_SECONDS:
            raise Refusal(404, 10062, "Unknown interaction")
        made = self._first(each, int(posted.body["type"]), posted)
        each.callback, each.acked = int(posted.body["type"]), self._hub.now()
        self._hub.happened("ack", id=str(each.id), kind=each.callback, seconds=each.acked - each.created)
        if request.query.get("with_response") not in ("1", "true", "True"):
            return nothing()
        return answer(self._response(each, made))

    def _first(self, each: Interaction, kind: int, posted: Posted) -> Message | None:
        data = posted.body.get("data") or {}
        inner = Posted(data, posted.files)
        match kind:
            case 4:
                check_content(data, posted.files)
                each.original = self._say(each, inner, int(data.get("flags") or 0))
            case 5:
                each.original = self._say(each, inner, int(data.get("flags") or 0) | LOADING, loading=True)
            case 6 if each.kind in (3, 5):
                each.original = each.message
            case 7 if each.message is not None:
                check_content(data, posted.files, editing=True)
                each.original = edit_message(self._hub, each.message, inner)
            case 8 if each.kind == 4:
                each.choices = data["choices"]
            case 9 if each.kind in (2, 3):
                each.modal = data
            case _:
                raise Refusal(400, 50035, f"Invalid Form Body: a callback of type {kind} does not fit here")
        return each.original

    def _say(self, each: Interaction, posted: Posted, flags: int, *, loading: bool = False) -> Message:
        hidden = each.person if flags & EPHEMERAL else None
        posted.body["flags"] = flags
        return new_message(self._hub, each.channel, posted, ephemeral_to=hidden, loading=loading, webhook=True)

    def _response(self, each: Interaction, made: Message | None) -> Json:
        about: Json = {"id": str(each.id), "type": each.kind}
        if made is None or each.callback in (AUTOCOMPLETE, MODAL):
            return {"interaction": about}
        about |= {
            "response_message_id": str(made.id),
            "response_message_loading": made.loading,
            "response_message_ephemeral": made.ephemeral_to is not None,
        }
        if each.callback == DEFERRED_UPDATE:
            return {"interaction": about}
        return {"interaction": about, "resource": {"type": each.callback, "message": self._hub.shown(made)}}

    # --- the webhook

    def _alive(self, request: web.Request) -> Interaction:
        each = self._hub.interactions.get(request.match_info["token"])
        if each is None or request.match_info["app"] != str(self._hub.bot.id):
            raise Refusal(404, 10015, "Unknown Webhook")
        if each.expired or self._hub.now() - each.created > TOKEN_SECONDS:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if each.callback is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if each.channel.deleted:
            raise unknown_channel()
        return each

    async def followup(self, request: web.Request) -> web.Response:
        posted = await read(request, self._hub.upload_limit)
        each = self._alive(request)
        check_content(posted.body, posted.files)
        if each.original and each.original.loading:  # the first one takes the loading message's place and visibility
            return answer(self._hub.shown(edit_message(self._hub, each.original, posted)))
        if each.foreign and each.channel.guild and len(each.followups) >= FOREIGN_FOLLOWUPS:
            raise Refusal(400, 40094, "This interaction has reached the maximum number of follow-up messages.")
        made = self._say(each, posted, int(posted.body.get("flags") or 0))
        each.followups.append(made)
        return answer(self._hub.shown(made))

    def _found(self, each: Interaction, number: str) -> Message:
        if number == "@original":
            if each.original is None:
                raise unknown_message()
            return each.original
        for one in each.answers:
            if one.id == int(number):
                return one
        raise unknown_message()

    async def message(self, request: web.Request) -> web.Response:
        each = self._alive(request)
        return answer(self._hub.shown(self._found(each, request.match_info["message"])))

    async def edit(self, request: web.Request) -> web.Response:
        posted = await read(request, self._hub.upload_limit)
        each = self._alive(request)
        check_content(posted.body, posted.files, editing=True)
        message = self._found(each, request.match_info["message"])
        return answer(self._hub.shown(edit_message(self._hub, message, posted)))

    async def delete(self, request: web.Request) -> web.Response:
        each = self._alive(request)
        message = self._found(each, request.match_info["message"])
        message.channel.messages.pop(message.id, None)
        self._hub.happened("delete", id=str(message.id), channel=str(message.channel.id))
        return nothing()
