"""The place of a page before its data arrive: title, control, cards and charts of their size."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import cell, grid, page_header
from dash_app.components.skeletons import kpi_skeleton, skeleton


def page_skeleton(
    title: str, controls_id: str, content_id: str, *rows: tuple[tuple[int, int], ...]
) -> Component:
    """Return a title, the place of its control and rows of (columns, height) to be filled."""
    cells = [
        cell(html.Div(skeleton(height), className="panel"), columns)
        for row in rows
        for columns, height in row
    ]
    return html.Div(
        [
            page_header(title, html.Div(id=controls_id)),
            html.Div([kpi_skeleton(), grid(*cells)], id=content_id, className="tab-content stack"),
        ]
    )
