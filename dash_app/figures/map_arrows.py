"""Arrows over the map: in which direction the inputs pull."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.readmodels import MapAxes, MapLoading
from dash_app.figures.arrays import Grid
from dash_app.figures.base import PlotlyDict
from dash_app.figures.map_layers import on_axis
from dash_app.figures.text import in_sentence, joined, shorten
from dash_app.theme import Theme

_ARROWS = 6  # loadings drawn, the longest
_REACH = 0.65  # of the half plane that the longest arrow takes
_NEAR = 0.12  # of the half plane within which arrows end at the same place
_ALONG = (0.2, 0.4, 0.6, 0.8)  # of an arrow, where names had better not cross it


@dataclass(frozen=True, slots=True)
class Arrow:
    """The end of an arrow, or of several that pull alike, and what it is called."""

    head: tuple[int, int]  # in steps of the grid
    label: str

    @property
    def head_in_shares(self) -> tuple[float, float]:
        """Where the arrow ends, in shares of the plane."""
        return on_axis(self.head[0], 1.0), on_axis(self.head[1], 1.0)

    @property
    def shaft(self) -> list[tuple[float, float]]:
        """Places along the arrow, in shares of the plane."""
        x, y = self.head
        return [(on_axis(x * part, 1.0), on_axis(y * part, 1.0)) for part in _ALONG]


def loading_arrows(axes: MapAxes, theme: Theme) -> list[PlotlyDict]:
    """Return arrows of the inputs that pull most, from the middle of the plane."""
    return [_arrow(head, theme) for head, _ in _heads(axes)]


def arrows_to_name(axes: MapAxes, labels: Mapping[str, str]) -> list[Arrow]:
    """Return where the arrows end; inputs that pull alike share a place and a label."""
    found = [
        (head, shorten(labels.get(one.feature, one.column.replace("_", " ")), 26))
        for head, one in _heads(axes)
    ]
    groups = _alike([head for head, _ in found], [name for _, name in found])
    return [
        Arrow(head, joined([first, *map(in_sentence, others)])) for head, (first, *others) in groups
    ]


def _heads(axes: MapAxes) -> list[tuple[tuple[int, int], MapLoading]]:
    ranked = drawn_loadings(axes)
    longest = max((max(abs(one.x), abs(one.y)) for one in ranked), default=0.0)
    if not longest:
        return []
    reach = _REACH * Grid.STEPS / longest
    return [((round(one.x * reach), round(one.y * reach)), one) for one in ranked]


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
