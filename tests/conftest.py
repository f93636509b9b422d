"""Property tests try the same examples in every run, `HYPOTHESIS_PROFILE=thorough` more of them; `searching` has them
look for new ones."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest
from hypothesis import settings

from bots.cli import leave_out_what_no_bot_uses
from tests.making import RUN_FOLDER
from tests.servers.postgres import Postgres, shared_postgres

# A red run must say something about the change and not about the dice; and an example is slow where the machine is.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=400)
settings.register_profile("searching", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


# Folders whose tests start nothing and wait for nothing.
QUICK = ("tests/core/", "tests/studio/understanding/", "tests/studio/timeline/", "tests/test_")

leave_out_what_no_bot_uses()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others makes the folder that all share; they inherit its name."""
    if _is_worker(config):
        return
    folder = Path(tempfile.mkdtemp(prefix="cutroom-run-"))
    os.environ[RUN_FOLDER] = str(folder)
    os.environ["SSL_CERT_FILE"] = str(_one_authority(folder))


def _one_authority(folder: Path) -> Path:
    """Every HTTP client reads all certificates of the world, half of the time of many a test, and everything is on
    loopback here: one will do."""
    first, end, _ = Path(certifi.where()).read_text(encoding="utf-8").partition("-----END CERTIFICATE-----")
    path = folder / "authority.pem"
    path.write_text(f"{first}{end}\n", encoding="utf-8")
    return path


def pytest_collection(session: pytest.Session) -> None:
    """Thousands of tests and whatever their files import: all of it stays, so no garbage is looked for in it."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes milliseconds comes last, so that no worker is left alone with a test of many seconds at the end."""
    items.sort(key=lambda item: item.nodeid.startswith(QUICK))


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        shutil.rmtree(os.environ.pop(RUN_FOLDER), ignore_errors=True)
        os.environ.pop("SSL_CERT_FILE", None)


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run, with a database for each test that asks for one. Nobody may restart it."""
    with shared_postgres(Path(os.environ[RUN_FOLDER]) / "pg") as started:
        yield started
