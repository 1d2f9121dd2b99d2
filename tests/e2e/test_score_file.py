"""An analyst scores a file: chosen, checked, sent, waited for elsewhere, read, taken along."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.scoring_schema import COLUMNS
from db.engine import make_engine
from db.queries.chosen import chosen_customers
from db.queries.customers import find_customers
from tests.e2e.accessibility import violations
from tests.e2e.bank import Bank
from tests.e2e.servers import Installation, Server, local_server

pytestmark = pytest.mark.browser

IN_TIME = 120_000  # milliseconds for a job among other work
KNOWN = 40  # customers of the bank in the file


@pytest.fixture(scope="module")
def installation(filled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return filled.copied_to(tmp_path_factory.mktemp("files") / "var")


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Server]:
    """A local server with a queue of its own."""
    with local_server(installation) as running:
        yield running


@pytest.fixture
def file(installation: Installation, bank: Bank, tmp_path: Path) -> Path:
    """Some of the bank's customers by their features, one who is new, and one bad row."""
    lens = bank.run.lens("behavioural")
    assert lens is not None
    engine = make_engine(f"sqlite:///{installation.database}", read_only=True)
    with engine.connect() as connection:
        names = find_customers(connection, bank.run.snapshot_id, "C-", "analyst", limit=KNOWN)
        found = chosen_customers(
            connection, bank.run.snapshot_id, names, inputs_of(installation), "analyst"
        )
    engine.dispose()
    rows = [{"customer_id": name, **values} for name, values in found.known.items()]
    first = rows[0]
    numeric = next(n for n, v in first.items() if isinstance(v, float) and n != "customer_id")
    rows += [{**first, "customer_id": "somebody-new"}, {**first, numeric: "plenty"}]
    path = tmp_path / "new customers.csv"
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, [*first, "notes"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def inputs_of(installation: Installation) -> list[str]:
    """What a file must have, as the schema says."""
    schema = installation.manage("export", "schema", "bank", "--lens", "behavioural")
    return re.findall(r'"name": "(\w+)"', schema.partition('"output":')[0])


def choose(page: Page, file: Path) -> None:
    page.locator(".drop-place input[type=file]").first.set_input_files(file)


def test_a_file_goes_from_the_desk_to_a_table_per_segment_and_back(
    page: Page, bank: Bank, file: Path, tmp_path: Path
) -> None:
    page.goto("/score?lens=behavioural")
    page.get_by_role("link", name="A file or a list").click()
    expect(page.get_by_text("Columns for “Behavioural”")).to_be_visible()
    start = page.get_by_role("button", name="Score the file")
    expect(start).to_be_disabled()

    lacking = tmp_path / "lacking.csv"
    lacking.write_text("customer_id,shoe_size\n1,44\n")
    choose(page, lacking)
    expect(page.get_by_role("note").filter(has_text="lacking.csv cannot be scored")).to_be_visible()
    expect(start).to_be_disabled()

    large = tmp_path / "large.csv"
    large.write_bytes(b"a," * 2_600_000)
    choose(page, large)
    expect(page.get_by_text("large.csv is larger than 5 MB; it was not taken.")).to_be_visible()

    choose(page, file)
    expect(page.get_by_text("Not looked at: notes.")).to_be_visible()
    expect(page.get_by_text("it was not taken")).to_have_count(0)
    start.click()
    expect(page).to_have_url(re.compile(r"/score\?lens=behavioural&view=many&job=\d+$"))

    views = page.get_by_role("navigation", name="Views")
    views.get_by_role("link", name="Overview").click()  # it goes on while one looks elsewhere
    views.get_by_role("link", name="Score").click()
    page.get_by_role("link", name="A file or a list").click()
    page.get_by_role("link", name=file.name).click()
    title = page.get_by_role("heading", name=f"{KNOWN + 1} of {KNOWN + 2} rows have a segment")
    expect(title).to_be_visible(timeout=IN_TIME)
    address = page.url
    page.reload()
    expect(title).to_be_visible()

    expect(page.get_by_role("heading", name="1 row was refused")).to_be_visible()
    expect(page.get_by_role("cell", name="is not a finite number")).to_be_visible()
    expect(page.get_by_text("plenty")).to_have_count(0)
    counts = page.get_by_role("region", name="Rows of the file by segment")
    for segment in bank.segments["behavioural"]:
        expect(counts).to_contain_text(segment.name)

    assert violations(page) == []

    whole = downloaded(page, "Download all (CSV)", tmp_path)
    assert list(whole[0]) == list(COLUMNS)
    assert len(whole) == KNOWN + 1
    assert whole[-1]["customer_id"] == "somebody-new"
    name = whole[0]["predict_cluster"]
    part = downloaded(page, f"Download {name} (CSV)", tmp_path)
    assert part == [row for row in whole if row["predict_cluster"] == name]
    (refused,) = downloaded(page, "Download the rows refused (CSV)", tmp_path)
    assert (refused["line"], refused["reason"]) == (str(KNOWN + 3), "is not a finite number")

    page.get_by_role("button", name="Remove file and answers").click()
    expect(page.get_by_text("The file and its answers are removed.")).to_be_visible()
    expect(page.get_by_role("link", name=file.name)).to_have_count(0)
    page.goto(address)
    expect(page.get_by_text("There is no such file of yours")).to_be_visible()


def downloaded(page: Page, button: str, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    with target.open(newline="", encoding="utf-8-sig") as found:
        return list(csv.DictReader(found))
