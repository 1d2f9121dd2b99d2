"""A user of the map sees real points, colours them, and draws around some of them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from dash_app.formats import count
from tests.e2e.bank import Bank
from tests.e2e.charts import PLOT, expect_all_drawn

pytestmark = pytest.mark.browser

MAP = ".map-card"


def test_the_map_paints_its_points_without_a_graphics_card(page: Page, bank: Bank) -> None:
    page.goto("/map")
    expect_all_drawn(page, within=MAP)
    expect(page.get_by_role("main")).to_contain_text(f"{count(bank.run.customers)} customers on")
    expect(_map(page)).to_contain_text(re.compile("Component 1.*of variance", re.DOTALL))


def test_drawing_a_box_tells_who_is_inside(page: Page, bank: Bank) -> None:
    page.goto("/map")
    expect_all_drawn(page, within=MAP)
    page.get_by_role("button", name="Box").click()
    expect(page.get_by_role("button", name="Box")).to_have_attribute("aria-pressed", "true")
    area = _map(page).locator(".nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + 2, area["y"] + 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 2, area["y"] + area["height"] - 2, steps=8)
    page.mouse.up()
    heading = page.get_by_role("heading", name="customers selected")
    expect(heading).to_have_text(f"{count(bank.run.customers)} customers selected")
    table = page.get_by_role("table", name="Segments of the customers selected")
    for segment in bank.segments["behavioural"]:
        row = table.get_by_role("row").filter(has_text=segment.name)
        expect(row).to_contain_text(count(segment.size))


def test_the_map_is_coloured_by_margin_and_turned_into_space(page: Page) -> None:
    page.goto("/map")
    expect_all_drawn(page, within=MAP)
    page.get_by_label("Colour: Behavioural segment. Choose another").click()
    page.get_by_role("link", name="Margin to the runner-up").click()
    expect(page).to_have_url(re.compile(r"/map\?by=margin$"))
    expect(page.get_by_label("Colour: Margin to the runner-up. Choose another")).to_be_visible()
    expect_all_drawn(page, within=MAP)
    page.get_by_role("link", name="In space").click()
    expect(page).to_have_url(re.compile("view=3d"))
    expect(_map(page).locator("canvas").first).to_be_visible()
    expect(_map(page)).not_to_contain_text("WebGL")
    page.reload()
    expect(_map(page).locator("canvas").first).to_be_visible()
    page.get_by_role("link", name="Flat", exact=True).click()
    expect_all_drawn(page)


def test_the_way_of_k_means_is_played_step_by_step(page: Page, bank: Bank) -> None:
    page.goto("/map")
    page.get_by_role("link", name="How k-means found this").click()
    expect(page).to_have_url(re.compile("view=steps"))
    words, slider = page.locator("[data-player-words]"), page.get_by_label("Step")
    expect(words).to_contain_text("nobody changes any more")
    expect_all_drawn(page, at_least=2)
    assert int(slider.get_attribute("max") or 0) + 1 >= 20

    page.get_by_role("button", name="First").click()
    expect(words).to_have_text(re.compile(r"^Start: \d+ middles"))
    page.get_by_role("button", name="Next").click()
    expect(words).to_have_text(re.compile(r"^Round 1: all [\d,]+ customers join"))
    slider.press("ArrowRight")
    expect(words).to_have_text(re.compile("^Round 1: (each middle moves|the middles are on)"))
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(words).to_have_text(re.compile("^Round 2"))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="Last").click()
    expect(words).to_contain_text("These are the segments")


def _map(page: Page) -> Locator:
    return page.locator(MAP).locator(PLOT)
