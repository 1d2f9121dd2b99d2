"""New files are in: did everything arrive, what was refused, where does a feature come from?"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.sources.demo.bank import generate
from tests.e2e.bank import FEWER_CUSTOMERS, SECOND, second_specification
from tests.e2e.charts import expect_all_drawn
from tests.e2e.servers import Installation, Server, local_server

pytestmark = pytest.mark.browser

LINE = 12  # of the customers' file, whose age is no number


@pytest.fixture(scope="module")
def faulty_server(
    filled: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server whose second bank has delivered new files, one line of them spoilt."""
    scratch = tmp_path_factory.mktemp("faulty")
    copy = filled.copied_to(scratch / "var")
    generate(scratch / "files", customers=FEWER_CUSTOMERS, seed=8)
    _spoil(scratch / "files" / "twm_customer.csv")
    copy.manage("ingest", second_specification(scratch), scratch / "files")
    with local_server(copy) as server:
        yield server


@pytest.fixture
def server(faulty_server: Server) -> Server:
    return faulty_server


def test_an_analyst_checks_new_files_and_follows_a_feature_to_its_column(page: Page) -> None:
    page.goto(f"/data?d={SECOND}")
    main = page.get_by_role("main")
    expect(main).to_contain_text("No row was refused.")
    page.get_by_role("link", name="Show the newest").click()
    expect(page).to_have_url(re.compile("snapshot="))
    expect(main).to_contain_text("most often because")
    expect(main).to_contain_text("is not a whole number")

    with page.expect_download() as event:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.DictReader(event.value.path().read_text("utf-8-sig").splitlines()))
    assert {"File": "twm_customer.csv", "Line": str(LINE), "Column": "age"}.items() <= (
        next(row for row in rows if row["Column"] == "age").items()
    )

    parts = page.get_by_role("navigation", name="Part of the data page")
    parts.get_by_role("link", name="Look-alikes").click()
    expect(main).to_contain_text("of features say nearly the same")
    expect_all_drawn(page)

    parts.get_by_role("link", name="Dictionary").click()
    page.get_by_label("Search the dictionary").fill("card debt")
    visible = main.get_by_role("row").filter(visible=True)
    expect(visible.filter(has_text="Money owed on open credit cards")).to_have_count(1)
    assert visible.count() < 10

    parts.get_by_role("link", name="Lineage").click()
    page.get_by_label("Find a feature").fill("Card debt")
    page.get_by_label("Find a feature").press("Enter")
    expect(main).to_contain_text("Card debt comes from ending_balance of twm_accounts.csv")
    expect_all_drawn(page)


def test_one_picture_shows_how_the_data_became_segments(visitor: Callable[..., Page]) -> None:
    page = visitor(wide=390, tall=844, color_scheme="dark")
    page.goto(f"/data?d={SECOND}&view=flow")
    steps = page.get_by_role("list", name="From files to features").get_by_role("listitem")
    expect(steps).to_have_text(
        [re.compile("Files"), re.compile("rows accepted"), re.compile("customers"),
         re.compile("features")]
    )  # fmt: skip
    expect(page.get_by_role("main")).to_contain_text("everybody sees it now")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile("Show as table: How one customer")).click()
    expect(page.get_by_role("columnheader", name="Where missing")).to_be_visible()


def _spoil(file: Path) -> None:
    """Put a word where the age of one customer is."""
    kept = file.with_suffix(".kept")
    shutil.move(file, kept)
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[LINE - 1].split(";")
    cells[2] = "unknown age"
    lines[LINE - 1] = ";".join(cells)
    file.write_text("".join(lines), encoding="utf-8", newline="")
    kept.unlink()
