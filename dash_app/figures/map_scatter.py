"""How customers are spread: the plane, or the space, of the principal components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError, one_of
from core.features.base import Kind
from core.readmodels import MapAxes, MapSample, SegmentSummary
from dash_app.figures.arrays import Grid, typed
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, legend
from dash_app.figures.lookup import others_in_grey, told_apart
from dash_app.figures.map_arrows import arrows_to_name, loading_arrows
from dash_app.figures.map_labels import MapLabels, Named, map_labels
from dash_app.figures.map_layers import (
    Plane,
    centroids,
    colour_bar,
    highlight,
    middles_of,
    plane_axis,
    space,
)
from dash_app.figures.text import escape, shorten
from dash_app.formats import whole_percent
from dash_app.theme import Theme

_HEIGHT, _SPACE_HEIGHT = 460, 520
_CARRIED = 0.5  # share of variance below which the map must not be trusted by itself
_NAMED = 8  # segments up to which centroids carry their names


class ColourBy(StrEnum):
    """What a point's colour means."""

    SEGMENT = "segment"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True, eq=False)
class PointValues:
    """A number per sampled point, in the sample's order, to colour by; NaN where unknown."""

    label: str
    values: NDArray[np.floating]


def map_scatter(
    sample: MapSample,
    axes: MapAxes,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    colour_by: str = ColourBy.SEGMENT,
    values: PointValues | None = None,
    customer: tuple[float, float, float] | None = None,
    loadings: bool = False,
    labels: dict[str, str] | None = None,
    dimensions: int = 2,
    height: int = 0,
) -> Chart:
    """Return the map with WebGL points, coloured by segment, by margin or by ``values``.

    ``customer`` is one highlighted place; ``labels`` name the loadings' features. Points of one
    trace keep the sample's order: see `sample_rows`.
    """
    if colour_by not in list(ColourBy):
        raise UsageError(one_of("colour", colour_by, list(ColourBy)))
    if dimensions not in (2, 3):
        raise UsageError(one_of("number of dimensions", dimensions, (2, 3)))
    if not len(sample.segment) or len(axes.explained_variance) < 2:
        return empty_chart(
            theme,
            "No map yet",
            "This view has no mapped customers.",
            "A map needs at least two prepared features and a finished run.",
            height=_HEIGHT,
        )
    height = height or (_HEIGHT if dimensions == 2 else _SPACE_HEIGHT)
    chosen = ColourBy(colour_by)
    coloured = values
    if coloured is None and chosen is ColourBy.MARGIN:
        coloured = PointValues("Margin to the runner-up", sample.margin)
    plane = _plane(sample, axes, customer)
    if coloured is None:
        points = _by_segment(sample, segments, plane, theme, dimensions)
    else:
        points = [_by_value(sample, plane, coloured, theme, dimensions)]
    extra = [centroids(axes, segments, plane, theme, dimensions)]
    if customer is not None:
        extra.append(highlight(customer, plane, theme, dimensions))
    parts = _axes_of(plane, axes, theme, dimensions)
    named: MapLabels | None = None
    if dimensions == 2:
        named = map_labels(
            middles_of(sample, axes, segments),
            arrows_to_name(axes, labels or {}) if loadings else (),
            plane,
            theme,
            height,
            named=_named(segments, by_segment=coloured is None),
            customer=customer[:2] if customer else None,
        )
        drawn = loading_arrows(axes, theme) if loadings else []
        parts["annotations"] = [*named.names, *drawn, *named.inputs]
    has_names = named is not None and len(named.names) == len(segments)
    needs_legend = coloured is None and not has_names
    top = 40 if coloured is not None else 8 if needs_legend else 10
    figure = {
        "data": [*points, *(trace for trace in extra if trace)],
        "layout": layout(
            theme,
            height,
            top=top,
            right=12,
            showlegend=needs_legend,
            legend=legend(theme, itemsizing="constant"),
            **parts,
        ),
    }
    carried = sum(axes.explained_variance[:dimensions])
    return Chart(
        figure=figure,
        title=_finding(sample, segments, axes),
        subtitle=_subtitle(sample, carried, dimensions)
        + (others_in_grey(segments) if coloured is None else "")
        + (f"; {named.keys}" if named and named.keys else ""),
        summary=_summary(sample, segments, carried),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Customers on the map", Kind.COUNT),
                TableColumn("Component 1, mean", Kind.NUMBER),
                TableColumn("Component 2, mean", Kind.NUMBER),
                TableColumn("Margin, median", Kind.NUMBER),
            ),
            [_row(sample, segment) for segment in segments],
        ),
        height=height,
    )


def sample_rows(sample: MapSample, segments: Sequence[SegmentSummary]) -> list[NDArray[np.intp]]:
    """Return, per trace of the map coloured by segment, the rows of the sample it draws."""
    return [np.flatnonzero(sample.segment == segment.number) for segment in segments]


def _named(segments: Sequence[SegmentSummary], *, by_segment: bool) -> Named:
    if len(segments) > _NAMED:
        return Named.NONE
    return Named.ALL if by_segment else Named.SOME


def _plane(sample: MapSample, axes: MapAxes, customer: tuple[float, float, float] | None) -> Plane:
    """Return the grids of the three components, wide enough for everything drawn."""
    also = [*axes.centroids, *([customer] if customer else [])]
    grids = [Grid(sample.xyz[:, axis], [point[axis] for point in also]) for axis in range(3)]
    return Plane(grids[0], grids[1], grids[2])


