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


class Ids(StrEnum):
    """The fixed ids of the tab."""

    CONTROLS = "map-controls"
    CONTENT = "map-content"
    SELECTION = "map-selection"


def layout() -> Component:
    """Return the skeleton."""
    content = grid(
        cell([html.Div(skeleton(600), className="panel"), slot(Ids.SELECTION, 120)], 8),
        cell(html.Div(skeleton(760), className="panel"), 4),
        *(cell(html.Div(skeleton(400), className="panel"), columns) for columns in (5, 7)),
    )
    return html.Div(
        [
            page_header("How customers are spread", html.Div(id=Ids.CONTROLS)),
            html.Div(content, id=Ids.CONTENT, className="tab-content"),
        ]
    )
