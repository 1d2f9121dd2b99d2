"""A business user explores the segments: from the first page to a file for the meeting."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from dash_app.formats import count, day
from dash_app.tabs.base import Group
from dash_app.tabs.registry import TABS
from dash_app.theme import DARK, LIGHT
from tests.e2e.bank import SECOND, SECOND_TITLE, Bank
from tests.e2e.charts import PLOT, expect_all_drawn, text_colour
from tests.e2e.watch import Watch

pytestmark = pytest.mark.browser


def test_the_first_page_shows_who_the_customers_are(page: Page, bank: Bank) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who our customers are")
    header = page.get_by_role("banner")
    expect(header).to_contain_text(f"as of {day(bank.run.as_of)}")
    expect(header).to_contain_text("Published")
    expect(page.locator(".kpi").first).to_contain_text(count(bank.run.customers))
    expect(page.locator(".kpi .kpi-value")).to_have_count(4)
    expect_all_drawn(page)
    for segment in bank.segments["behavioural"]:
        expect(page.get_by_role("main")).to_contain_text(segment.name)
    expect(page.get_by_role("contentinfo")).to_contain_text(f"run {bank.run.run_id}")


def test_every_tab_has_a_link_an_address_and_a_heading_and_the_back_button_returns(
    page: Page,
) -> None:
    page.goto("/")
    expect_all_drawn(page)
    headings = []
    for tab in TABS:
        page.get_by_role("navigation", name="Views").get_by_role("link", name=tab.label).click()
        expect(page).to_have_url(f"/{tab.slug}")
        expect(page).to_have_title(f"{tab.label} · Clientele")
        current = page.get_by_role("navigation", name="Views").locator("[aria-current=page]")
        expect(current).to_have_text(tab.label)
        if tab.group is Group.EXPLORE:
            expect_all_drawn(page)
        headings.append(page.get_by_role("heading", level=1).inner_text())
    assert len(set(headings)) == len(TABS)
    for tab, heading in reversed(list(zip(TABS[:-1], headings[:-1], strict=True))):
        page.go_back()
        expect(page).to_have_url(f"/{tab.slug}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_address_is_the_state_and_survives_a_reload(page: Page, bank: Bank) -> None:
    page.goto("/overview?lens=demographic")
    lens = page.get_by_role("navigation", name="View of the customers")
    for _ in range(2):
        expect(lens.locator("[aria-current=true]")).to_have_text("Demographic")
        for segment in bank.segments["demographic"]:
            expect(page.get_by_role("main")).to_contain_text(segment.name)
        page.reload()
    lens.get_by_role("link", name="Behavioural").click()
    expect(page).to_have_url("/overview?lens=behavioural")
    expect(lens.locator("[aria-current=true]")).to_have_text("Behavioural")
    page.go_back()
    expect(lens.locator("[aria-current=true]")).to_have_text("Demographic")


@pytest.mark.parametrize("side", ["demographic", "behavioural"])
def test_a_link_to_a_segment_puts_it_in_focus(side: str, page: Page, bank: Bank) -> None:
    wanted = min(bank.segments[side], key=lambda segment: segment.size)
    page.goto(f"/{side}?s={wanted.key}")
    focused = page.locator(".segment-card [aria-current=true]")
    expect(focused).to_have_text(wanted.name)
    heading = page.get_by_role("heading", name=f"What makes {wanted.name} different")
    expect(heading).to_be_visible()
    other = next(segment for segment in bank.segments[side] if segment.key != wanted.key)
    page.locator(".segment-card").get_by_role("link", name=other.name, exact=True).click()
    expect(focused).to_have_text(other.name)
    expect(page).to_have_url(re.compile(f"[?&]s={other.key}$"))


def test_value_tiers_and_rfm_groups_are_sub_views_with_addresses_of_their_own(
    page: Page, bank: Bank
) -> None:
    page.goto("/behavioural")
    choice = page.get_by_role("navigation", name="What is shown")
    expect(choice.locator("[aria-current=true]")).to_have_text("Profiles")
    for label, lens in (("Value tiers", "value_tiers"), ("RFM", "rfm_groups")):
        choice.get_by_role("link", name=label).click()
        expect(page).to_have_url(f"/behavioural?lens={lens}")
        expect(choice.locator("[aria-current=true]")).to_have_text(label)
        names = [segment.name for segment in bank.segments[lens]]
        expect(page.locator(".segment-card h2")).to_have_text(names)
        expect_all_drawn(page)
    tier = bank.segments["value_tiers"][1]
    page.goto("/behavioural?lens=value_tiers")
    page.locator(".segment-card").get_by_role("link", name=tier.name, exact=True).click()
    expect(page.get_by_role("heading", name=f"What makes {tier.name} different")).to_be_visible()
    expect(page).to_have_url(f"/behavioural?lens=value_tiers&s={tier.key}")
    tables = _csv_tables(_exported(page, "CSV file").path())
    assert [row[0] for row in tables["segments"][1:]] == ["VIP", "Plus", "Mid", "Low"]
    choice.get_by_role("link", name="Profiles").click()
    expect(page).to_have_url("/behavioural?lens=behavioural")


def test_what_is_not_understood_of_an_address_is_said(page: Page) -> None:
    page.goto("/overview?lens=behavioural&nonsense=1")
    notice = page.get_by_text("Parts of the address were not understood and are ignored")
    expect(notice).to_contain_text("“nonsense”")
    expect_all_drawn(page)


def test_an_address_that_leads_nowhere_says_so_and_leads_back(
    page: Page, watches: list[Watch]
) -> None:
    watches[0].expect("404")
    page.goto("/overvieuw")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    page.get_by_role("link", name="Go to the overview").click()
    expect(page).to_have_url("/overview")
    expect_all_drawn(page)


@pytest.mark.parametrize("address", ["/overview?d=nobody", "/overview?run=999"])
def test_a_link_to_what_is_not_there_offers_what_is(address: str, page: Page) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("No such")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who our customers are")


def test_the_theme_switches_the_page_and_its_charts_and_is_remembered(page: Page) -> None:
    page.goto("/compare")
    root = page.locator("html")
    expect_all_drawn(page)
    assert text_colour(page.locator(PLOT).first) == LIGHT.ink
    page.get_by_label("Theme", exact=True).click()
    page.get_by_role("button", name="Dark").click()
    expect(root).to_have_attribute("data-theme", "dark")
    _expect_charts_in(page, DARK.ink)
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    _expect_charts_in(page, DARK.ink)
    page.get_by_label("Theme", exact=True).click()
    page.get_by_role("button", name="Light").click()
    expect(root).to_have_attribute("data-theme", "light")
    _expect_charts_in(page, LIGHT.ink)


def test_without_a_choice_the_theme_is_the_systems(visitor: Callable[..., Page]) -> None:
    page = visitor(color_scheme="dark")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    _expect_charts_in(page, DARK.ink)


def test_a_charts_numbers_open_as_a_table_and_close_again(page: Page, bank: Bank) -> None:
    page.goto("/overview")
    expect_all_drawn(page)
    toggle = page.get_by_role("button", name="Show as table").first
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.click()
    table = page.locator(".chart-card").first.get_by_role("table")
    rows = table.locator("tbody").get_by_role("rowheader")
    expect(rows).to_have_text([segment.name for segment in bank.segments["behavioural"]])
    expect(page.locator(PLOT).first).to_be_hidden()
    toggle.click()
    expect(table).to_be_hidden()
    expect(page.locator(PLOT).first).to_be_visible()


@pytest.mark.parametrize(("file_format", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_chart_is_downloaded_under_a_name_that_says_what_it_shows(
    file_format: str, start: bytes, page: Page
) -> None:
    page.goto("/overview")
    expect_all_drawn(page)
    button = page.get_by_role("button", name=f"Download as {file_format}").first
    title = (button.get_attribute("aria-label") or "").partition(": ")[2]
    with page.expect_download() as event:
        button.click()
    first_words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:20]
    assert event.value.suggested_filename.startswith(f"clientele-{first_words}")
    assert event.value.suggested_filename.endswith(f".{file_format.lower()}")
    content = event.value.path().read_bytes()
    assert content.startswith(start)
    assert len(content) > 5_000


def test_every_view_is_exported_as_a_workbook_with_an_about_sheet(page: Page, bank: Bank) -> None:
    exporting = [tab for tab in TABS if tab.export]
    for tab in exporting:
        page.goto(f"/{tab.slug}")
        download = _exported(page, "Excel workbook")
        run = bank.run.run_id
        assert download.suggested_filename == f"clientele-bank-{tab.slug}-run-{run}.xlsx"
        book = load_workbook(io.BytesIO(download.path().read_bytes()))
        about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
        assert about["Data set"] == bank.run.dataset.title
        assert about["Run"] == run
        assert about["As of"] == day(bank.run.as_of)
        cells = []
        for sheet in (sheet for sheet in book.worksheets if sheet.title != "About"):
            assert sheet.freeze_panes is not None
            assert sheet.max_row >= 2, (tab.slug, sheet.title)
            cells += [cell.value for row in sheet.iter_rows(min_row=2) for cell in row]
        if tab.group is Group.EXPLORE:
            assert any(isinstance(value, int | float) for value in cells), tab.slug
    assert [tab.slug for tab in exporting][:4] == [
        "overview",
        "demographic",
        "behavioural",
        "compare",
    ]


def test_a_view_is_exported_as_csv_that_a_spreadsheet_reads(page: Page, bank: Bank) -> None:
    page.goto("/overview")
    expect_all_drawn(page)
    tables = _csv_tables(_exported(page, "CSV file").path())
    names = [segment.name for segment in bank.segments["behavioural"]]
    assert [row[0] for row in tables["segments"][1:]] == names


def test_another_data_set_is_picked_in_the_header(page: Page, bank: Bank) -> None:
    page.goto("/overview")
    header = page.get_by_role("banner")
    header.get_by_label(f"Data set: {bank.run.dataset.title}").click()
    header.get_by_role("link", name=SECOND_TITLE).click()
    expect(page).to_have_url(f"/overview?d={SECOND}")
    expect(header.get_by_label(f"Data set: {SECOND_TITLE}")).to_be_visible()
    expect(page.locator(".kpi").first).to_contain_text("150")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Compare").click()
    expect(page).to_have_url(f"/compare?d={SECOND}")
    expect_all_drawn(page)


def test_the_cross_table_is_read_in_another_way(page: Page, bank: Bank) -> None:
    page.goto("/compare")
    expect_all_drawn(page)
    card = page.locator(".chart-card", has=page.get_by_label("Cells show"))
    lift = card.locator(PLOT).text_content()
    card.get_by_label("Cells show Lift.").click()
    card.get_by_role("link", name="Customers", exact=True).click()
    expect(page).to_have_url("/compare?view=count")
    for _ in range(2):
        expect(card.get_by_label("Cells show Customers.")).to_be_visible()
        expect_all_drawn(page, within=".chart-card:has([aria-label^='Cells show'])")
        assert card.locator(PLOT).text_content() != lift
        page.reload()
    page.get_by_role("link", name="Swap").click()
    expect(page).to_have_url("/compare?a=behavioural&b=demographic&view=count")
    card.get_by_role("button", name="Show as table").click()
    first = card.get_by_role("table").locator("tbody").get_by_role("rowheader").first
    expect(first).to_have_text(bank.segments["behavioural"][0].name)


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/overview")
    expect_all_drawn(page)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def _expect_charts_in(page: Page, colour: str) -> None:
    """Wait until every chart has its text in a colour."""
    expect_all_drawn(page)
    page.wait_for_function(
        f"""colour => Array.from(document.querySelectorAll("{PLOT}"))
        .every(plot => plot.layout.font.color === colour)""",
        arg=colour,
    )


def _exported(page: Page, kind: str) -> Download:
    page.get_by_label("Export this view").click()
    with page.expect_download() as event:
        page.get_by_role("button", name=kind).click()
    return event.value


def _csv_tables(file: Path) -> dict[str, list[list[str]]]:
    """Return the tables of a CSV export by name: several come in an archive."""
    if not zipfile.is_zipfile(file):
        return {"": _csv_rows(file.read_bytes())}
    with zipfile.ZipFile(file) as archive:
        return {Path(name).stem: _csv_rows(archive.read(name)) for name in archive.namelist()}


def _csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 by its mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
