"""An analyst makes a new run in the background, looks at the draft, and makes it live."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.bank import Bank
from tests.e2e.charts import expect_all_drawn
from tests.e2e.servers import Installation, Server, local_server

pytestmark = pytest.mark.browser

RUN_SECONDS = 120
IN_TIME = RUN_SECONDS * 1000


@pytest.fixture(scope="module")
def server(filled: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A local server whose data these tests change."""
    copy = filled.copied_to(tmp_path_factory.mktemp("runs") / "var")
    with local_server(copy) as running:
        yield running


def test_a_run_goes_from_the_form_to_everybodys_screen_and_back(page: Page, bank: Bank) -> None:
    live = bank.run.run_id
    page.goto("/runs")
    expect(page.get_by_role("link", name=f"Run {live}", exact=True)).to_be_visible()
    job = _started_job(page)
    expect(job.get_by_role("progressbar")).to_be_visible()

    _tab(page, "Overview").click()
    expect_all_drawn(page)
    _tab(page, "Runs").click()
    expect(job).to_contain_text("Done", timeout=IN_TIME)

    draft = job.get_by_role("link", name="Open run")
    number = int((draft.text_content() or "").removeprefix("Open run "))
    draft.click()
    expect(page).to_have_url(f"/runs?run={number}")
    expect(page.get_by_role("note").filter(has_text=f"Run {number} is a draft")).to_be_visible()
    expect(page.locator(".run-head")).to_contain_text(f"Run {number}")
    page.get_by_role("link", name="Look at its segments").click()
    expect(page).to_have_url(f"/overview?run={number}")
    expect(page.get_by_role("banner")).to_contain_text("Draft")
    expect_all_drawn(page)

    page.goto(f"/runs?run={number}")
    page.get_by_text("Publish…", exact=True).click()
    page.get_by_role("button", name=f"Publish run {number}").click()
    expect(page.get_by_text(f"Run {number} is live: everybody sees it now.")).to_be_visible()
    header = page.get_by_role("banner")
    expect(header).to_contain_text(f"run {number}")
    expect(header).to_contain_text("Published")
    page.goto("/overview")
    expect(header).to_contain_text(f"run {number}")

    page.goto(f"/overview?run={live}")
    note = page.get_by_role("note").filter(has_text=f"Run {live} has been superseded")
    expect(note).to_be_visible()
    note.get_by_role("link", name="Show the published run").click()
    expect(header).to_contain_text(f"run {number}")

    page.goto("/runs")
    page.get_by_text(f"Roll back to run {live}…").click()
    page.get_by_role("button", name=f"Roll back to run {live}").click()
    expect(page.get_by_text(f"Run {live} is live again")).to_be_visible()
    page.goto("/overview")
    expect(header).to_contain_text(f"run {live}")


def test_a_run_is_stopped_while_it_waits_or_works_and_leaves_nothing(
    page: Page, bank: Bank
) -> None:
    page.goto("/runs")
    working = _started_job(page, fewest=2, most=20)
    waiting = _started_job(page, fewest=2, most=20)
    expect(working).to_contain_text("Running", timeout=IN_TIME)
    expect(waiting).to_contain_text("Waiting")
    for job in (waiting, working):
        job.get_by_role("button", name="Stop").click()
        expect(job).to_contain_text("Stopped", timeout=IN_TIME)
        expect(job.get_by_role("link", name="Open run")).to_have_count(0)
    page.goto("/overview")
    expect(page.get_by_role("banner")).to_contain_text(f"run {bank.run.run_id}")


def test_a_run_that_cannot_be_is_refused_in_words(page: Page) -> None:
    page.goto("/runs")
    _fill_range(page, 9, 3)
    page.get_by_role("button", name="Start the run").click()
    refusal = page.get_by_role("note").filter(has_text="smaller number first")
    expect(refusal).to_be_visible()
    for view in (
        page.get_by_role("group", name="Views of the customers").get_by_role("checkbox").all()
    ):
        view.uncheck()
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("Choose at least one view of the customers.")).to_be_visible()


def _started_job(page: Page, fewest: int | None = None, most: int | None = None) -> Locator:
    """Ask for a run and return the card of its job."""
    said = page.get_by_text(re.compile(r"Job \d+ is on its way"))
    before = said.text_content() if said.count() else ""
    expect(page.get_by_role("checkbox", name="Behavioural")).to_be_checked()
    if fewest is not None and most is not None:
        _fill_range(page, fewest, most)
    page.get_by_role("button", name="Start the run").click()
    if before:
        expect(page.get_by_text(before, exact=True)).to_have_count(0)
    match = re.search(r"\d+", said.text_content() or "")
    assert match is not None
    return page.locator(".job").filter(has=page.get_by_text(f"Job {match[0]}", exact=True))


def _fill_range(page: Page, fewest: int, most: int) -> None:
    page.get_by_label("Fewest segments").fill(str(fewest))
    page.get_by_label("Most segments").fill(str(most))


def _tab(page: Page, label: str) -> Locator:
    return page.get_by_role("navigation", name="Views").get_by_role("link", name=label)
