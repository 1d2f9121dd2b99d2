"""Which segments run into one another: how many of their customers sit between two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import MapSample, SegmentSummary
from dash_app.components.cards import card
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.text import named
from dash_app.formats import count, percent
from dash_app.tabs.map.chosen import BETWEEN, between_share

Border = tuple[SegmentSummary, int, float | None, float | None]


def borders(sample: MapSample, segments: Sequence[SegmentSummary]) -> tuple[Border, ...]:
    """Return (segment, customers drawn, share between two segments, median margin), blurred first.

    Segments by rule have no border: their customers have no margin.
    """
    found = []
    for segment in segments:
        margins = sample.margin[sample.segment == segment.number]
        known = margins[np.isfinite(margins)]
        if not segment.is_rule and known.size:
            median = float(np.median(known))
            found.append((segment, int(margins.size), between_share(margins), median))
    return tuple(sorted(found, key=lambda border: (-(border[2] or 0.0), border[0].number)))


def borders_card(found: Sequence[Border]) -> Component:
    """Return the segments, the one with the most customers on the border first."""
    if not found:
        words = "A rule says which segment a customer belongs to: nobody sits between two."
        return card(borders_finding(found), html.P(words), class_name="borders")
    rows = [
        (segment_badge(segment.name, segment.colour), count(n), percent(share))
        for segment, n, share, _ in found
    ]
    columns = (
        Column("Segment"),
        Column("Customers", is_number=True),
        Column("On the border", is_number=True),
    )
    return card(
        borders_finding(found),
        rows_table(columns, rows, caption="How clear the segments' borders are"),
        subtitle="Customers on the map who sit between two segments: nearly as near to another "
        f"(margin under {BETWEEN:g})",
        class_name="borders",
    )


def borders_finding(found: Sequence[Border]) -> str:
    """Return which segment has the least clear border."""
    if not found:
        return "No borders to speak of"
    segment, _, share, _ = found[0]
    if not share:
        return "Every segment is clear of the others"
    return f"{named(segment.name)} has the least clear border"


def borders_table(found: Sequence[Border]) -> Table:
    """Return the borders as a table for a file."""
    return table(
        (
            TableColumn("Segment"),
            TableColumn("Customers on the map", Kind.COUNT),
            TableColumn("Between two segments", Kind.SHARE),
            TableColumn("Median margin", Kind.NUMBER),
        ),
        [(segment.name, n, share, margin) for segment, n, share, margin in found],
    )
