"""The page of a result: a player, the facts, a button to download, and what chats read to show the result."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bots.results.headers import HIDDEN, content_type
from core.attachments import size_in_words
from core.chat.status import clock_face
from core.files import safe_name
from core.language.catalogue import say
from core.language.detection import language_tag, ui_language
from core.records import PublishedResult

_HERE = Path(__file__).parent
_WISH = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q=([\d.]+))?\s*", re.ASCII)


class Gone(Enum):
    """Why there is nothing to show, with the HTTP status that says so."""

    UNKNOWN = 404
    EXPIRED = 410
    AWAY = 503


def language_of(request: web.Request) -> Literal["en", "zh"]:
    """The first of the browser's languages that we speak."""
    wishes = [_WISH.fullmatch(each) for each in request.headers.get("Accept-Language", "").split(",")[:20]]
    ranked = sorted((_weight(wish[2]), -number, wish[1]) for number, wish in enumerate(wishes) if wish)
    spoken = [tag for weight, _, tag in reversed(ranked) if weight and language_tag(tag)[:2] in ("en", "zh")]
    return ui_language(spoken[0]) if spoken else "en"


def _weight(quality: str | None) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0


def result_page(result: PublishedResult, language: Literal["en", "zh"], public_url: str) -> web.Response:
    """Its links lead on from wherever it stands. Only what other programs read names the public address."""
    here, name = f"{public_url}/r/{result.slug}", safe_name(result.name)
    path = f"{result.slug}/{quote(name, safe='')}"
    return _page(
        "result.html",
        200,
        language,
        result=result,
        name=name,
        path=path,
        poster=f"{result.slug}/-/poster.jpg" if result.poster else "",
        here=here,
        file=f"{public_url}/r/{path}",
        picture=f"{here}/-/poster.jpg" if result.poster else "",
        type=content_type(result.name),
        facts=_facts(result, language),
        until=say(language, "page-moment", **_moment(result.until)),
        until_exactly=datetime.fromtimestamp(result.until, UTC).isoformat(timespec="seconds"),
    )


def gone_page(why: Gone, language: Literal["en", "zh"]) -> web.Response:
    response = _page("gone.html", why.value, language, why=why.name.lower())
    if why is Gone.AWAY:
        response.headers["Retry-After"] = "60"
    return response


def _facts(result: PublishedResult, language: str) -> dict[str, str]:
    facts = {
        "length": "" if result.duration is None else clock_face(result.duration),
        "size": size_in_words(result.size),
        "frame": f"{result.width} × {result.height}" if result.width and result.height else "",
    }
    return {say(language, f"page-{name}"): value for name, value in facts.items() if value}


def _moment(at: float) -> dict[str, str]:
    then = datetime.fromtimestamp(at, UTC)
    return {"year": f"{then:%Y}", "month": f"{then:%m}", "day": f"{then:%d}", "time": f"{then:%H:%M}"}


def _page(template: str, status: int, language: Literal["en", "zh"], **values: Any) -> web.Response:
    def words(key: str, **about: str) -> str:
        return say(language, f"page-{key}", **about)

    tag = {"en": "en", "zh": "zh-CN"}[language]
    text = _environment().get_template(template).render(say=words, tag=tag, style=_style(), **values)
    headers = {
        **HIDDEN,
        "Content-Security-Policy": _policy(),
        "Cache-Control": "private, no-cache",
        "Content-Language": tag,
        "Vary": "Accept-Language",
    }
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _style() -> str:
    return (_HERE / "page.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    """Nothing but this page's own file, picture and style; no script at all."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; media-src 'self'; img-src 'self' data:; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
