"""Bodies cut into pieces anywhere: what the parts hold never depends on how they came."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from studio.api.multipart import Malformed, PartHead, Parts

TYPE = 'multipart/form-data; boundary="-x"'
# Each holds what a delimiter begins with, and what looks like one.
CONTENTS = [b"", b"\r\n--", b"\r\n---y\r\n---", b"plain \r\r\n-\r\n\r\n", bytes(range(256)) * 3]


def body(*contents: bytes, end: bytes = b"\r\n---x--\r\n") -> bytes:
    parts = [
        b'---x\r\nContent-Disposition: form-data; name="files"; filename="%d.mp4"\r\n\r\n%s' % (number, content)
        for number, content in enumerate(contents)
    ]
    return b"\r\n".join(parts) + end


def coming(whole: bytes, size: int) -> Callable[[], Awaitable[bytes]]:
    pieces = iter([whole[at : at + size] for at in range(0, len(whole), size)])

    async def receive() -> bytes:
        return next(pieces, b"")

    return receive


async def read(whole: bytes, size: int, content_type: str = TYPE) -> list[tuple[PartHead, bytes]]:
    parts, found = Parts(content_type, coming(whole, size)), []
    while head := await parts.next():
        found.append((head, b"".join([piece async for piece in parts.pieces()])))
    return found


@pytest.mark.parametrize("size", [*range(1, 60), 1000, 10_000])
async def test_the_parts_are_the_same_however_the_body_is_cut(size: int) -> None:
    found = await read(b"before\r\n" + body(*CONTENTS) + b"behind", size)
    assert [content for _, content in found] == CONTENTS
    assert [head.filename for head, _ in found] == [f"{number}.mp4" for number in range(len(CONTENTS))]


async def test_what_nobody_read_of_a_part_is_passed_over() -> None:
    parts = Parts(TYPE, coming(body(*CONTENTS), 7))
    heads = 0
    while await parts.next():
        heads += 1
    assert heads == len(CONTENTS)


async def test_a_large_piece_is_handed_on_and_not_copied() -> None:
    large = bytes(100_000)
    pieces = iter([body(b"", end=b""), large, b"\r\n---x--"])

    async def receive() -> bytes:
        return next(pieces)

    parts = Parts(TYPE, receive)
    await parts.next()
    first, *_ = [piece async for piece in parts.pieces()]
    assert first is large


@pytest.mark.parametrize(
    ("said", "filename"),
    [
        ('filename="影片.mp4"', "影片.mp4"),
        ("filename=a.mp4", "a.mp4"),
        ('filename="a;b.mp4"', "a;b.mp4"),
        ('filename="a\\"b.mp4"', 'a"b.mp4'),
        ("filename*=UTF-8''%E5%BD%B1.mp4", "影.mp4"),
        ('filename=""', ""),
    ],
)
async def test_a_file_name_is_read_as_clients_write_it(said: str, filename: str) -> None:
    whole = f'---x\r\nContent-Type: video/mp4\r\ncontent-disposition: form-data; name="files"; {said}\r\n\r\n\r\n---x--'
    [(head, _)] = await read(whole.encode(), 1000)
    assert (head.name, head.filename) == ("files", filename)


BROKEN = {
    "nothing": b"",
    "no end": body(b"hello", end=b""),
    "no delimiter": b"hello\r\n\r\n",
    "no end of the headers": b"---x\r\nA: b\r\n",
    "something behind a delimiter": b"---xy\r\nA: b\r\n\r\n\r\n---x--",
    "a line that is no header": b"---x\r\nhello\r\n\r\n\r\n---x--",
    "a bare line feed in a header": b"---x\r\nA: b\nC: d\r\n\r\n\r\n---x--",
    "endless headers": b"---x\r\n" + b"A: b\r\n" * 100_000,
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("size", [1, 4096])
async def test_a_broken_body_is_malformed_and_not_endless(kind: str, size: int) -> None:
    with pytest.raises(Malformed):
        await read(BROKEN[kind], size)


@pytest.mark.parametrize("boundary", ["", "a" * 71, "\u00e4", "a\tb"])
async def test_a_boundary_that_is_none_is_malformed(boundary: str) -> None:
    with pytest.raises(Malformed):
        await read(b"", 1, f'multipart/form-data; boundary="{boundary}"')
