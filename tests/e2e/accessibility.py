"""What axe finds against WCAG 2.2 AA, a line per element."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dash_app.theme import DARK
from tests.e2e.charts import expect_charts_in

_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ALL = {"runOnly": {"type": "tag", "values": _LEVELS}, "resultTypes": ["violations"]}
_OF_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands."""
    return _found(page, _ALL)


def violations_in_both_themes(page: Page) -> list[str]:
    """Return what is wrong with the light page, and with the colours of the same page made dark."""
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect_charts_in(page, DARK.ink)
    dark = _found(page, _OF_COLOUR)
    page.emulate_media(color_scheme="light")
    return light + dark


def _found(page: Page, rules: dict[str, object]) -> list[str]:
    response = Axe().run(page, options=rules).response
    assert response["passes"], "axe has looked at nothing"
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
