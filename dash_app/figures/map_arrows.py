"""Arrows over the map: in which direction the inputs pull."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from core.readmodels import MapAxes, MapLoading, SegmentSummary
from dash_app.figures.arrays import Grid
from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import note
from dash_app.figures.colour import fade
from dash_app.figures.labels import beside
from dash_app.figures.map_layers import Plane, on_axis
from dash_app.figures.text import escape, lines, shorten
from dash_app.theme import Theme

_ARROWS = 6  # loadings drawn, the longest
_REACH = 0.65  # of the half plane that the longest arrow takes
_NEAR = 0.12  # of the half plane within which arrows end at the same place
_ROOM = 620.0  # pixels of width that arrows are labelled for


def loading_arrows(
    axes: MapAxes,
    theme: Theme,
    labels: Mapping[str, str],
    middles: Sequence[tuple[SegmentSummary, tuple[float, float]]],
    plane: Plane,
    height: float,
) -> list[PlotlyDict]:
    """Return arrows of the inputs that pull most, from the middle of the plane.

    Inputs that pull alike share a label; one that finds no room beside the segments' names is left
    to the table.
    """
    ranked = drawn_loadings(axes)
    longest = max((max(abs(one.x), abs(one.y)) for one in ranked), default=0.0)
    if not longest:
        return []
    reach = _REACH * Grid.STEPS / longest
    heads = [(round(one.x * reach), round(one.y * reach)) for one in ranked]
    called = [shorten(labels.get(one.feature, one.column.replace("_", " ")), 26) for one in ranked]
    arrows = [_arrow(head, theme) for head in heads]
    groups = _alike(heads, called)
    named = [(plane.x.at(x), plane.y.at(y)) for _, (x, y) in middles]
    names = [lines(segment.name, 20, most=2) for segment, _ in middles]
    size = (_ROOM, height)
    places = [
        (on_axis(x, size[0]), on_axis(y, size[1]))
        for x, y in [*named, *(head for head, _ in groups)]
    ]
    spots = beside(places, [*names, *(text for _, text in groups)], *size)[len(named) :]
    return arrows + [
        note(
            theme,
            "<br>".join(escape(line) for line in text),
            x=x,
            y=y,
            xanchor=spot.xanchor,
            yanchor=spot.yanchor,
            xshift=spot.xshift,
            yshift=spot.yshift,
            align=spot.xanchor,
            font={"size": 11, "color": theme.ink},
            bgcolor=fade(theme.surface, 0.78),
        )
        for ((x, y), text), spot in zip(groups, spots, strict=True)
        if spot is not None
    ]


def drawn_loadings(axes: MapAxes) -> list[MapLoading]:
    """Return the loadings that arrows are drawn for, the longest first."""
    ranked = sorted(axes.loadings, key=lambda one: (-(one.x**2 + one.y**2), one.column))
    return ranked[:_ARROWS]


def _arrow(head: tuple[int, int], theme: Theme) -> PlotlyDict:
    return {
        "x": head[0],
        "y": head[1],
        "ax": 0,
        "ay": 0,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 1.5,
        "arrowcolor": theme.ink,
        "opacity": 0.7,
    }


def _alike(
    heads: Sequence[tuple[int, int]], called: Sequence[str]
) -> list[tuple[tuple[int, int], list[str]]]:
    """Return the heads to be named; one close to an earlier one shares its name's place."""
    groups: list[tuple[tuple[int, int], list[str]]] = []
    for head, name in zip(heads, called, strict=True):
        near = next((g for g in groups if math.dist(g[0], head) < _NEAR * Grid.STEPS), None)
        if near is None:
            groups.append((head, [name]))
        elif name not in near[1]:
            near[1].append(name)
    return groups
