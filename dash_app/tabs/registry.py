"""Every tab of the app, in the order of the header."""

from __future__ import annotations

from collections.abc import Sequence

from dash_app.tabs import overview
from dash_app.tabs.base import Tab

TABS: tuple[Tab, ...] = (overview.TAB,)


def tab_of(slug: str, tabs: Sequence[Tab]) -> Tab | None:
    """Return the tab at a path, None for an unknown one."""
    return next((tab for tab in tabs if tab.slug == slug), None)
