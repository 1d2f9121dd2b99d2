"""Combinations that chance would hardly give: more customers than expected, or fewer."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import ComparisonCell, SegmentSummary
from dash_app.components.cards import card
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.disclosure import hidden_cells
from dash_app.figures.base import Table, TableColumn, table
from dash_app.formats import SPACE, count
from dash_app.tabs.compare.layout import Ids

_SURPRISING = 2.0  # adjusted residual; about one cell in twenty by chance (Haberman 1973)
_MOST = 4  # of more than expected, and of fewer


def surprising(
    cells: Sequence[ComparisonCell], smallest: int
) -> tuple[tuple[ComparisonCell, ...], tuple[ComparisonCell, ...]]:
    """Return the cells with clearly more customers than expected, and those with fewer.

    The least likely come first; cells that the cross table hides are left out.
    """
    hidden = hidden_cells({(c.a, c.b): c.n for c in cells}, smallest)
    judged = [c for c in cells if c.residual is not None and (c.a, c.b) not in hidden]
    ranked = sorted(judged, key=lambda c: (-abs(c.residual or 0.0), c.a, c.b))
    more = tuple(c for c in ranked if (c.residual or 0.0) >= _SURPRISING)
    fewer = tuple(c for c in ranked if (c.residual or 0.0) <= -_SURPRISING)
    return more[:_MOST], fewer[:_MOST]


def surprises_card(
    cells: Sequence[ComparisonCell],
    segments_a: Sequence[SegmentSummary],
    segments_b: Sequence[SegmentSummary],
    smallest: int,
) -> Component:
    """Return the table of surprising combinations."""
    more, fewer = surprising(cells, smallest)
    if not more and not fewer:
        nothing = "Every combination has about as many customers as two unrelated views would give."
        return card("No surprising combinations", html.P(nothing))
    named_a, named_b = _numbered(segments_a), _numbered(segments_b)
    rows = [
        (
            html.Span([_badge(named_a[c.a]), " → ", _badge(named_b[c.b])], className="combination"),
            count(c.n),
            count(c.expected),
            html.Strong(times(c.lift)),
        )
        for c in (*more, *fewer)
    ]
    columns = (
        Column("Combination"),
        Column("Customers", is_number=True),
        Column("Expected", is_number=True),
        Column("vs expected", is_number=True),
    )
    csv = html.Button(
        "CSV",
        id=Ids.SURPRISES_CSV,
        type="button",
        className="card-tool",
        **{"aria-label": "Download as CSV: surprising combinations"},
    )
    return card(
        "Surprising combinations",
        rows_table(columns, rows, caption="Surprising combinations"),
        subtitle="Far more or far fewer customers than two unrelated views would give",
        tools=(csv,),
        class_name="surprises",
    )


def surprises_table(
    cells: Sequence[ComparisonCell],
    segments_a: Sequence[SegmentSummary],
    segments_b: Sequence[SegmentSummary],
    labels: tuple[str, str],
    smallest: int,
) -> Table:
    """Return the surprising combinations as a table for a file."""
    named_a, named_b = _numbered(segments_a), _numbered(segments_b)
    more, fewer = surprising(cells, smallest)
    return table(
        (
            TableColumn(labels[0]),
            TableColumn(labels[1]),
            TableColumn("Customers", Kind.COUNT),
            TableColumn("Expected", Kind.NUMBER),
            TableColumn("Lift", Kind.NUMBER),
            TableColumn("Residual", Kind.NUMBER),
        ),
        [
            (named_a[c.a].name, named_b[c.b].name, c.n, c.expected, c.lift, c.residual)
            for c in (*more, *fewer)
        ],
    )


def times(lift: float | None) -> str:
    r"""Return a lift as a factor.

    >>> times(1.432)
    '1.43\xa0×'
    """
    return "" if lift is None else f"{lift:.2f}{SPACE}×"


def _numbered(segments: Sequence[SegmentSummary]) -> dict[int, SegmentSummary]:
    return {segment.number: segment for segment in segments}


def _badge(segment: SegmentSummary) -> Component:
    return segment_badge(segment.name, segment.colour)
