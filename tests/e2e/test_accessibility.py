"""Every tab, opened by its address, in both themes: drawn, and clean under WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dash_app.tabs.base import Group
from dash_app.tabs.registry import TABS
from tests.e2e.accessibility import violations
from tests.e2e.charts import expect_all_drawn

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_tab_is_accessible(theme: str, visitor: Callable[..., Page]) -> None:
    page = visitor(color_scheme=theme)
    found = {}
    for tab in TABS:
        page.goto(f"/{tab.slug}")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if tab.group is Group.EXPLORE:
            expect_all_drawn(page)
        expect(page.locator(".skeleton")).to_have_count(0)
        found[tab.slug] = violations(page)
    assert found == {tab.slug: [] for tab in TABS}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sub_views_are_accessible(theme: str, visitor: Callable[..., Page]) -> None:
    page = visitor(color_scheme=theme)
    for lens in ("value_tiers", "rfm_groups"):
        page.goto(f"/behavioural?lens={lens}")
        expect_all_drawn(page)
        expect(page.locator(".skeleton")).to_have_count(0)
        assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_on_demand_is_accessible(theme: str, visitor: Callable[..., Page]) -> None:
    page = visitor(color_scheme=theme)
    page.goto("/overview")
    expect_all_drawn(page)
    found = []
    for label in ("Data set: Retail bank", "Export this view", "Theme"):
        page.get_by_label(label, exact=True).click()
        found += violations(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show as table").first.click()
    expect(page.locator(".chart-card").first.get_by_role("table")).to_be_visible()
    found += violations(page)
    page.goto("/map?view=steps")
    expect_all_drawn(page, at_least=2)
    found += violations(page)
    page.goto("/score")
    page.get_by_role("button", name="Score", exact=True).click()
    expect(page.locator(".answer-segment")).to_be_visible()
    expect_all_drawn(page)
    page.get_by_label("Load a customer").fill("C-NOBODY")
    page.get_by_label("Load a customer").press("Enter")
    expect(page.get_by_text("No customer begins with")).to_be_visible()
    found += violations(page)
    assert found == []
