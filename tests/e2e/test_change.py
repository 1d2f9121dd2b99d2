"""What changed between two exports is told on the Quality tab and on the overview."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core.sources.demo.bank_months import generate_months
from tests.e2e.servers import Installation, Server, local_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a bank of two months."""
    folder = tmp_path_factory.mktemp("months")
    september, october = generate_months(folder / "files", customers=400)[:2]
    made = Installation(folder / "var")
    made.manage("db", "upgrade")
    made.manage("refresh", "bank", september.folder)
    made.manage("refresh", "bank", october.folder)
    with local_server(made) as running:
        yield running


def test_after_a_refresh_with_newer_files_the_movers_are_told(page: Page) -> None:
    page.goto("/quality?view=change")
    expect(page.get_by_text("The model is the same").first).to_be_visible()
    expect(page.locator("#change-flow-graph")).to_be_visible()
    expect(page.locator("#change-matrix-graph")).to_be_visible()
    page.get_by_role("button", name="Show as table: ").last.click()
    expect(page.get_by_text("By chance under").first).to_be_visible()
    page.goto("/overview")
    expect(page.get_by_text("Moved to another segment")).to_be_visible()
