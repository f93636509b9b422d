"""From a text as it is sent to the text as it stands: HTML, entities, lengths, as Telegram's library reads them.

Offsets and lengths of entities are UTF-16 units; the offsets in error messages are bytes. The sentences are
those of tdlib's `parse_html`, as quoted in public test suites of its ports.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from tests.servers.telegram.refusals import Json, bad

MOST_TEXT = 4096
MOST_CAPTION = 1024
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_NAME = re.compile(r"<([^\s>]*)(?=[\s>])")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.-]+))?""")
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z]\w{2,31})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{2,31}\b")),
    ("url", re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")),
)


@dataclass(frozen=True, slots=True)
class Rich:
    text: str
    entities: tuple[Json, ...] = ()


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_text(text: str, parse_mode: str, entities: list[Json] | None = None) -> Rich:
    """Raises `Refusal` where the text cannot be read."""
    match parse_mode.lower():
        case "":
            rich = Rich(text, tuple(entities or ()))
        case "html":
            rich = parse_html(text)
        case _:
            raise bad("unsupported parse_mode")
    return _found(_stripped(rich))


def parse_html(text: str) -> Rich:
    out: list[str] = []
    opened: list[tuple[str, int, Json]] = []
    entities: list[Json] = []
    at = 0
    length = 0
    while at < len(text):
        if text[at] == "<":
            at = _tag(text, at, length, opened, entities)
            continue
        found = _ENTITY.match(text, at)
        piece = html.unescape(found[0]) if found else text[at]
        at = found.end() if found else at + 1
        out.append(piece)
        length += units(piece)
    if opened:
        raise _unreadable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return Rich("".join(out), tuple(sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))))


def _tag(text: str, at: int, length: int, opened: list[tuple[str, int, Json]], entities: list[Json]) -> int:
    """Reads the tag at `at` and returns where it ends."""
    where = len(text[:at].encode())
    if text.startswith("</", at):
        end = text.find(">", at)
        if not opened:
            raise _unreadable(f"Unexpected end tag at byte offset {where}")
        if end < 0:
            raise _unreadable(f"Unclosed end tag at byte offset {where}")
        name, start, extra = opened.pop()
        found = text[at + 2 : end].strip().lower()
        if found and found != name:
            raise _unreadable(f'Unmatched end tag at byte offset {where}, expected "</{name}>", found "</{found}>"')
        if length > start and (name != "a" or "url" in extra):
            entities.append({"type": _KINDS[name], "offset": start, "length": length - start, **extra})
        return end + 1
    tag = _NAME.match(text, at)
    if tag is None:
        raise _unreadable(f"Unclosed start tag at byte offset {where}")
    name = tag[1].lower()
    if name not in _KINDS:
        raise _unreadable(f'Unsupported start tag "{name}" at byte offset {where}')
    end = text.find(">", tag.end())
    if end < 0:
        raise _unreadable(f'Unclosed start tag "{name}" at byte offset {where}')
    opened.append((name, length, _extra(name, text[tag.end() : end], where)))
    return end + 1


def _extra(name: str, rest: str, where: int) -> Json:
    attributes = {key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(rest)}
    match name:
        case "a":
            return {"url": attributes["href"]} if attributes.get("href") else {}
        case "span" if attributes.get("class") != "tg-spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        case "tg-emoji":
            return {"custom_emoji_id": attributes.get("emoji-id", "")}
    return {}


def _unreadable(text: str) -> Exception:
    return bad(f"can't parse entities: {text}")


def _stripped(rich: Rich) -> Rich:
    """White space around a text is not kept; entities move along."""
    text = rich.text.strip()
    before = units(rich.text[: len(rich.text) - len(rich.text.lstrip())])
    end = units(text)
    moved = []
    for entity in rich.entities:
        start = max(entity["offset"] - before, 0)
        stop = min(entity["offset"] + entity["length"] - before, end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return Rich(text, tuple(moved))


def _found(rich: Rich) -> Rich:
    """Commands, mentions and links are marked by the server itself."""
    entities = list(rich.entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(rich.text):
            start, length = units(rich.text[: match.start()]), units(match[0])
            if not any(_overlap(entity, start, length) for entity in entities):
                entities.append({"type": kind, "offset": start, "length": length})
    return Rich(rich.text, tuple(sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))))


def _overlap(entity: Json, start: int, length: int) -> bool:
    return bool(entity["offset"] < start + length and start < entity["offset"] + entity["length"])
