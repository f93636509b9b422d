"""The links of a message: those to media are files of it; what is said of those that cannot be fetched."""

from __future__ import annotations

from dataclasses import replace

from core.attachments import linked, name_in
from core.errors import BadInput, LinkType, PageLink, PrivateLink
from core.files import UPLOADABLE
from core.intents import Edit, Obstacle, Unfetched, intent_of, is_courtesy, links_in
from core.messages import Incoming


def with_links(incoming: Incoming) -> tuple[Incoming, BadInput | None]:
    """The message with the files that its links lead to, and why one of its links cannot be fetched.

    A request without a file or link of its own is about those of the message that it replies to.
    """
    links = links_in(incoming.text)
    unfetched = [
        *links.unfetched,
        *(each for file in incoming.attachments for each in links_in(file.caption).unfetched),
    ]
    files = (*incoming.attachments, *map(linked, links.media))
    if not files and not unfetched and _is_work(incoming.text):
        quoted = links_in(incoming.quoted)
        files, unfetched = tuple(map(linked, quoted.media)), [*quoted.unfetched] if not quoted.media else []
    words = links.rest
    for each in unfetched:  # the language to answer in is that of the other words
        words = words.replace(each.link, " ")
    known = replace(incoming, text=words, attachments=files)
    return known, _refusal(unfetched[0]) if unfetched else None


def _is_work(text: str) -> bool:
    return not text.strip() or (isinstance(intent_of(text), Edit) and not is_courtesy(text))


def _refusal(unfetched: Unfetched) -> BadInput:
    match unfetched.why:
        case Obstacle.PAGE:
            return PageLink(link=unfetched.link)
        case Obstacle.PRIVATE:
            return PrivateLink(link=unfetched.link)
        case Obstacle.TYPE:
            return LinkType(name=name_in(unfetched.link), formats=", ".join(UPLOADABLE))
