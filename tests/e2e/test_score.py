"""An analyst asks where a customer belongs: known ones, typical ones, and mistaken values."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.bank import Bank
from tests.e2e.charts import expect_all_drawn

pytestmark = pytest.mark.browser

NUMBER = ".score-field input[inputmode=decimal]"


def test_a_customer_found_in_the_header_is_scored_into_their_stored_segments(
    page: Page, bank: Bank
) -> None:
    page.goto("/overview")
    search = page.get_by_role("search")
    search.get_by_label("Find a customer").fill(bank.customer.lower())
    search.get_by_label("Find a customer").press("Enter")
    expect(search).to_contain_text(bank.customer)
    for name in bank.belongs.values():
        expect(search.get_by_role("link", name=name, exact=True)).to_be_visible()
    search.get_by_role("link", name="Score a customer").click()
    expect(page).to_have_url("/score")
    expect(page.get_by_text(f"Values of {bank.customer}.")).to_be_visible()
    _expect_answer(page, bank.belongs["behavioural"])
    elsewhere = page.locator(".elsewhere", has_text="Demographic view")
    expect(elsewhere).to_contain_text(bank.belongs["demographic"])
    elsewhere.get_by_role("link", name="Demographic view").click()
    expect(page).to_have_url("/score?lens=demographic")
    _expect_answer(page, bank.belongs["demographic"])
    assert bank.customer not in page.url


def test_a_customer_is_loaded_into_the_form_changed_and_reset(page: Page, bank: Bank) -> None:
    page.goto("/score")
    expect(page.get_by_text("Middle values of ")).to_be_visible()
    page.get_by_label("Load a customer").fill(bank.customer)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text(f"Values of {bank.customer}.")).to_be_visible()
    _expect_answer(page, bank.belongs["behavioural"])
    field = page.locator(NUMBER).first
    field.fill("123456")
    field.press("Enter")
    expect(page.get_by_text(f"Values of {bank.customer}, 1 of them changed here.")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("Middle values of ")).to_be_visible()
    expect(field).not_to_have_value("123456")


def test_an_unknown_customer_is_told_in_words(page: Page) -> None:
    page.goto("/score")
    page.get_by_label("Load a customer").fill("C-NOBODY")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("No customer begins with “C-NOBODY”.")).to_be_visible()
    page.get_by_label("Load a customer").fill("C-")
    page.get_by_label("Load a customer").press("Enter")
    expect(page.get_by_text("Several customers begin with “C-”.")).to_be_visible()


def test_scoring_names_a_segment_and_nonsense_is_told_beside_its_field(
    page: Page, bank: Bank
) -> None:
    page.goto("/score")
    names = [segment.name for segment in bank.segments["behavioural"]]
    page.get_by_role("button", name="Score", exact=True).click()
    segment = page.locator(".answer-segment")
    expect(segment).to_have_text(re.compile("|".join(map(re.escape, names))))
    expect_all_drawn(page, within="main")

    labelled = page.locator(".score-field", has=page.locator("input[inputmode=decimal]")).first
    field, alert = labelled.locator("input"), labelled.get_by_role("alert")
    before = field.input_value()
    field.fill("plenty")
    field.press("Enter")
    expect(alert).to_contain_text("“plenty” is not a number. Write one like")
    page.get_by_role("button", name="Score", exact=True).click()
    expect(page.get_by_role("heading", name="Not scored yet")).to_be_visible()
    expect(segment).to_have_count(0)

    field.fill(before)
    field.press("Enter")
    expect(page.get_by_text("is not a number")).to_have_count(0)
    expect(segment).to_be_visible()


def _expect_answer(page: Page, name: str) -> None:
    expect(page.locator(".answer-segment")).to_have_text(name)
