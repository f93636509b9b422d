"""The backend that the settings choose: the cloud, or an embedded studio that is started here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from bots.tls import trusted
from bots.wiring.embedded_studio import studio_settings
from core.messages import Place
from core.nemo.accounts import Accounts
from core.nemo.client import NemoClient
from core.nemo.gateway import Gateway
from core.ports import Clock, Store, Vault
from core.settings import BackendKind, Settings
from storage.vault import FileVault

# Every job under way holds a stream open; how many jobs there may be is a setting of its own.
_CONNECTIONS = httpx.Limits(max_connections=None, max_keepalive_connections=20)

# What the studio renders besides MP4; the cloud's published API promises nothing else.
STUDIO_AUDIO = frozenset({"mp3", "wav", "m4a"})


@asynccontextmanager
async def open_backend(
    settings: Settings,
    studio_data: Path,
    store: Store,
    vault: Vault,
    clock: Clock,
    account_scope: Callable[[Place], str],
) -> AsyncIterator[Gateway]:
    """`account_scope` says which places share an anonymous account; `vault` keeps the accounts."""
    async with (
        backend_address(settings, studio_data) as address,
        httpx.AsyncClient(verify=trusted(), follow_redirects=False, limits=_CONNECTIONS) as http,
    ):
        client = NemoClient(http, address, send_role=settings.nemo_send_role)
        yield Gateway(
            client,
            _accounts(settings, client, address, vault, clock, account_scope),
            store,
            clock,
            web_url=settings.nemo_web_url,
            retry_seconds=settings.retry_seconds,
            home=Path.home(),
            audio_formats=STUDIO_AUDIO if _is_studio(settings) else frozenset(),
            names_results=_is_studio(settings),
            restores=_is_studio(settings),
        )


@asynccontextmanager
async def backend_address(settings: Settings, studio_data: Path) -> AsyncIterator[str]:
    """The backend's base URL; an embedded studio is started if the settings ask for one."""
    if not _is_studio(settings):
        yield settings.nemo_api_url
        return
    from studio.server import Studio  # noqa: PLC0415 - a bot of the cloud does without it and what it draws with

    async with Studio(studio_settings(settings, studio_data)) as studio:
        yield studio.base_url


def _is_studio(settings: Settings) -> bool:
    return settings.backend is BackendKind.STUDIO


def file_vault(settings: Settings, studio_data: Path) -> FileVault:
    # A token is good at one backend only: an embedded studio's lie with its files, the clouds' go by their hosts.
    return FileVault((studio_data if _is_studio(settings) else settings.data_dir) / "accounts.json")


def _accounts(
    settings: Settings,
    client: NemoClient,
    address: str,
    vault: Vault,
    clock: Clock,
    scope: Callable[[Place], str],
) -> Accounts:
    realm = "studio" if _is_studio(settings) else urlsplit(address).netloc
    return Accounts(
        client,
        vault,
        clock,
        own_token="" if _is_studio(settings) else settings.nemo_token.get_secret_value(),
        retry_seconds=settings.retry_seconds,
        scope=lambda place: f"{realm} {scope(place)}",
    )
