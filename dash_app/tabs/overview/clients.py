"""Top action clients: who is worth a call now, and why."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import ActionClient, FeatureInfo, SegmentSummary
from dash_app.components.cards import card
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import feature_label
from dash_app.figures.base import Table, TableColumn, table
from dash_app.formats import NO_DATA, format_value
from dash_app.tabs.overview.layout import Ids

_SHOWN = 6
_SUBTITLE = "High value and a reason to act: what just changed, then who is near another segment"


def clients_card(
    clients: Sequence[ActionClient] | None,
    segments: Sequence[SegmentSummary],
    value: FeatureInfo | None,
    currency: str,
) -> Component:
    """Return the first of the clients; None: the reader may not see single customers."""
    title = "Top action clients"
    if clients is None:
        return card(title, html.P("Single customers are shown to analysts."), subtitle=_SUBTITLE)
    if not clients:
        return card(title, html.P("Nobody stands out at the moment."), subtitle=_SUBTITLE)
    known = {segment.number: segment for segment in segments}
    rows = [
        (
            html.Span(client.pseudonym, className="pseudonym"),
            _badge(known.get(client.segment)),
            _money(client.value, value, currency),
            client.reason,
        )
        for client in clients[:_SHOWN]
    ]
    columns = (
        Column("Customer"),
        Column("Segment"),
        Column(feature_label(value.label, value.name) if value else "Value", is_number=True),
        Column("Why now"),
    )
    csv = html.Button(
        "CSV",
        id=Ids.CLIENTS_CSV,
        type="button",
        className="card-tool",
        **{"aria-label": "Download as CSV: top action clients"},
    )
    more = f"; the first {_SHOWN} of {len(clients)}" if len(clients) > _SHOWN else ""
    return card(
        title,
        rows_table(columns, rows, caption=title, stacks=True),
        subtitle=_SUBTITLE + more,
        tools=(csv,),
        class_name="clients",
    )


def clients_table(
    clients: Sequence[ActionClient],
    segments: Sequence[SegmentSummary],
    value: FeatureInfo | None,
) -> Table:
    """Return all clients as a table for a file."""
    names = {segment.number: segment.name for segment in segments}
    return table(
        (
            TableColumn("Customer"),
            TableColumn("Segment"),
            TableColumn(value.label if value else "Value", Kind.MONEY),
            TableColumn("Why now"),
        ),
        [(c.pseudonym, names.get(c.segment, NO_DATA), c.value, c.reason) for c in clients],
    )


def _badge(segment: SegmentSummary | None) -> Component | str:
    return segment_badge(segment.name, segment.colour) if segment else NO_DATA


def _money(value: float | None, feature: FeatureInfo | None, currency: str) -> str:
    kind = feature.kind if feature else Kind.MONEY
    whole = float(round(value)) if value is not None else None
    return format_value(whole, kind, feature.unit if feature else "", currency)
