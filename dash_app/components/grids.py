"""Grids over many rows: AG Grid in the product's look, rows fetched page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component


def data_grid(
    grid_id: str,
    columns: Sequence[Mapping[str, Any]],
    *,
    label: str,
    rows: Sequence[Mapping[str, Any]] | None = None,
    height: int = 420,
    options: Mapping[str, Any] | None = None,
) -> Component:
    """Return a grid; without ``rows`` it asks for blocks through ``getRowsRequest``.

    ``columns`` are AG Grid's column definitions. Text is never rendered as HTML or Markdown.
    """
    is_paged = rows is None
    grid = dag.AgGrid(
        id=grid_id,
        columnDefs=[dict(column) for column in columns],
        rowModelType="infinite" if is_paged else "clientSide",
        rowData=None if rows is None else [dict(row) for row in rows],
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "flex": 1,
            "minWidth": 110,
        },
        dashGridOptions={
            "animateRows": False,
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "rowHeight": 38,
            "headerHeight": 38,
            **({"cacheBlockSize": 100, "maxBlocksInCache": 10} if is_paged else {}),
            **(options or {}),
        },
        className="ag-theme-quartz clientele-grid",
        style={"height": f"{height}px"},
        dangerously_allow_code=False,
    )
    return html.Div(grid, role="region", className="grid-frame", **{"aria-label": label})
