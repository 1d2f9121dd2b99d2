"""On a phone, 390 pixels wide, every tab fits and can be used."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as OutOfTime

from dash_app.tabs.base import Group
from dash_app.tabs.registry import TABS
from tests.e2e.charts import PLOT, expect_all_drawn

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 390, 844
_OVERFLOWING = """width => Array.from(document.querySelectorAll("body *"))
  .filter(e => e.getBoundingClientRect().right > width + 1)
  .map(e => `${e.tagName}.${e.className}`).slice(0, 12)"""

_CUT_UNSEEN = """() => Array.from(document.querySelectorAll("main .table-frame"))
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .filter(e => e.tabIndex !== 0 || !getComputedStyle(e).backgroundImage.includes("gradient")
    || e.querySelector("td .chip"))
  .map(e => e.getAttribute("aria-label"))"""


def test_no_tab_scrolls_sideways(visitor: Callable[..., Page]) -> None:
    page = visitor(wide=WIDTH, tall=HEIGHT)
    for tab in TABS:
        page.goto(f"/{tab.slug}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if tab.group is Group.EXPLORE:
            expect_all_drawn(page)
        expect(page.locator(".skeleton")).to_have_count(0)
        expect_no_sideways_scrolling(page, WIDTH)
        assert page.evaluate(_CUT_UNSEEN) == [], (
            "cut without a shade, a focus, or through a verdict"
        )
        current = page.get_by_role("navigation", name="Views").locator("[aria-current=page]")
        expect(current).to_be_in_viewport()


def test_no_sub_view_scrolls_sideways_and_four_lenses_fit(visitor: Callable[..., Page]) -> None:
    page = visitor(wide=WIDTH, tall=HEIGHT)
    for lens in ("value_tiers", "rfm_groups"):
        for slug in ("behavioural", "quality", "overview"):
            page.goto(f"/{slug}?lens={lens}")
            expect(page.locator(".skeleton")).to_have_count(0)
            expect_no_sideways_scrolling(page, WIDTH)
    choice = page.get_by_role("navigation", name="View of the customers").get_by_role("link")
    expect(choice).to_have_text(["Demographic", "Behavioural", "RFM groups", "Value tiers"])
    for number in range(4):
        expect(choice.nth(number)).to_be_in_viewport(ratio=1)


def test_a_window_made_narrow_and_wide_again_fits_each_time(page: Page) -> None:
    page.goto("/demographic")
    expect_all_drawn(page)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    expect_no_sideways_scrolling(page, WIDTH)
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    expect_no_sideways_scrolling(page, 1280)
    plot, card = (page.locator(css).first.bounding_box() for css in (PLOT, ".chart-card"))
    assert plot is not None
    assert card is not None
    assert plot["width"] > card["width"] * 0.8


def test_the_menus_open_inside_the_window(visitor: Callable[..., Page]) -> None:
    page = visitor(wide=WIDTH, tall=HEIGHT)
    page.goto("/overview")
    for label in ("Data set: Retail bank", "Export this view", "Theme"):
        page.get_by_label(label, exact=True).click()
        box = page.locator("details[open] .menu-list").bounding_box()
        assert box is not None
        assert box["x"] >= 0, label
        assert box["x"] + box["width"] <= WIDTH, label
        page.keyboard.press("Escape")


def expect_no_sideways_scrolling(page: Page, width: int) -> None:
    """Wait until the page is no wider than its window; name what sticks out if it stays so."""
    fits = "width => document.documentElement.scrollWidth <= width"
    try:
        page.wait_for_function(fits, arg=width, timeout=5_000)
    except OutOfTime as late:
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        outside = page.evaluate(_OVERFLOWING, width)
        raise AssertionError(f"{page.url} is {wide} pixels wide: {outside}") from late
