"""A radar of percentiles: numbered axes around a ring at 50, which is everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import LINE, label_lines, layout, legend
from dash_app.figures.colour import fade
from dash_app.figures.text import escape, shorten, wrap
from dash_app.theme import Theme

AXES_WORDS = "Average percentile among all customers, 0 to 100; the ring at 50 is everyone"
FEWEST, MOST = 3, 7
_LABEL_WIDTH = 12
_SIDE = 76  # pixels for the labels on the left and on the right


@dataclass(frozen=True, slots=True)
class Shape:
    """One polygon: a percentile per axis, None where nothing is known."""

    name: str
    colour: str
    values: tuple[float | None, ...]
    hover: tuple[str, ...]  # a sentence per axis, not yet escaped
    is_filled: bool = True
    width: float = 2.5


def radar_figure(
    axes: Sequence[str], shapes: Sequence[Shape], theme: Theme, height: int = 360
) -> PlotlyDict:
    """Return the drawing; axes in the given order, clockwise from the top."""
    angles = [round(360 * axis / len(axes), 3) for axis in range(len(axes))]
    below = 19 * len(shapes) + 14
    upper, lower = _lines_at(axes, angles, 0), _lines_at(axes, angles, 180)
    return {
        "data": [
            _ring(theme),
            *(_polygon(shape, angles) for shape in shapes),
            _scale(180 / len(axes), theme),
        ],
        "layout": layout(
            theme,
            height,
            left=_SIDE,
            right=_SIDE,
            top=LINE * upper + 10,
            bottom=below + LINE * lower + 10,
            showlegend=True,
            legend=legend(
                theme,
                orientation="v",
                x=0.5,
                xanchor="center",
                yref="container",
                y=0.0,
                yanchor="bottom",
                tracegroupgap=0,
            ),
            polar={
                "bgcolor": "rgba(0,0,0,0)",
                "radialaxis": {
                    "range": [0, 100],
                    "tickmode": "array",
                    "tickvals": [25, 50, 75, 100],
                    "showticklabels": False,
                    "gridcolor": theme.line,
                    "showline": False,
                    "ticks": "",
                },
                "angularaxis": {
                    "tickmode": "array",
                    "tickvals": angles,
                    "ticktext": [wrap(axis, _LABEL_WIDTH, 4) for axis in axes],
                    "tickfont": {"size": 12, "color": theme.ink},
                    "rotation": 90,
                    "direction": "clockwise",
                    "gridcolor": theme.line,
                    "linecolor": theme.line,
                    "ticks": "",
                },
            },
        ),
    }


def _lines_at(axes: Sequence[str], angles: Sequence[float], angle: float) -> int:
    """Return how many lines the labels near an angle take."""
    near = [
        axis
        for axis, at in zip(axes, angles, strict=True)
        if abs((at - angle + 180) % 360 - 180) < 50
    ]
    return label_lines(near, _LABEL_WIDTH, 4)


def _scale(angle: float, theme: Theme) -> PlotlyDict:
    """Return the numbers of two rings, between two axes, where lines seldom pass."""
    return {
        "type": "scatterpolar",
        "mode": "text",
        "r": [50, 100],
        "theta": [angle, angle],
        "text": ["50", "100"],
        "textfont": {"size": 10, "color": theme.muted},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _ring(theme: Theme) -> PlotlyDict:
    return {
        "type": "scatterpolar",
        "mode": "lines",
        "r": [50] * 73,
        "theta": [5 * step for step in range(73)],
        "line": {"color": theme.muted, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _polygon(shape: Shape, angles: Sequence[float]) -> PlotlyDict:
    is_whole = None not in shape.values
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": escape(shorten(shape.name, 40)),
        "r": [*shape.values, shape.values[0]],
        "theta": [*angles, angles[0]],
        "line": {"color": shape.colour, "width": shape.width},
        "marker": {"color": shape.colour, "size": 6},
        "fill": "toself" if is_whole and shape.is_filled else "none",
        "fillcolor": fade(shape.colour, 0.1),
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hoveron": "points",
        "hovertext": [escape(words) for words in (*shape.hover, shape.hover[0])],
    }
