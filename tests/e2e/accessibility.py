"""What axe finds against WCAG 2.2 AA, a line per element."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands."""
    response = Axe().run(page, options=_RULES).response
    assert response["passes"], "axe has looked at nothing"
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
