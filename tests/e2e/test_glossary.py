"""A business user asks what a word means; a data steward brings in the bank's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.core.glossary.builders import term_row, terms_file

pytestmark = pytest.mark.browser


def test_a_label_says_what_it_means_and_leads_to_its_term(page: Page) -> None:
    page.goto("/behavioural")
    label = page.locator("th [data-explains='feature:card_debt']:visible").first
    label.scroll_into_view_if_needed()
    label.focus()
    tip = page.get_by_role("tooltip").filter(has_text="owes on open credit cards")
    expect(tip).to_be_visible()
    expect(label).to_have_attribute("aria-describedby", "term-pop")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    label.hover()
    expect(tip).to_be_visible()
    tip.get_by_role("link").hover()
    expect(tip).to_be_visible()
    tip.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Card debt", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("makes its segments")


def test_a_label_inside_a_drawing_says_what_it_means(page: Page) -> None:
    page.goto("/demographic")
    axis = page.locator(".angularaxistick text[data-explains='feature:age_years']").first
    axis.scroll_into_view_if_needed()
    axis.hover()
    tip = page.get_by_role("tooltip").filter(has_text="full years have passed")
    expect(tip).to_be_visible()
    page.get_by_role("heading", level=1).hover()
    expect(tip).to_be_hidden()


def test_a_word_is_searched_and_the_address_keeps_the_search(page: Page) -> None:
    page.goto("/glossary")
    page.get_by_label("Search the glossary").fill("recency")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/glossary?q=recency")
    expect(page.get_by_role("main")).to_contain_text("How long ago a customer was last active")
    page.reload()
    expect(page.get_by_label("Search the glossary")).to_have_value("recency")


def test_a_steward_is_told_every_mistake_of_the_files(page: Page, tmp_path: Path) -> None:
    name, content = terms_file(term_row("A", "Valu"), term_row("B", "Value", Related_Terms="C"))
    (tmp_path / name).write_bytes(content)
    page.goto("/glossary")
    page.locator("#glossary-files input[type=file]").set_input_files(tmp_path / name)
    expect(page.locator("#glossary-chosen")).to_have_text("terms.csv")
    page.get_by_role("button", name="Import", exact=True).click()
    done = page.locator("#glossary-done")
    expect(done).to_contain_text("2 mistakes; nothing was imported.")
    expect(done).to_contain_text("terms.csv, line 3, Related Terms: There is no term 'C'.")
