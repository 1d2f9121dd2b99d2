"""The map as a chart: what it is coloured by, how many dimensions, which points were chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.errors import UsageError
from dash_app.figures.base import Chart
from dash_app.figures.lookup import of_names
from dash_app.figures.map_arrows import drawn_loadings
from dash_app.figures.map_scatter import ColourBy, map_scatter, sample_rows
from dash_app.figures.text import in_sentence
from dash_app.tabs.map.reading import Mapped
from dash_app.theme import Theme

SPACE = "3d"  # in the URL: the view in three dimensions
HEIGHT = 600

Rows = NDArray[np.intp]


def dimensions_in_view(view: str | None) -> int:
    """Return 3 for the view in space, else 2."""
    return 3 if view == SPACE else 2


def map_chart(
    found: Mapped, lens_label: str, theme: Theme, currency: str, dimensions: int
) -> Chart:
    """Return the map; with another view's colours it says so in its title."""
    chart = map_scatter(
        found.sample,
        found.axes,
        found.segments,
        theme=theme,
        currency=currency,
        colour_by=ColourBy.MARGIN if found.by_margin else ColourBy.SEGMENT,
        loadings=dimensions == 2,
        labels=found.labels,
        dimensions=dimensions,
        height=HEIGHT,
    )
    if dimensions == 2:
        pulling = of_names(found.features, (one.feature for one in drawn_loadings(found.axes)))
        chart = replace(chart, table=replace(chart.table, features=tuple(pulling)))
    if found.coloured is None or chart.is_empty:
        return chart
    title = f"{found.coloured.label} segments on the {in_sentence(lens_label)} map"
    return replace(chart, title=title)


def rows_chosen(selected: Mapping[str, object] | None, found: Mapped) -> Rows | None:
    """Return the rows of the sample that were drawn around; None if nothing was.

    ``selected`` is what Plotly tells of a selection: points by trace and position. `UsageError` if
    it is of another shape or names points that are not on the map.
    """
    if selected is None or not {"points", "range", "lassoPoints"} & set(selected):
        return None
    points = selected.get("points", [])
    if not points and not {"range", "lassoPoints"} & set(selected):
        return None
    if not isinstance(points, list):
        raise UsageError("A selection on the map is a list of points.")
    traces = _traces(found)
    chosen = [row for point in points for row in _row(point, traces)]
    return np.unique(np.array(chosen, dtype=np.intp))


def _traces(found: Mapped) -> list[Rows]:
    """Return, per trace of points, the rows of the sample that it draws."""
    if found.by_margin:
        return [np.arange(len(found.sample.segment))]
    return sample_rows(found.sample, found.segments)


def _row(point: object, traces: list[Rows]) -> list[int]:
    """Return a point's row of the sample; nothing for what is drawn over the points."""
    place = point if isinstance(point, dict) else {}
    trace, position = place.get("curveNumber"), place.get("pointNumber")
    if type(trace) is not int or type(position) is not int or min(trace, position) < 0:
        raise UsageError("A point of the map is named by its trace and its position.")
    if trace >= len(traces):
        return []
    if position >= len(traces[trace]):
        raise UsageError("There is no such point on the map.")
    return [int(traces[trace][position])]
