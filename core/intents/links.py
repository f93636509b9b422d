"""Links in a message: those to media, which are fetched, and those that cannot be.

No library fits: the well-kept ones take Chinese behind a link, bold marks and closing brackets into the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from core.files import CONVERTED, UPLOADABLE
from core.intents.addresses import address_of, extension_in, is_public_link
from core.intents.shown import Shown

_SCHEME = r"(?:https?|ftp|file|smb)://"
# Without a scheme only what nobody writes for another reason: a usual ending of a host with a path behind it.
_ENDINGS = (
    "com|net|org|edu|gov|info|io|app|dev|tv|me|co|cn|hk|tw|jp|kr|in|us|uk|ca|au|eu|de|fr|es|it|nl|be|ru|br|ly|gl|gg|cc|to"
    "|fm|ai|xyz|site|online|video|live|link|page"
)
_BARE = (
    rf"(?<![\w@.:/%-])(?:(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_ENDINGS})|(?:\d{{1,3}}\.){{3}}\d{{1,3}}|localhost)"
    r"(?::\d{1,5})?/(?=[\w%~-])"
)
_LONGEST = 2000  # characters of a link; browsers take no longer ones
_STOPS = r"\s<>\"`|“”„«»「」『』《》〈〉【】，。；！？、：…"
_MASKED = re.compile(
    rf"!?\[(?P<label>[^\[\]\n]{{0,300}})\]\(\s*<?(?P<masked>{_SCHEME}(?:[^{_STOPS}()]|\([^{_STOPS}()]{{0,300}}\)){{1,{_LONGEST}}})>?"
    r"(?:[ \t]+\"[^\"\n]*\")?\s*\)",
    re.IGNORECASE,
)
_LINK = re.compile(rf"{_MASKED.pattern}|<?(?P<plain>(?:{_SCHEME}|{_BARE})[^{_STOPS}]{{1,{_LONGEST}}})", re.IGNORECASE)
# Chinese goes on without a space behind a link, and may stand in its path: the path ends with its file type.
_TO_A_FILE = re.compile(
    rf"[^?#]*?\.(?:{'|'.join((*UPLOADABLE, *CONVERTED))})"
    r"(?:(?=[.,:;!?*_~'()\[\]{}]*(?:$|[^\x21-\x7e]))|[?#](?:[\x21-\x7e]|(?<==)[^\x00-\x7f]+)*)",
    re.IGNORECASE,
)
_ASCII = re.compile(r"[\x21-\x7e]+")
_ANOTHER = re.compile(rf"[^=/]({_SCHEME})", re.IGNORECASE)  # "a.mp4,https://…", but not "?to=https://…"
_NAMED = "\x00{}\x01"  # the words before a link, while the text is put together
_LABEL = re.compile(r"\x00([^\x01]*)\x01")
_EMPTY = re.compile(
    r"\(\s+\)|（\s+）|\[\s+\]|【\s+】|“\s+”|「\s+」|《\s+》|(?P<mark>\*{1,3}|_{1,2}|\|\||~~|[\"'`])\s+(?P=mark)"
)
_BEHIND = ".,:;!?*_~'\"([{"
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Obstacle(Enum):
    """Why a link cannot be fetched."""

    PAGE = "page"
    PRIVATE = "private"
    TYPE = "type"  # a file that we take, but not from a link


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A link as it was written."""

    link: str
    why: Obstacle


@dataclass(frozen=True, slots=True)
class Links:
    """`media` are addresses in the form that every server reads, each once, in order. `rest` is the text without them.

    Links that are to be seen in the picture ("a title saying https://…") stay in `rest` and are no links. Words with a
    link behind them stay, unless they are all that was said: then they name the file.
    """

    media: tuple[str, ...]
    unfetched: tuple[Unfetched, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    link: str
    label: str = ""


def links_in(text: str) -> Links:
    """The links of a message, as people write them: bare, in <…>, behind words, with the sentence's marks behind."""
    media: list[str] = []
    unfetched: list[Unfetched] = []
    rest: list[str] = []
    shown = Shown(text)
    at = 0
    for found in _found(text):
        rest.append(text[at : found.start])
        at = found.end
        obstacle = _obstacle(found.link)
        if obstacle is None:
            media.append(address_of(found.link))
            rest.append(_NAMED.format(found.label))
        elif shown.in_picture(found.start, found.end):
            rest.append(found.label or text[found.start : found.end])
        else:
            unfetched.append(Unfetched(found.link, obstacle))
            rest.append(text[found.start : found.end])
    rest.append(text[at:])
    words = _request("".join(rest)) if media else "".join(rest)
    return Links(tuple(dict.fromkeys(media)), tuple(dict.fromkeys(unfetched)), words)


def _request(text: str) -> str:
    bare = _LABEL.sub(" ", text)
    return _tidy(_LABEL.sub(r" \1 ", text) if re.search(r"\w", bare) else bare)


def _tidy(text: str) -> str:
    """Without the gaps and the empty marks that links leave: "** **", "( )"."""
    text = _EMPTY.sub(" ", text)
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _found(text: str) -> list[_Found]:
    found: list[_Found] = []
    at = 0
    while at < len(text) and (each := _LINK.search(text, at)):
        if each["masked"]:
            found.append(_Found(each.start(), each.end(), each["masked"], each["label"]))
            at = each.end()
            continue
        link = _ended(each["plain"])
        start, at = each.start("plain"), each.start("plain") + len(link)
        opened = text[start - 1 : start] == "<" and text[at : at + 1] == ">"
        found.append(_Found(start - opened, at + opened, link))
    return found


def _ended(written: str) -> str:
    """A link without what follows it."""
    if another := _ANOTHER.search(written):
        written = written[: another.start(1)]
    if to_a_file := _TO_A_FILE.match(written):
        written = to_a_file[0]
    elif ascii_only := _ASCII.match(written):
        written = ascii_only[0]
    while written[-1] in _BEHIND or (written[-1] in _CLOSING and not _closes(written)):
        written = written[:-1]
    return written


def _closes(written: str) -> bool:
    return written.count(_CLOSING[written[-1]]) >= written.count(written[-1])


def _obstacle(link: str) -> Obstacle | None:
    if not is_public_link(link):
        return Obstacle.PRIVATE
    extension = extension_in(link)
    if extension in UPLOADABLE:
        return None
    return Obstacle.TYPE if extension in CONVERTED else Obstacle.PAGE