def _by_segment(
    sample: MapSample,
    segments: Sequence[SegmentSummary],
    plane: Plane,
    theme: Theme,
    dimensions: int,
) -> list[PlotlyDict]:
    opacity = 0.55 if len(sample.segment) < 2_000 else 0.4
    apart = told_apart(segments)
    traces = []
    for segment, rows in zip(segments, sample_rows(sample, segments), strict=True):
        traces.append(
            {
                **_points(sample, rows, plane, dimensions),
                "name": escape(shorten(segment.name, 42)),
                "marker": {
                    "color": theme.segment_colour(segment.colour)
                    if segment.number in apart
                    else theme.muted,
                    "size": _size(sample, dimensions),
                    "opacity": opacity,
                    "line": {"width": 0},
                },
                "showlegend": segment.number in apart,
                "hovertext": escape(f"A customer of {segment.name}."),
            }
        )
    return traces


def _by_value(
    sample: MapSample, plane: Plane, coloured: PointValues, theme: Theme, dimensions: int
) -> PlotlyDict:
    """Return all points in one trace, on a scale from the 2nd to the 98th percentile."""
    known = np.asarray(coloured.values, dtype=float)
    finite = known[np.isfinite(known)]
    low, high = (float(q) for q in np.quantile(finite, [0.02, 0.98])) if finite.size else (0.0, 1.0)
    span = (high - low) or 1.0
    shades = np.clip(np.nan_to_num((known - low) / span, nan=0.0) * 255, 0, 255)
    rows = np.arange(len(sample.segment))
    return {
        **_points(sample, rows, plane, dimensions),
        "marker": {
            "color": typed(shades.astype(np.uint8)),
            "size": _size(sample, dimensions),
            "opacity": 0.75,
            "line": {"width": 0},
            **colour_bar(coloured.label, low, high, theme),
        },
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _points(sample: MapSample, rows: NDArray[np.intp], plane: Plane, dimensions: int) -> PlotlyDict:
    xyz = sample.xyz[rows]
    trace: PlotlyDict = {
        "type": "scattergl" if dimensions == 2 else "scatter3d",
        "mode": "markers",
        "x": typed(plane.x.steps(xyz[:, 0])),
        "y": typed(plane.y.steps(xyz[:, 1])),
        "hoverinfo": "text",
    }
    if dimensions == 3:
        trace["z"] = typed(plane.z.steps(xyz[:, 2]))
    return trace


def _size(sample: MapSample, dimensions: int) -> int:
    return 3 if dimensions == 3 else 5 if len(sample.segment) < 2_000 else 4


def _axes_of(plane: Plane, axes: MapAxes, theme: Theme, dimensions: int) -> PlotlyDict:
    titles = [
        f"Component {axis + 1}, {whole_percent(part)} of variance"
        for axis, part in enumerate(axes.explained_variance[:3])
    ]
    if dimensions == 3:
        return {"scene": space(plane, titles, theme)}
    return {
        "xaxis": plane_axis(plane.x, titles[0], theme),
        "yaxis": plane_axis(plane.y, titles[1], theme),
    }


def _subtitle(sample: MapSample, carried: float, dimensions: int) -> str:
    shown = len(sample.segment)
    who = f"{shown:,} customers"
    if shown < sample.sampled_from:
        who = f"A sample of {shown:,} of {sample.sampled_from:,} customers"
    words = f"{who} on {'two' if dimensions == 2 else 'three'} components"
    if carried < _CARRIED:
        return (
            f"{words}. Take care: they carry only {whole_percent(carried)} of the differences, "
            "so customers who look near may be far apart"
        )
    return f"{words}, which carry {whole_percent(carried)} of the differences"


def _between(sample: MapSample) -> float | None:
    """Return the share nearly as near to another segment (margin under 0.1); None: no margins."""
    known = sample.margin[np.isfinite(sample.margin)]
    return float((known < 0.1).mean()) if known.size else None


def _finding(sample: MapSample, segments: Sequence[SegmentSummary], axes: MapAxes) -> str:
    if len(segments) == 1 or len(axes.centroids) < 2:
        return f"All customers belong to {segments[0].name}" if segments else "How customers spread"
    share = _between(sample)
    if share is None:
        return "A rule says which segment each customer belongs to"
    if share < 0.005:
        return "Hardly any of the customers shown sits between two segments"
    return f"{whole_percent(share)} of the customers shown sit between two segments"


def _summary(sample: MapSample, segments: Sequence[SegmentSummary], carried: float) -> str:
    parts = ", ".join(f"{int((sample.segment == s.number).sum()):,} of {s.name}" for s in segments)
    return (
        f"A map of {len(sample.segment):,} customers: {parts}. It carries {whole_percent(carried)}."
    )


def _row(sample: MapSample, segment: SegmentSummary) -> tuple[str, int, *tuple[float | None, ...]]:
    mine = sample.segment == segment.number
    if not mine.any():
        return segment.name, 0, None, None, None
    margin = sample.margin[mine]
    known = margin[np.isfinite(margin)]
    return (
        segment.name,
        int(mine.sum()),
        round(float(sample.xyz[mine, 0].mean()), 4),
        round(float(sample.xyz[mine, 1].mean()), 4),
        round(float(np.median(known)), 4) if known.size else None,
    )
