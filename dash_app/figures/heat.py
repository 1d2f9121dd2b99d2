"""A heat map whose cells carry their numbers: rows downwards, columns named below."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import LINE, label_axis, label_lines, layout, rows_axis
from dash_app.figures.colour import Stops
from dash_app.figures.text import lines
from dash_app.theme import Theme

_UPRIGHT = 5  # columns up to which names may stand upright
_ANNOTATED = 9  # columns up to which a cell has room for its number
_TWO_LINES = 6  # columns up to which a name that lies on its side has room for two lines
_ON_SIDE = 20, 24  # characters of a line of such a name: of two, and where there is only one


@dataclass(frozen=True, slots=True)
class Heat:
    """Names not yet escaped; texts and hover sentences ready to print."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    hover: tuple[tuple[str, ...], ...]
    low: float
    high: float

    def turned(self) -> Heat:
        """Return the same cells with rows as columns."""
        return replace(
            self,
            rows=self.columns,
            columns=self.rows,
            values=tuple(zip(*self.values, strict=True)),
            texts=tuple(zip(*self.texts, strict=True)),
            hover=tuple(zip(*self.hover, strict=True)),
        )


def heat_figure(heat: Heat, scale: Stops, theme: Theme, cell: int) -> tuple[PlotlyDict, int]:
    """Return the drawing and its height; ``cell`` is the height of a row in pixels."""
    width = max(8, 34 // max(len(heat.columns), 1))
    upright = _fit_upright(heat.columns, width)
    most = 3 if upright else 2 if len(heat.columns) <= _TWO_LINES else 1
    width = width if upright else _ON_SIDE[most == 1]
    below = LINE * label_lines(list(heat.columns), width) if upright else 12 + 6 * width
    annotated = len(heat.columns) <= _ANNOTATED
    tallest = LINE * label_lines(list(heat.rows), 14) + 6
    cell = max(cell, tallest) if annotated else min(cell, 26)
    height = cell * len(heat.rows) + below + 26
    figure = {
        "data": [
            {
                "type": "heatmap",
                "z": [list(row) for row in heat.values],
                "x": list(range(len(heat.columns))),
                "y": list(range(len(heat.rows))),
                "zmin": heat.low,
                "zmax": heat.high,
                "colorscale": scale,
                "showscale": False,
                "xgap": 3,
                "ygap": 3,
                "text": [list(row) for row in heat.texts],
                "texttemplate": "%{text}" if annotated else "",
                "textfont": {"size": 12, "color": theme.ink},
                "hoverinfo": "text",
                "hovertext": [list(row) for row in heat.hover],
                "hoverongaps": True,
            }
        ],
        "layout": layout(
            theme,
            height,
            right=14,
            xaxis=label_axis(
                theme,
                list(heat.columns),
                width,
                most,
                range=[-0.5, len(heat.columns) - 0.5],
                tickangle=0 if upright else -90,
            )
            | {"tickfont": {"size": 11 if annotated else 9, "color": theme.ink}},
            yaxis=rows_axis(theme, list(heat.rows), 14)
            if annotated
            else rows_axis(theme, list(heat.rows), 20, 1),
        ),
    }
    return figure, height


def _fit_upright(columns: tuple[str, ...], width: int) -> bool:
    """Whether names fit under their columns on the narrowest card, with no word cut."""
    words = [word for column in columns for word in column.replace("-", " ").split()]
    return (
        len(columns) <= _UPRIGHT
        and max((len(word) for word in words), default=0) <= width + 1
        and all(len(lines(column, width, most=4)) <= 3 for column in columns)
    )
