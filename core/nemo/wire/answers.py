"""The opened bodies of the plain calls -> data. Pure. None where a body lacks what it has to carry."""

from __future__ import annotations

from core.errors import Refused, Unsupported
from core.nemo.models import AnonymousToken, Credits, Session, SessionState, UploadedFile
from core.nemo.wire.faults import BackendSaid, Call, refusal
from core.nemo.wire.raw_json import BadJson, loads, member, raw_member
from core.nemo.wire.values import code_of, error_text, find_text, moment, number

_USER = ("user_id", "userId", "bind_id")
_STATES = (("data", "state"), ("state",), ("data",), ())
_OF_A_STATE = frozenset({"data", "state", "draft", "video_infos", "generated_media", "session_id", "sessionId", "id"})
_REJECTED = frozenset({"failed", "error", "rejected"})


def read_token(body: object) -> AnonymousToken | None:
    token = find_text(body, ("token", "access_token"))
    if not token:
        return None
    return AnonymousToken(
        token,
        find_text(body, _USER),
        moment(_either(body, "expires_at")),
        number(_either(body, "credits")),
    )


def read_session(body: object) -> Session | None:
    session_id = find_text(body, ("session_id", "sessionId"))
    if not session_id:
        return None
    return Session(session_id, find_text(body, ("task_id", "taskId")), find_text(body, _USER))


def read_credits(body: object) -> Credits | None:
    available = number(_either(body, "available"))
    if available is None:
        return None
    frozen = number(_either(body, "frozen")) or 0.0
    total = number(_either(body, "total"))
    return Credits(available, frozen, available + frozen if total is None else total)


def read_state(text: str, body: object) -> SessionState | None:
    """`text` is the body as it was sent, `body` the same thing parsed. None for what speaks of no session: to take that
    for an empty one would be to say that the project is."""
    if not isinstance(body, dict) or not _OF_A_STATE & body.keys():
        return None
    path = next((path for path in _STATES if isinstance(member(body, (*path, "draft")), dict | str)), _STATES[0])
    state = member(body, path)
    draft = member(state, ("draft",))
    raw = raw_member(text, (*path, "draft"))
    if isinstance(draft, str):  # a draft as JSON inside a string: what it holds is the draft
        raw, draft = draft.strip(), _parsed(draft)
    return SessionState(
        raw_draft=raw if isinstance(draft, dict) and draft else None,
        draft=draft,
        video_infos=member(state, ("video_infos",)),
        generated_media=member(state, ("generated_media",)),
        user_id=find_text(body, _USER),
        canvas_config=member(state, ("canvas_config",)),
    )


def read_upload(body: object, call: Call) -> tuple[UploadedFile, ...]:
    """The files the backend took, () if it names none. Raises what it says of a file it did not take."""
    data = member(body, ("data",))
    for holder in (data, body):
        for key in ("files", "uploaded_files"):
            files = member(holder, (key,))
            if isinstance(files, list) and files:
                applied = member(holder, ("session_state_applied",)) is not False
                return tuple(_uploaded(item, applied, call) for item in files)
    return ()


def _uploaded(item: object, applied: bool, call: Call) -> UploadedFile:
    if isinstance(item, str):
        return UploadedFile(name="", url=item, in_session=applied)
    status = member(item, ("status",))
    if member(item, ("error",)) or (isinstance(status, str) and status.lower() in _REJECTED):
        code = code_of(member(item, ("code",))) or code_of(member(item, ("error", "code")))
        said = BackendSaid(call.name, 200, code, error_text(item))
        raise (refusal(code, call) if code else Unsupported()) from said
    width, height = number(member(item, ("width",))), number(member(item, ("height",)))
    return UploadedFile(
        name=_text(item, "filename", "name"),
        kind=_text(item, "file_type", "type"),
        url=_text(item, "cdn_url", "url"),
        duration=number(member(item, ("duration",))),
        width=int(width) if width else None,
        height=int(height) if height else None,
        in_session=applied,
    )


def no_files(call: Call) -> Refused:
    """A link that is said to have been fetched, without a file that came of it."""
    error = Refused(code="no-files")
    error.__cause__ = BackendSaid(call.name, 200, None, "no file in the answer")
    return error


def _parsed(text: str) -> object:
    try:
        return loads(text)
    except BadJson:
        return None


def _either(body: object, key: str) -> object:
    inner = member(body, ("data", key))
    return member(body, (key,)) if inner is None else inner


def _text(item: object, *keys: str) -> str:
    return next((value for key in keys if isinstance(value := member(item, (key,)), str)), "")
