"""Every tab of the app, in the order of the header."""

from __future__ import annotations

from collections.abc import Sequence

from dash_app.tabs.base import Tab
from dash_app.tabs.behavioural.tab import TAB as BEHAVIOURAL
from dash_app.tabs.compare.tab import TAB as COMPARE
from dash_app.tabs.data.tab import TAB as DATA
from dash_app.tabs.demographic.tab import TAB as DEMOGRAPHIC
from dash_app.tabs.glossary.tab import TAB as GLOSSARY
from dash_app.tabs.map.tab import TAB as MAP
from dash_app.tabs.overview.tab import TAB as OVERVIEW
from dash_app.tabs.quality.tab import TAB as QUALITY
from dash_app.tabs.runs.tab import TAB as RUNS
from dash_app.tabs.score.tab import TAB as SCORE

TABS: tuple[Tab, ...] = (
    OVERVIEW,
    DEMOGRAPHIC,
    BEHAVIOURAL,
    COMPARE,
    MAP,
    SCORE,
    QUALITY,
    DATA,
    RUNS,
    GLOSSARY,
)


def tab_of(slug: str, tabs: Sequence[Tab]) -> Tab | None:
    """Return the tab at a path, None for an unknown one."""
    return next((tab for tab in tabs if tab.slug == slug), None)
