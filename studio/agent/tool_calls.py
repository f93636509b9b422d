"""Operations as the arguments of tool calls: flat JSON without the values that were not given. Pure."""

from __future__ import annotations

from typing import Any, assert_never

from studio.timeline.operations import (
    AddMusic,
    AddText,
    Cut,
    Duck,
    EditText,
    ExtractAudio,
    Fade,
    Join,
    Merge,
    Moment,
    Mute,
    Operation,
    Part,
    RemoveMusic,
    RemoveText,
    Rotate,
    SetAspect,
    SetVolume,
    Speed,
    StartOver,
    Trim,
    Visualize,
)

Json = dict[str, Any]


def calls_of(operation: Operation) -> list[Json]:
    """Returns one call, or one for each part. Times are in seconds: negative from the end, null for the end."""
    return [
        {key: value for key, value in call.items() if value is not None or key == "end"} for call in _calls(operation)
    ]


def _calls(operation: Operation) -> list[Json]:
    match operation:
        case Trim(parts) | Cut(parts):
            op = "trim" if isinstance(operation, Trim) else "cut"
            return [{"op": op, **_part(part)} for part in parts]
        case Mute(parts, target):
            whole: list[Json] = [{"op": "mute", "target": target}]
            return [{"op": "mute", **_part(part)} for part in parts] or whole
        case Fade(kind, seconds, target):
            return [{"op": "fade", "kind": kind, "seconds": seconds, "target": None if target == "all" else target}]
        case Speed(factor):
            return [{"op": "speed", "factor": factor}]
        case StartOver():
            return [{"op": "start_over"}]
        case Join():
            return [{"op": "join"}]
        case SetAspect() | Rotate() | AddText() | EditText() | RemoveText() | Visualize():
            return [_of_picture(operation)]
        case SetVolume(parts=parts):
            return [{**_of_sound(operation), **_part(part)} for part in parts] or [_of_sound(operation)]
        case ExtractAudio() | Merge() | AddMusic() | Duck() | RemoveMusic():
            return [_of_sound(operation)]
        case _:
            assert_never(operation)


def _of_picture(operation: SetAspect | Rotate | AddText | EditText | RemoveText | Visualize) -> Json:
    match operation:
        case SetAspect():
            fit = operation.fit.value if operation.fit else None
            return {
                "op": "aspect",
                "ratio": ratio(operation),
                "width": operation.width,
                "height": operation.height,
                "fit": fit,
            }
        case Rotate(degrees):
            return {"op": "rotate", "degrees": degrees}
        case AddText() | EditText() | RemoveText():
            return _of_words(operation)
        case Visualize(style, _, background, aspect, title, artist):
            shape = ratio(aspect) if aspect else None
            return {
                "op": "visualize",
                "style": style,
                "background": background,
                "aspect": shape,
                "title": title,
                "artist": artist,
            }
        case _:
            assert_never(operation)


def _of_words(operation: AddText | EditText | RemoveText) -> Json:
    if isinstance(operation, RemoveText):
        return {"op": "remove_text"}
    place = operation.position.value if operation.position else None
    values = {"text": operation.text, **(_part(operation.part) if operation.part else {}), "position": place}
    match operation:
        case AddText():
            role = "title" if operation.is_title else None
            return {"op": "text", **values, "color": operation.color, "role": role}
        case EditText():
            looks = {"color": operation.color, "size": operation.size}
            return {"op": "edit_text", "old": operation.old, **values, **looks}
        case _:
            assert_never(operation)


def _of_sound(operation: ExtractAudio | Merge | AddMusic | Duck | SetVolume | RemoveMusic) -> Json:
    match operation:
        case ExtractAudio(kind, bitrate):
            return {"op": "extract_audio", "format": kind, "bitrate_k": bitrate}
        case Merge(mix, _, number):
            return {"op": "merge_av", "mode": {True: "mix", False: "replace", None: None}[mix], "source": _file(number)}
        case AddMusic():
            part = _part(operation.part) if operation.part else {}
            source = _file(operation.source)
            flags = {"loop": operation.loop, "duck": operation.duck}
            return {
                "op": "bgm",
                "volume": operation.volume,
                "query": operation.query,
                "source": source,
                **flags,
                **part,
            }
        case Duck():
            return {"op": "duck", "target": "bgm"}
        case SetVolume(target, factor):
            return {"op": "volume", "target": target, "factor": factor}
        case RemoveMusic(also):
            return {"op": "remove_music", "keep": "voice", "also": "audio" if also else None}
        case _:
            assert_never(operation)


def _part(part: Part) -> Json:
    return {"start": _time(part.start), "end": _time(part.end)}


def _time(moment: Moment) -> float | str | None:
    if moment.share == 0:
        return moment.seconds
    if moment.share == 1:
        return moment.seconds or None
    return f"{moment.share * 100:.4g}%{moment.seconds:+g}s" if moment.seconds else f"{moment.share * 100:.4g}%"


def _file(number: int | None) -> str | None:
    return None if number is None else f"file:{number}"


def ratio(shape: SetAspect) -> str:
    return f"{shape.across:g}:{shape.down:g}"
