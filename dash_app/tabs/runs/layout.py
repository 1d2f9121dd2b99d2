"""The page of runs before its data arrive."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dash_app.components.cards import cell, grid, page_header
from dash_app.components.skeletons import slot
from dash_app.tabs.runs.form import new_run_form
from dash_app.tabs.runs.ids import Ids

_TICK = 1_500  # milliseconds between two looks at open jobs


def layout() -> Component:
    """Return the skeleton."""
    return html.Div(
        [
            dcc.Interval(id=Ids.TICK, interval=_TICK, disabled=True),
            dcc.Store(id=Ids.FINISHED),
            page_header("What was tried, what is live"),
            html.Div(id=Ids.PUBLISHED, role="status"),
            html.Div(id=Ids.ENDED, role="status", className="visually-hidden"),
            grid(
                cell(slot(Ids.HISTORY, 320), 8, id="runs-history-cell"),
                cell([new_run_form(), html.Div(id=Ids.JOBS, className="jobs")], 4, id=Ids.NEW),
                cell(slot(Ids.DETAIL, 480), 12),
            ),
        ]
    )
