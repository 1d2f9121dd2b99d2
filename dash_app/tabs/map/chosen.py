"""Who was drawn around: how many customers, of which segments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from dash import html
from dash.development.base_component import Component
from numpy.typing import NDArray

from core.readmodels import MapSample, SegmentSummary
from dash_app.components.cards import card
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import emphasised
from dash_app.formats import count, percent
from dash_app.privacy import is_shown

BETWEEN = 0.1  # margin under which a customer sits between two segments
_TITLE = "Your selection"


def selection_hint(dimensions: int, flat_link: Component) -> Component:
    """Return what to do to see who lies where; in space a selection cannot be drawn."""
    if dimensions == 3:
        words = html.P(["Customers are chosen on the flat map. ", flat_link])
        return card(_TITLE, words, class_name="selection")
    return card(
        _TITLE,
        html.P(
            emphasised(
                "Choose **Lasso** or **Box** above the map and draw around customers: you are told "
                "here how many they are and which segments they belong to."
            )
        ),
        class_name="selection",
    )


def selection_card(
    rows: NDArray[np.intp],
    sample: MapSample,
    segments: Sequence[SegmentSummary],
    smallest: int,
) -> Component:
    """Return how many customers were chosen and of which segments; small groups are not told."""
    n = len(rows)
    if not is_shown(n, smallest):
        too_few = f"Fewer than {smallest} customers: too few to say anything about them."
        words = too_few if n else "There are no customers there."
        return card(_TITLE, html.P(words), class_name="selection")
    return card(
        f"{count(n)} customers selected",
        html.P(between_words(sample.margin[rows])),
        rows_table(
            (
                Column("Segment"),
                Column("Customers", is_number=True),
                Column("Share", is_number=True),
            ),
            _rows(rows, sample, segments, smallest),
            caption="Segments of the customers selected",
        ),
        subtitle=f"{percent(n / len(sample.segment))} of the customers on the map"
        + ("; the map is a sample" if len(sample.segment) < sample.sampled_from else ""),
        class_name="selection",
    )


def between_words(margins: NDArray[np.float32]) -> str:
    """Return how many of some customers are nearly as near to another segment."""
    share = between_share(margins)
    if share is None:
        return "All of them belong to their segment by rule."
    if share == 0:
        return "None of them sits between two segments."
    return f"{percent(share, 0)} of them sit between two segments: nearly as near to another."


def between_share(margins: NDArray[np.float32]) -> float | None:
    """Return the share of customers between two segments; None where none has a margin."""
    known = margins[np.isfinite(margins)]
    return float((known < BETWEEN).mean()) if known.size else None


def _rows(
    rows: NDArray[np.intp],
    sample: MapSample,
    segments: Sequence[SegmentSummary],
    smallest: int,
) -> list[tuple[Component, str, str]]:
    here = sample.segment[rows]
    counted = [(segment, int((here == segment.number).sum())) for segment in segments]
    counted = sorted(
        ((segment, n) for segment, n in counted if n),
        key=lambda entry: (-entry[1], entry[0].number),
    )
    return [
        (
            segment_badge(segment.name, segment.colour),
            count(n) if is_shown(n, smallest) else f"under {smallest}",
            percent(n / len(rows), 0) if is_shown(n, smallest) else "",
        )
        for segment, n in counted
    ]
