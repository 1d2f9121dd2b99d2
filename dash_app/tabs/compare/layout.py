"""The comparison before its data arrive: ids and places."""

from __future__ import annotations

from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import cell, grid, page_header
from dash_app.components.skeletons import skeleton

SLUG = "compare"
_ROWS = ((12, 80), (7, 400), (5, 400), (7, 260), (5, 260))


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "compare-controls"
    CONTENT = "compare-content"
    SURPRISES_CSV = "compare-surprises-csv"  # in the content; absent while nothing surprises


def layout() -> Component:
    """Return the skeleton."""
    cells = [
        cell(html.Div(skeleton(height), className="panel"), columns) for columns, height in _ROWS
    ]
    return html.Div(
        [
            page_header("Do the two views agree?", html.Div(id=Ids.CONTROLS)),
            html.Div(grid(*cells), id=Ids.CONTENT, className="tab-content stack"),
        ]
    )
