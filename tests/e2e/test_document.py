"""The model document is opened from Runs, read, printed and kept as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.bank import Bank

pytestmark = pytest.mark.browser

SMALLEST = 10  # customers of a group that is told of

A4 = re.compile(rb"/MediaBox\s*\[0 0 59[45][^ ]* 84[12]")


def test_a_run_is_documented_on_a_page_in_print_and_in_a_file(
    page: Page, bank: Bank, tmp_path: Path
) -> None:
    run = bank.run.run_id
    page.goto(f"/runs?run={run}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download it").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.name == f"model-document-run-{run}.md"

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Model document").click()
    document = opened.value
    expect(document.get_by_role("heading", level=1)).to_contain_text(f"run {run} of")
    markdown = kept.read_text(encoding="utf-8")
    for segments in bank.segments.values():
        for segment in (one for one in segments if one.size >= SMALLEST):
            named = document.get_by_role("rowheader", name=segment.name, exact=True)
            row = document.get_by_role("row").filter(has=named).first
            expect(row.get_by_role("cell", name=f"{segment.size:,}", exact=True)).to_be_visible()
            assert segment.name in markdown
    assert bank.customer not in markdown
    assert violations(document) == []

    document.get_by_role("link", name="Sensitive attributes").click()
    expect(document.get_by_role("table", name="Register of sensitive attributes")).to_be_visible()

    printed = document.pdf(prefer_css_page_size=True)
    assert A4.search(printed)
    document.emulate_media(media="print")
    expect(document.get_by_role("navigation", name="Document")).to_be_hidden()
    assert document.evaluate(
        "[...document.querySelectorAll('table')].every("
        "table => table.scrollWidth <= table.parentElement.clientWidth + 1)"
    )


def test_the_document_fits_a_phone_and_follows_the_theme(
    visitor: Callable[..., Page], bank: Bank
) -> None:
    dark = visitor(wide=390, tall=844, color_scheme="dark")
    dark.goto(f"/model-document/{bank.run.run_id}")
    assert dark.evaluate("document.documentElement.scrollWidth") == 390
    ground = dark.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(14, 20, 27)"
    assert violations(dark) == []
