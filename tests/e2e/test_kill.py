"""A run whose process is killed in the middle: what is live stays live, and the next run works."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.bank import Bank
from tests.e2e.charts import expect_all_drawn
from tests.e2e.servers import (
    LOOK_AGAIN_SECONDS,
    ROOT,
    Installation,
    Server,
    died_within,
    local_server,
)

pytestmark = pytest.mark.browser

PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def installation(filled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return filled.copied_to(tmp_path_factory.mktemp("killed") / "var")


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Server]:
    with local_server(installation) as running:
        yield running


def test_a_killed_command_leaves_the_published_run_readable_and_the_next_one_works(
    page: Page, bank: Bank, installation: Installation
) -> None:
    known = _runs(installation)
    doomed = subprocess.Popen(
        [sys.executable, "manage.py", "segment", "bank"],
        cwd=ROOT,
        env=installation.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_until(lambda: set(_runs(installation)) - set(known), doomed)
    os.kill(doomed.pid, signal.SIGKILL)
    assert doomed.wait() == -signal.SIGKILL
    (cut_off,) = set(_runs(installation)) - set(known)
    assert _runs(installation)[cut_off][0] == "running"
    assert _integrity(installation.database) == "ok"

    _expect_published(page, bank)

    said = installation.manage("segment", "bank")
    made = max(_runs(installation))
    assert f"Run {made} is a draft" in said
    assert _runs(installation)[cut_off] == (
        "failed",
        "The process ended before the run did. Start the run again.",
    )
    page.goto(f"/overview?run={made}")
    expect_all_drawn(page)
    _expect_published(page, bank)


def test_a_killed_worker_leaves_the_published_run_readable_and_the_next_one_works(
    page: Page, bank: Bank, installation: Installation, server: Server
) -> None:
    known = _runs(installation)
    page.goto("/runs")
    start = page.get_by_role("button", name="Start the run")
    expect(page.get_by_role("checkbox", name="Behavioural")).to_be_checked()
    start.click()
    _wait_until(lambda: set(_runs(installation)) - set(known), server.process)
    (cut_off,) = set(_runs(installation)) - set(known)
    os.kill(_working(server.process, installation), signal.SIGKILL)

    _expect_published(page, bank)
    page.goto("/runs")
    expect(page.get_by_role("checkbox", name="Behavioural")).to_be_checked()
    start.click()
    expect(page.locator(".job").filter(has_text="Done")).to_have_count(
        1, timeout=PATIENCE_SECONDS * 1000
    )
    assert _runs(installation)[cut_off][0] == "failed"
    page.locator(".job").get_by_role("link", name="Open run").click()
    expect(page.get_by_role("note").filter(has_text="is a draft")).to_be_visible()
    _expect_published(page, bank)


def _expect_published(page: Page, bank: Bank) -> None:
    page.goto("/overview")
    expect(page.get_by_role("banner")).to_contain_text(f"run {bank.run.run_id}")
    expect(page.get_by_role("banner")).to_contain_text("Published")
    expect_all_drawn(page)
    for segment in bank.segments["behavioural"]:
        expect(page.get_by_role("main")).to_contain_text(segment.name)


def _runs(installation: Installation) -> dict[int, tuple[str, str]]:
    """Return status and message of every run."""
    with closing(sqlite3.connect(installation.database, timeout=30)) as connection:
        found = connection.execute("SELECT id, status, message FROM runs")
        return {number: (status, message) for number, status, message in found}


def _integrity(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _wait_until(happened: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert not died_within(process, LOOK_AGAIN_SECONDS), "the process ended by itself"
        assert time.monotonic() < deadline, "it has not happened"


def _working(server: subprocess.Popen[bytes], installation: Installation) -> int:
    """Return the process below the server that holds the right to write."""
    lock = f"{installation.database}.lock"
    (holder,) = (pid for pid in _family(server.pid) if lock in _open_files(pid))
    return holder


def _family(pid: int) -> list[int]:
    """Return the processes that one has started, theirs included."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, listed) for one in (child, *_family(child))]


def _open_files(pid: int) -> set[str]:
    return {str(descriptor.readlink()) for descriptor in Path(f"/proc/{pid}/fd").iterdir()}
