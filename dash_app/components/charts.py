"""A chart as a card: its finding, its drawing, its numbers as a table, and its downloads."""

from __future__ import annotations

import re
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dash_app.components.cards import card
from dash_app.components.skeletons import skeleton
from dash_app.components.tables import data_table, labels_of, labels_said
from dash_app.components.words import feature_label, naming_labels, only_read_aloud
from dash_app.figures.base import Chart

PLOT, TWIN, TOGGLE = "chart-plot", "chart-twin", "chart-toggle"  # pattern-matching ids of a card

_FEW = 2  # features that a subtitle is about


def part_id(part: str, chart_id: str) -> dict[str, str]:
    """Return the id of a part of a chart's card."""
    return {"type": part, "index": chart_id}


def graph_id(chart_id: str) -> str:
    """Return the id of the drawing itself.

    For ``Input(graph_id("map-scatter"), "selectedData", allow_optional=True)``: the drawing is not
    there before its first callback has answered.
    """
    return f"{chart_id}-graph"


def chart_slot(chart_id: str, height: int = 320) -> Component:
    """Return the place of a chart in a skeleton; fill its ``children`` with `chart_with_table`."""
    return html.Div(
        html.Div(skeleton(height), className="panel"), id=chart_id, className="chart-slot"
    )


def chart_with_table(
    chart: Chart, *, chart_id: str, currency: str = "USD", tools: tuple[Component, ...] = ()
) -> Component:
    """Return the card of a chart: drawing, text alternative, table twin, PNG and SVG.

    ``chart_id`` is the slot's id. ``tools`` come before the card's own.
    """
    if chart.is_empty:
        drawing = _drawing(chart, chart_id)
        return card(chart.title, drawing, tools=tools, class_name="chart-card")
    twin = html.Div(
        [data_table(chart.table, currency=currency, caption=chart.title), *_also_drawn(chart)],
        id=part_id(TWIN, chart_id),
        hidden=True,
    )
    plot = html.Div(_drawing(chart, chart_id), id=part_id(PLOT, chart_id))
    return card(
        chart.title,
        plot,
        twin,
        subtitle=_subtitle(chart),
        tools=(*tools, *_tools(chart, chart_id)),
        class_name="chart-card",
    )


def _subtitle(chart: Chart) -> str | list[str | Component]:
    """Return what is drawn; where that is one feature or two, their labels explain themselves."""
    if len(chart.table.features) > _FEW:
        return chart.subtitle
    return naming_labels(chart.subtitle, labels_of(chart.table))


def _also_drawn(chart: Chart) -> list[Component]:
    """Return the labels of the drawing that the table does not have, as a line below it.

    So the table twin explains every label of a drawing, for keyboards, fingers and listeners;
    `assets/js/terms.js` explains those inside the drawing to a pointer.
    """
    labels = labels_of(chart.table)
    missing = sorted(labels.keys() - labels_said(chart.table), key=str.casefold)
    if not missing or len(labels) <= _FEW:
        return []
    listed = [feature_label(label, labels[label]) for label in missing]
    parts = [part for one in listed for part in (" · ", one)]
    return [html.P(["Also drawn: ", *parts[1:]], className="field-hint")]


def _drawing(chart: Chart, chart_id: str) -> Component:
    summary_id = f"{chart_id}-summary"
    return html.Figure(
        [
            html.Div(
                dcc.Graph(
                    id=graph_id(chart_id),
                    figure=chart.figure,
                    config={"displayModeBar": False, "responsive": True},
                    style={"height": f"{chart.height}px"},
                    responsive=True,
                ),
                role="img",
                **{"aria-label": chart.title, "aria-describedby": summary_id},
            ),
            html.Figcaption(only_read_aloud(chart.summary, id=summary_id)),
        ],
        className="drawing",
    )


def _tools(chart: Chart, chart_id: str) -> tuple[Component, ...]:
    table = html.Button(
        "Table",
        id=part_id(TOGGLE, chart_id),
        type="button",
        className="card-tool",
        **{"aria-pressed": "false", "aria-label": f"Show as table: {chart.title}"},
    )
    return (
        table,
        _download("PNG", chart),
        _download("SVG", chart),
    )


def _download(file_format: str, chart: Chart) -> Component:
    attributes: dict[str, Any] = {
        "data-chart-download": file_format.lower(),
        "data-chart-name": _file_name(chart.title),
        "data-chart-title": chart.title,
        "aria-label": f"Download as {file_format}: {chart.title}",
    }
    return html.Button(file_format, type="button", className="card-tool", **attributes)


def _file_name(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower())[:60].strip("-") or "chart"
