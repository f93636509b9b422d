"""What a message carries, as attachments: handles and facts, nothing is fetched."""

from __future__ import annotations

from telegram import Animation, Audio, Document, ExternalReplyInfo, Message, PhotoSize, Video, VideoNote, Voice

from core.messages import Attachment

Carrier = Message | ExternalReplyInfo
Held = Video | Audio | Voice | VideoNote | Animation | Document | PhotoSize

_NAMES = {
    Video: ("video.mp4", "video/mp4"),
    Audio: ("audio.mp3", "audio/mpeg"),
    Voice: ("voice.ogg", "audio/ogg"),
    VideoNote: ("video-note.mp4", "video/mp4"),
    Animation: ("animation.mp4", "video/mp4"),
    Document: ("file", ""),
    PhotoSize: ("photo.jpg", "image/jpeg"),
}
# The type is the app's word, and a name that fits it makes the file's content easier to believe.
_EXTENSIONS = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "image/gif": "gif",
}


def attachments_of(message: Message) -> tuple[Attachment, ...]:
    """The message's own file, else that of the message it replies to."""
    own = attachment_of(message, caption=message.caption or "")
    if own is not None:
        return (own,)
    for replied in (message.reply_to_message, message.external_reply):
        found = attachment_of(replied) if replied else None
        if found is not None:
            return (found,)
    return ()


def attachment_of(carrier: Carrier, caption: str = "") -> Attachment | None:
    held = held_by(carrier)
    if held is None:
        return None
    name, mime = _NAMES[type(held)]
    mime = getattr(held, "mime_type", None) or mime
    given = getattr(held, "file_name", None)
    if not given and (extension := _EXTENSIONS.get(mime)):
        name = f"{name.partition('.')[0]}.{extension}"
    return Attachment(handle=held.file_id, name=given or name, size=held.file_size, mime=mime, caption=caption)


def held_by(carrier: Carrier) -> Held | None:
    # An animation comes as a document too, so it is looked for first.
    for held in (
        carrier.animation,
        carrier.video,
        carrier.audio,
        carrier.voice,
        carrier.video_note,
        carrier.document,
    ):
        if held is not None:
            return held
    return carrier.photo[-1] if carrier.photo else None
