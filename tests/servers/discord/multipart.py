"""A multipart body that has been read whole, as its parts."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import content_disposition_filename, parse_content_disposition


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    filename: str
    content_type: str
    content: bytes


def parts(raw: bytes, content_type: str) -> list[Part]:
    """`content_type` is the request's header, with the boundary."""
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    found = []
    for chunk in raw.split(b"--" + boundary)[1:-1]:
        head, _, content = chunk.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        lines = (line.partition(":") for line in head.decode("utf-8", "surrogateescape").splitlines())
        headers = {name.strip().lower(): value.strip() for name, _, value in lines}
        _, disposition = parse_content_disposition(headers["content-disposition"])
        filename = content_disposition_filename(disposition) or ""
        kind = headers.get("content-type", "")
        found.append(Part(disposition["name"], filename, kind, content.removesuffix(b"\r\n")))
    return found
