"""What makes up to three segments stand out: percentiles on five to seven axes."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.insight.degrees import little_and_much
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import typically
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.lookup import EVERYONE, Statistics, indexed, percentile, typical
from dash_app.figures.polar import AXES_WORDS, FEWEST, MOST, Shape, radar_figure
from dash_app.figures.text import joined, named
from dash_app.theme import Theme

_POLYGONS = 3
_STANDS_OUT = 10  # percentile points away from 50


def radar(
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",
    of: int | None = None,
) -> Chart:
    """Return the radar of the features, in their order, for at most three of the segments.

    ``of`` is how many segments there are, where those given are a choice among them.
    """
    axes = list(features)[:MOST]
    drawn = _readable(segments)
    if not statistics or not drawn or len(axes) < FEWEST:
        return empty_chart(
            theme,
            "No profile to draw",
            f"A profile needs a segment and at least {FEWEST} features.",
            "Choose a segment, or name the features of the radar in the source specification.",
            height=360,
        )
    found = indexed(statistics)
    shapes = [_shape(segment, axes, found, theme, currency) for segment in drawn]
    known = of or len(segments)
    more = known - len(drawn)
    rows = [(EVERYONE, *(percentile(found, None, axis.name) for axis in axes))]
    rows += [(s.name, *(percentile(found, s.number, axis.name) for axis in axes)) for s in drawn]
    return Chart(
        figure=radar_figure([axis.label for axis in axes], shapes, theme),
        title=_finding(drawn, axes, found, is_all=not more),
        subtitle=AXES_WORDS + (f"; {len(drawn)} of {known} segments" if more else ""),
        summary=" ".join(_sentence(segment, axes, found) for segment in drawn),
        table=table(
            (TableColumn("Segment"), *(TableColumn(a.label, Kind.NUMBER, "%ile") for a in axes)),
            rows,
            features=axes,
        ),
        height=360,
    )


def _readable(segments: Sequence[SegmentSummary]) -> list[SegmentSummary]:
    """Return the three that say most: those by rule last, else in their order."""
    return sorted(segments, key=lambda s: (s.is_rule, s.number))[:_POLYGONS]


def _shape(
    segment: SegmentSummary,
    axes: Sequence[FeatureInfo],
    found: Statistics,
    theme: Theme,
    currency: str,
) -> Shape:
    values = tuple(percentile(found, segment.number, axis.name) for axis in axes)
    return Shape(
        name=segment.name,
        colour=theme.segment_colour(segment.colour),
        values=values,
        hover=tuple(
            f"{segment.name}: {axis.label} at percentile {value:.0f}, "
            f"{typically(typical(found, segment.number, axis), axis, currency)}."
            if value is not None
            else f"{segment.name}: no data on {axis.label}."
            for axis, value in zip(axes, values, strict=True)
        ),
    )


def _outstanding(
    segment: SegmentSummary, axes: Sequence[FeatureInfo], found: Statistics
) -> list[tuple[float, FeatureInfo]]:
    """Return (percentile points above 50, axis), the farthest first."""
    known = [
        (value - 50, axis)
        for axis in axes
        if (value := percentile(found, segment.number, axis.name)) is not None
    ]
    far = [entry for entry in known if abs(entry[0]) >= _STANDS_OUT]
    return sorted(far, key=lambda entry: (-abs(entry[0]), entry[1].label))


def _finding(
    segments: Sequence[SegmentSummary],
    axes: Sequence[FeatureInfo],
    found: Statistics,
    *,
    is_all: bool,
) -> str:
    clauses = [
        f"{_clause(*far[0])} in {named(segment.name)}"
        for segment in segments
        if (far := _outstanding(segment, axes, found))
    ]
    if not clauses:
        if len(segments) == 1:
            return f"{named(segments[0].name)} does not stand out on these axes"
        return f"No segment of the {len(segments)} drawn stands out on these axes"
    of_them = "" if is_all else f" among the {len(segments)} drawn"
    return f"What stands out{of_them}: {', '.join(clauses[:2])}"


def _clause(above: float, axis: FeatureInfo) -> str:
    if Kind(axis.kind) is Kind.FLAG:
        return f"“{axis.label}” {'often' if above > 0 else 'seldom'}"
    little, much = little_and_much(axis.label, Kind(axis.kind))
    return much if above > 0 else little


def _sentence(segment: SegmentSummary, axes: Sequence[FeatureInfo], found: Statistics) -> str:
    far = _outstanding(segment, axes, found)
    if not far:
        return f"{segment.name} is close to the average on every axis."
    words = [f"{axis.label} at percentile {50 + above:.0f}" for above, axis in far]
    return f"{segment.name}: {joined(words)}."
