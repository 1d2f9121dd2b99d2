"""An analyst is asked whether the segments are real, and follows the evidence."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.bank import Bank
from tests.e2e.charts import expect_all_drawn

pytestmark = pytest.mark.browser


def test_an_analyst_goes_from_the_answer_to_single_customers(page: Page, bank: Bank) -> None:
    page.goto("/quality")
    expect(page.get_by_role("heading", level=1)).to_have_text("Can I rely on it?")
    expect(page.get_by_role("heading", name="tests passed")).to_be_visible()
    questions = page.get_by_role("navigation", name="Questions to the evidence")
    found = []
    for question, view, charts in (
        ("Groups or chance?", "groups", 2),
        ("Found again?", "again", 1),
        ("Why this many?", "number", 2),
        ("What drives them?", "drivers", 1),
    ):
        questions.get_by_role("link", name=question).click()
        expect(page).to_have_url(f"/quality?view={view}")
        expect(questions.locator("[aria-current=true]")).to_have_text(question)
        expect_all_drawn(page, at_least=charts)
        found += violations(page)
    questions.get_by_role("link", name="Whom to look at?").click()
    segment = next(s for s in bank.segments["behavioural"] if not s.is_rule)
    heading = page.get_by_role("heading", name=f"Whom to look at in {segment.name}")
    page.locator("main .card-choice summary").click()
    page.locator("main .card-choice").get_by_role("link", name=segment.name).click()
    expect(heading).to_be_visible()
    page.reload()
    expect(heading).to_be_visible()
    assert found + violations(page) == []
