"""A bank taken through the pipeline once, servers on copies of it, and a watched browser."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import chromium
from tests.e2e.bank import Bank, fill, read_bank
from tests.e2e.servers import Installation, Server, local_server
from tests.e2e.watch import Watch

WIDTH, HEIGHT = 1280, 900
PATIENCE = 60_000  # milliseconds: browser, servers and other tests share a few cores
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as it is on this machine; no name but this machine's leads anywhere."""
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.find()),
        "args": [*chromium.LAUNCH_ARGUMENTS, ONLY_THIS_MACHINE],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The same window everywhere, without motion."""
    return {
        **browser_context_args,
        "viewport": {"width": WIDTH, "height": HEIGHT},
        "reduced_motion": "reduce",
        "timezone_id": "UTC",
        "locale": "en-US",
    }


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with two published data sets; filled once, however many workers test."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "filled-bank"
    with (shared / "filled-bank.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            fill(folder)
    return Installation(folder)


@pytest.fixture(scope="session")
def bank(filled: Installation) -> Bank:
    """What the pipeline has published: what the pages must show."""
    return read_bank(filled.database)


@pytest.fixture(scope="session")
def live_server(filled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A local server that nothing is written to."""
    copy = filled.copied_to(tmp_path_factory.mktemp("live") / "var")
    with local_server(copy) as server:
        yield server


@pytest.fixture
def server(live_server: Server) -> Server:
    """The server under test; a module that has its own overrides this."""
    return live_server


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    """The watch of every context; none may have noted what the test did not expect."""
    watches: list[Watch] = []
    yield watches
    assert [problem for one in watches for problem in one.problems] == []


@pytest.fixture
def visitor(new_context: NewContext, server: Server, watches: list[Watch]) -> Callable[..., Page]:
    """Make a page of a browser with its own cookies and storage, and with options of its own."""

    def arrive(*, wide: int = WIDTH, tall: int = HEIGHT, **options: object) -> Page:
        context = new_context(base_url=server.address, **options)
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context, server.address))
        page = context.new_page()
        page.set_viewport_size({"width": wide, "height": tall})
        return page

    return arrive


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """A page of a watched browser; addresses are relative to the server under test."""
    return visitor()
