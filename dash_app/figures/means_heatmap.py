"""Every feature of every segment at a glance: where its customers stand among all."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import typically
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.colour import diverging
from dash_app.figures.heat import Heat, heat_figure
from dash_app.figures.lookup import indexed, percentile, typical
from dash_app.figures.text import escape, joined, named
from dash_app.theme import Theme

_ACROSS = 6  # segments up to which they are columns


def means_heatmap(
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",
) -> Chart:
    """Return the heat map of mean percentiles, centred on 50, which is everyone."""
    found = indexed(statistics)
    rows = [f for f in features if any((s.number, f.name) in found for s in segments)]
    if not rows:
        return empty_chart(
            theme,
            "No features to compare",
            "There are no statistics for these segments.",
            "Choose other features, or wait for the run to finish.",
        )
    values = [[percentile(found, s.number, f.name) for s in segments] for f in rows]
    heat = Heat(
        rows=tuple(feature.label for feature in rows),
        columns=tuple(segment.name for segment in segments),
        values=tuple(tuple(row) for row in values),
        texts=tuple(
            tuple("–" if value is None else f"{value:.0f}" for value in row) for row in values
        ),
        hover=tuple(
            tuple(
                escape(
                    f"{segment.name}: {feature.label} at percentile "
                    f"{'unknown' if value is None else f'{value:.0f}'}, "
                    f"{typically(typical(found, segment.number, feature), feature, currency)}; "
                    "all customers "
                    f"{typically(typical(found, None, feature), feature, currency)}."
                )
                for segment, value in zip(segments, row, strict=True)
            )
            for feature, row in zip(rows, values, strict=True)
        ),
        low=0,
        high=100,
    )
    if len(segments) > _ACROSS:
        heat = heat.turned()
    figure, height = heat_figure(heat, diverging(theme), theme, cell=38)
    return Chart(
        figure=figure,
        title=_finding(rows, segments, values),
        subtitle="Average percentile among all customers: 50 is everyone, blue above, orange below",
        summary=" ".join(
            _sentence(segment, rows, [row[column] for row in values])
            for column, segment in enumerate(segments)
        ),
        table=table(
            (TableColumn("Feature"), *(TableColumn(s.name, Kind.NUMBER, "%ile") for s in segments)),
            [(feature.label, *row) for feature, row in zip(rows, values, strict=True)],
            features=rows,
        ),
        height=height,
    )


def _finding(
    rows: Sequence[FeatureInfo],
    segments: Sequence[SegmentSummary],
    values: Sequence[Sequence[float | None]],
) -> str:
    """Return the feature on which segments lie farthest apart."""
    gaps = []
    for feature, row in zip(rows, values, strict=True):
        known = [
            (value, segment.name)
            for value, segment in zip(row, segments, strict=True)
            if value is not None and not segment.is_rule
        ]
        if len(known) > 1:
            (low, low_name), (high, high_name) = min(known), max(known)
            gaps.append((high - low, feature.label, high_name, low_name))
    if not gaps:
        return "How the segment compares with all customers"
    _, label, high_name, low_name = max(gaps)
    return f"{label} separates most: high in {named(high_name)}, low in {named(low_name)}"


def _sentence(
    segment: SegmentSummary, rows: Sequence[FeatureInfo], values: Sequence[float | None]
) -> str:
    far = sorted(
        ((value, f.label) for f, value in zip(rows, values, strict=True) if value is not None),
        key=lambda entry: -abs(entry[0] - 50),
    )[:3]
    words = [f"{label} at percentile {value:.0f}" for value, label in far]
    return f"{segment.name}: {joined(words) or 'no data'}."
