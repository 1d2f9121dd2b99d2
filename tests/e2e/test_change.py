"""What changed between two exports is told on the Quality tab and on the overview."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.sources.demo.bank_months import generate_months
from tests.e2e.servers import Installation, local_server

pytestmark = pytest.mark.browser


def test_after_a_refresh_with_newer_files_the_movers_are_told(page: Page, tmp_path: Path) -> None:
    september, october = generate_months(tmp_path / "files", customers=600)[:2]
    made = Installation(tmp_path / "var")
    made.manage("db", "upgrade")
    made.manage("refresh", "bank", september.folder)
    made.manage("refresh", "bank", october.folder)
    with local_server(made) as server:
        page.goto(f"{server.address}/quality?view=change")
        expect(page.get_by_text("The model is the same").first).to_be_visible()
        expect(page.locator("#change-flow-graph")).to_be_visible()
        expect(page.locator("#change-matrix-graph")).to_be_visible()
        page.get_by_role("button", name="Show as table: ").last.click()
        expect(page.get_by_text("By chance under").first).to_be_visible()
        page.goto(f"{server.address}/overview")
        expect(page.get_by_text("Moved to another segment")).to_be_visible()
