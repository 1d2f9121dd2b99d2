"""The map before its data arrive: ids and places."""

from __future__ import annotations

from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import cell, grid, page_header
from dash_app.components.charts import graph_id
from dash_app.components.skeletons import skeleton, slot

SLUG = "map"
CHART = "map-scatter"  # the map itself, in the content
GRAPH = graph_id(CHART)
_ROWS = ((5, 300), (7, 300), (12, 200))


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "map-controls"
    CONTENT = "map-content"
    SELECTION = "map-selection"


def layout() -> Component:
    """Return the skeleton."""
    below = [
        cell(html.Div(skeleton(height), className="panel"), columns) for columns, height in _ROWS
    ]
    content = grid(
        cell(html.Div(skeleton(520), className="panel"), 8),
        cell(slot(Ids.SELECTION, 520), 4),
        *below,
    )
    return html.Div(
        [
            page_header("How customers are spread", html.Div(id=Ids.CONTROLS)),
            html.Div(content, id=Ids.CONTENT, className="tab-content"),
        ]
    )
