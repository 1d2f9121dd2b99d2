"""A lens's inputs, every two against each other: which go together, and which part the segments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.features.base import Kind
from core.readmodels import PairSample, SegmentSummary
from dash_app.figures.arrays import typed
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, legend, legend_height
from dash_app.figures.lookup import others_in_grey, told_apart
from dash_app.figures.text import escape, plural, shorten
from dash_app.formats import NO_DATA, signed_number
from dash_app.theme import Theme

_PANEL = 170  # pixels
_GAP = 0.03  # of the drawing, between panels
_LEAST = 3  # customers with both values, for a correlation


def scatter_matrix(
    pairs: PairSample,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a panel per pair of inputs; a point's place is the customer's rank, 0 to 100."""
    shown = np.isin(pairs.segment, [segment.number for segment in segments])
    segment, ranks = pairs.segment[shown], ranks_of(pairs.values[shown])
    if len(segment) < _LEAST or len(pairs.features) < 2:
        return empty_chart(
            theme,
            "No pairs to draw",
            "This view has fewer than two numeric inputs, or too few customers.",
            "Look at another view, or at its map.",
        )
    names = [shorten(feature.label, 26) for feature in pairs.features]
    count = len(names) - 1
    top = legend_height([one.name for one in segments[:8]])
    height = _PANEL * count + top + 50
    figure = {
        "data": list(_traces(segment, ranks, segments, theme)),
        "layout": layout(
            theme,
            height,
            top=8,
            showlegend=True,
            legend=legend(theme, itemsizing="constant"),
            **_axes(names, theme),
        ),
    }
    related = _related(pairs, ranks)
    return Chart(
        figure=figure,
        title=_finding(related),
        subtitle=f"{plural(len(segment), 'customer')}, each at its place among them by both "
        f"inputs, from 0 (lowest) to 100 (highest){others_in_grey(segments)}",
        summary=" ".join(
            f"{a} and {b}: rank correlation {NO_DATA if value is None else signed_number(value)}."
            for a, b, value in related
        ),
        table=table(
            (
                TableColumn("Input"),
                TableColumn("Other input"),
                TableColumn("Rank correlation", Kind.NUMBER),
            ),
            related,
            pairs.features,
        ),
        height=height,
    )


def ranks_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each column's ranks from 0 to 100, equal values at their middle; NaN stays.

    >>> ranks_of(np.array([[1.0], [5.0], [5.0], [np.nan], [9.0]]))[:, 0].round(1).tolist()
    [0.0, 50.0, 50.0, nan, 100.0]
    """
    ranked = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        known = np.flatnonzero(~np.isnan(values[:, column]))
        ordered = np.sort(values[known, column])
        first = np.searchsorted(ordered, values[known, column], side="left")
        last = np.searchsorted(ordered, values[known, column], side="right") - 1
        ranked[known, column] = 50.0 * (first + last) / max(len(known) - 1, 1)
    return ranked


def _traces(
    segment: NDArray[np.int16],
    ranks: NDArray[np.float64],
    segments: Sequence[SegmentSummary],
    theme: Theme,
) -> Iterator[PlotlyDict]:
    apart = told_apart(segments)
    count = ranks.shape[1] - 1
    for one in segments:
        mine = ranks[segment == one.number]
        colour = theme.segment_colour(one.colour) if one.number in apart else theme.muted
        for x, y in combinations(range(count + 1), 2):
            known = ~np.isnan(mine[:, [x, y]]).any(axis=1)
            yield {
                "type": "scattergl",
                "mode": "markers",
                "name": escape(shorten(one.name, 42)),
                "legendgroup": str(one.number),
                "showlegend": (x, y) == (0, 1) and one.number in apart,
                "x": typed(mine[known, x].astype(np.float32)),
                "y": typed(mine[known, y].astype(np.float32)),
                "xaxis": _axis("x", x, y, count),
                "yaxis": _axis("y", x, y, count),
                "marker": {"color": colour, "size": 4, "opacity": 0.6, "line": {"width": 0}},
                "hoverinfo": "text",
                "hovertext": escape(f"A customer of {one.name}."),
            }


def _axis(letter: str, x: int, y: int, count: int) -> str:
    """Return the name of a panel's axis: every panel has its own two."""
    number = (y - 1) * count + x + 1
    return letter if number == 1 else f"{letter}{number}"


def _axes(names: Sequence[str], theme: Theme) -> PlotlyDict:
    """Return the axes of all panels; only the outer ones are named."""
    count = len(names) - 1
    size = (1 + _GAP) / count - _GAP
    axes: PlotlyDict = {}
    for x, y in combinations(range(count + 1), 2):
        left, bottom = x * (size + _GAP), 1 - y * size - (y - 1) * _GAP
        common = {
            "range": [-4, 104],
            "tickvals": [0, 50, 100],
            "gridcolor": theme.line,
            "zeroline": False,
            "tickfont": {"size": 10, "color": theme.muted},
            "color": theme.muted,
            "fixedrange": True,
        }
        for letter, start, name, is_outer in (
            ("x", left, names[x], y == count),
            ("y", bottom, names[y], x == 0),
        ):
            own = _axis(letter, x, y, count)
            axes[own.replace(letter, f"{letter}axis", 1)] = {
                **common,
                "domain": [max(start, 0.0), min(start + size, 1.0)],
                "anchor": _axis("y" if letter == "x" else "x", x, y, count),
                "showticklabels": is_outer,
                "automargin": True,
                **({"title": {"text": escape(name), "font": {"size": 12}}} if is_outer else {}),
            }
    return axes


def _related(pairs: PairSample, ranks: NDArray[np.float64]) -> list[tuple[str, str, float | None]]:
    """Return the rank correlation of every two inputs, the strongest first; None if one is even."""
    found: list[tuple[str, str, float | None]] = []
    for x, y in combinations(range(len(pairs.features)), 2):
        both = ranks[~np.isnan(ranks[:, [x, y]]).any(axis=1)][:, [x, y]]
        varies = len(both) >= _LEAST and bool((np.ptp(both, axis=0) > 0).all())
        centred = both - both.mean(axis=0)
        spread = np.sqrt((centred**2).sum(axis=0)).prod()
        value = float(centred.prod(axis=1).sum() / spread) if varies else None
        found.append((pairs.features[x].label, pairs.features[y].label, value))
    return sorted(found, key=lambda one: -abs(one[2] or 0.0))


def _finding(related: Sequence[tuple[str, str, float | None]]) -> str:
    a, b, value = related[0]
    if value is None or abs(value) < 0.1:
        return "No two of these inputs go together"
    how = "rise together" if value > 0 else "oppose one another"
    return f"{a} and {b} {how} most: {signed_number(value)}"
