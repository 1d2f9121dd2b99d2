"""What lies over the map's points: axes, centroids, names, and one customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.readmodels import MapAxes, MapSample, SegmentSummary
from dash_app.figures.arrays import Grid
from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import value_axis
from dash_app.figures.lookup import told_apart
from dash_app.figures.text import escape
from dash_app.theme import Theme

_CIVIDIS = [
    [0.0, "#00224E"],
    [0.25, "#414D6B"],
    [0.5, "#7D7C78"],
    [0.75, "#BCAF6F"],
    [1.0, "#FEE838"],
]


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The grids on which the three components are drawn."""

    x: Grid
    y: Grid
    z: Grid


def plane_axis(grid: Grid, title: str, theme: Theme) -> PlotlyDict:
    """Return an axis in grid steps whose ticks are named in the component's own scores."""
    ticks = _round_ticks(grid)
    return value_axis(
        theme,
        title,
        range=[-1.05 * Grid.STEPS, 1.05 * Grid.STEPS],
        tickmode="array",
        tickvals=[grid.at(tick) for tick in ticks],
        ticktext=[f"{tick:g}".replace("-", "−") for tick in ticks],
        fixedrange=False,
    )


def space(plane: Plane, titles: Sequence[str], theme: Theme) -> PlotlyDict:
    """Return the scene of the three-dimensional map."""
    short = [title.replace("Component ", "C") for title in titles]
    grids = (plane.x, plane.y, plane.z)
    axes = {
        f"{name}axis": {
            "title": {"text": short[place] if place < len(short) else "", "font": {"size": 11}},
            "range": [-1.05 * Grid.STEPS, 1.05 * Grid.STEPS],
            "tickmode": "array",
            "tickvals": [grid.at(tick) for tick in _round_ticks(grid)],
            "ticktext": [f"{tick:g}" for tick in _round_ticks(grid)],
            "tickfont": {"size": 10, "color": theme.muted},
            "color": theme.muted,
            "gridcolor": theme.line,
            "zeroline": False,
            "showbackground": False,
            "showspikes": False,
        }
        for place, (name, grid) in enumerate(zip("xyz", grids, strict=True))
    }
    return {
        **axes,
        "bgcolor": "rgba(0,0,0,0)",
        "aspectmode": "cube",
        "dragmode": "orbit",
        "camera": {
            "eye": {"x": 1.4, "y": 1.4, "z": 0.85},
            "center": {"x": 0, "y": 0, "z": -0.16},
        },
    }


def colour_bar(label: str, low: float, high: float, theme: Theme) -> PlotlyDict:
    """Return the marker's scale; points carry 0..255, the bar says what that means."""
    return {
        "colorscale": _CIVIDIS,
        "cmin": 0,
        "cmax": 255,
        "showscale": True,
        "colorbar": {
            "orientation": "h",
            "thickness": 8,
            "len": 0.6,
            "x": 0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "outlinewidth": 0,
            "title": {"text": escape(label), "side": "top", "font": {"size": 12}},
            "tickmode": "array",
            "tickvals": [4, 251],
            "ticktext": [f"{low:.3g}".replace("-", "−"), f"{high:.3g}".replace("-", "−")],
            "ticks": "",
            "tickfont": {"size": 11, "color": theme.muted},
        },
    }


def centroids(
    axes: MapAxes,
    segments: Sequence[SegmentSummary],
    plane: Plane,
    theme: Theme,
    dimensions: int,
) -> PlotlyDict:
    """Return the middles of the segments that have one; nothing if none has."""
    fitted = _fitted(axes, segments)
    if not fitted:
        return {}
    apart = told_apart(segments)
    trace: PlotlyDict = {
        "type": "scatter" if dimensions == 2 else "scatter3d",
        "mode": "markers",
        "x": [plane.x.at(point[0]) for _, point in fitted],
        "y": [plane.y.at(point[1]) for _, point in fitted],
        "marker": {
            "color": [
                theme.segment_colour(segment.colour) if segment.number in apart else theme.muted
                for segment, _ in fitted
            ],
            "size": 13 if dimensions == 2 else 7,
            "symbol": "diamond",
            "line": {"color": theme.surface, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": [escape(f"The middle of {segment.name}.") for segment, _ in fitted],
        "showlegend": False,
    }
    if dimensions == 3:
        trace["z"] = [plane.z.at(point[2]) for _, point in fitted]
    return trace


def middles_of(
    sample: MapSample, axes: MapAxes, segments: Sequence[SegmentSummary]
) -> list[tuple[SegmentSummary, tuple[float, float]]]:
    """Return the centroids; of segments by rule the mean of the customers drawn."""
    found = {segment.number: point[:2] for segment, point in _fitted(axes, segments)}
    for segment in segments:
        mine = sample.segment == segment.number
        if segment.number not in found and mine.any():
            x, y = sample.xyz[mine, :2].mean(axis=0)
            found[segment.number] = (float(x), float(y))
    return [(s, found[s.number]) for s in segments if s.number in found]


def highlight(
    customer: tuple[float, float, float], plane: Plane, theme: Theme, dimensions: int
) -> PlotlyDict:
    """Return the ring around one customer."""
    trace: PlotlyDict = {
        "type": "scatter" if dimensions == 2 else "scatter3d",
        "mode": "markers+text",
        "x": [plane.x.at(customer[0])],
        "y": [plane.y.at(customer[1])],
        "text": ["<b>this customer</b>"],
        "textposition": "top center",
        "textfont": {"size": 12, "color": theme.ink},
        "marker": {
            "color": theme.surface,
            "symbol": "circle",
            "size": 15 if dimensions == 2 else 9,
            "line": {"color": theme.ink, "width": 3},
        },
        "hoverinfo": "text",
        "hovertext": ["This customer."],
        "showlegend": False,
        "cliponaxis": False,
    }
    if dimensions == 3:
        trace["z"] = [plane.z.at(customer[2])]
        del trace["cliponaxis"]
    return trace


def in_shares(place: tuple[float, float], plane: Plane) -> tuple[float, float]:
    """Return where a place of the first two components lies, in shares of the plane."""
    return on_axis(plane.x.at(place[0]), 1.0), on_axis(plane.y.at(place[1]), 1.0)


def on_axis(step: float, size: float) -> float:
    """Return where a grid step lies on an axis of that many pixels."""
    return (step / 1.05 / Grid.STEPS + 1) / 2 * size


def _fitted(
    axes: MapAxes, segments: Sequence[SegmentSummary]
) -> list[tuple[SegmentSummary, tuple[float, float, float]]]:
    """Return segments with their centroid; those by rule have none."""
    clusters = [segment for segment in segments if not segment.is_rule]
    return list(zip(clusters, axes.centroids, strict=False))


def _round_ticks(grid: Grid) -> list[float]:
    """Return about five round numbers within the grid."""
    step = 10 ** np.floor(np.log10(2 * grid.half / 4))
    step *= min((1, 2, 5, 10), key=lambda factor: abs(2 * grid.half / (factor * step) - 5))
    first = np.ceil((grid.middle - grid.half) / step) * step
    ticks = np.arange(first, grid.middle + grid.half + step / 1e6, step)
    return [float(f"{tick:.6g}") + 0.0 for tick in ticks]
