"""What every drawing stands on: layout, axes, hairlines, labels, and the empty figure."""

from __future__ import annotations

from typing import Any

from dash_app.figures.base import Chart, PlotlyDict
from dash_app.figures.text import escape, lines, wrap
from dash_app.theme import Theme

CHARACTER = 6.4  # pixels that a character of a 12 px label takes on average, on the safe side
LINE = 16  # pixels from one line of a label to the next
NAMES_WIDTH = 18  # characters of a line in the column of names
BESIDE_NAMES = 190  # pixels that the narrowest card leaves beside a column of names
FLOW_LINES = 2  # lines of a name in a flow
BEYOND_FLOW = FLOW_LINES * LINE // 2  # pixels that a name reaches beyond the thinnest part
ABOVE_FLOW = BEYOND_FLOW + LINE + 2  # pixels that a head clear of such a name takes
NARROWEST = 310  # pixels of the narrowest card that a drawing must be legible in
WIDTHS = (NARROWEST, 440, 620, 840)  # pixels of the cards that labels are placed for


def layout(
    theme: Theme,
    height: int,
    *,
    left: int = 8,
    right: int = 8,
    top: int = 8,
    bottom: int = 8,
    **parts: Any,
) -> PlotlyDict:
    """Return a layout without frame, title or legend; margins in pixels, widened by axis labels."""
    return {
        **theme.layout(),
        "template": {"layout": {}},
        "height": height,
        "autosize": True,
        "minreducedwidth": 40,  # on a phone, names go before bars: Plotly would clip them at 64
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": True},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        **parts,
    }


def value_axis(theme: Theme, title: str = "", **parts: Any) -> PlotlyDict:
    """Return an axis of values with a hairline grid; the title carries the unit."""
    return {
        "title": {"text": escape(title), "font": {"size": 12, "color": theme.muted}, "standoff": 8},
        "showgrid": True,
        "gridcolor": theme.line,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 11, "color": theme.muted},
        "automargin": True,
        "fixedrange": True,
        **parts,
    }


def bare_axis(**parts: Any) -> PlotlyDict:
    """Return an axis that is not drawn: position only."""
    return {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "showticklabels": False,
        "ticks": "",
        "fixedrange": True,
        **parts,
    }


def label_axis(
    theme: Theme, labels: list[str], width: int = 16, most: int = 3, **parts: Any
) -> PlotlyDict:
    """Return an axis of names at 0, 1, 2, …; equal names stay apart, long names are wrapped."""
    return bare_axis(
        showticklabels=True,
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=[wrap(label, width, most) for label in labels],
        tickfont={"size": 12, "color": theme.ink},
        ticklabelstandoff=6,
        automargin=True,
        **parts,
    )


def rows_axis(
    theme: Theme, labels: list[str], width: int = 16, most: int = 3, **parts: Any
) -> PlotlyDict:
    """Return a `label_axis` that reads downwards."""
    return label_axis(theme, labels, width, most, **{"range": [len(labels) - 0.5, -0.5], **parts})


def label_lines(labels: list[str], width: int = 16, most: int = 3) -> int:
    """Return how many lines the tallest of the labels takes."""
    return max((len(lines(label, width, most)) for label in labels), default=1)


def row_height(labels: list[str], least: int, width: int = 16, most: int = 3) -> int:
    """Return the pixels of a row whose name may take several lines."""
    return max(least, LINE * label_lines(labels, width, most) + 8)


def legend(theme: Theme, **parts: Any) -> PlotlyDict:
    """Return a legend in one row above the drawing, with entries that do not toggle."""
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "font": {"size": 12, "color": theme.ink},
        "itemclick": False,
        "itemdoubleclick": False,
        "bgcolor": "rgba(0,0,0,0)",
        "maxheight": 1000,  # never scrolls: what cannot be seen is not a legend
        **parts,
    }


def legend_height(names: list[str], width: int = NARROWEST) -> int:
    """Return the pixels that a legend in rows needs above a plot as wide as the narrowest."""
    widest = max((CHARACTER * min(len(name), 28) + 60 for name in names), default=1)
    in_a_row = max(int(width // widest), 1)
    tallest = max((len(lines(name, 28, most=2)) for name in names), default=1)
    return (LINE * tallest + 4) * -(-len(names) // in_a_row) + 10


def note(theme: Theme, text: str, **parts: Any) -> PlotlyDict:
    """Return an annotation without arrow; ``text`` is already escaped."""
    return {
        "text": text,
        "showarrow": False,
        "font": {"size": 12, "color": theme.ink},
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        **parts,
    }


def flow_head(theme: Theme, label: str, x: float, side: str) -> PlotlyDict:
    """Return the head of a column of a flow, above the name of even the thinnest part."""
    return note(
        theme,
        escape(label),
        xref="paper",
        yref="paper",
        x=x,
        y=1,
        yshift=BEYOND_FLOW + LINE // 2,
        xanchor=side,
        font={"size": 12, "color": theme.muted},
    )


def empty_chart(theme: Theme, title: str, reason: str, remedy: str, height: int = 220) -> Chart:
    """Return the figure that says why there is nothing to draw and what to do about it."""
    words = "<br>".join(escape(line) for line in lines(f"{reason} {remedy}", 40, most=6))
    figure = {
        "data": [],
        "layout": layout(
            theme,
            height,
            xaxis=bare_axis(range=[0, 1], visible=False),
            yaxis=bare_axis(range=[0, 1], visible=False),
            annotations=[
                note(
                    theme,
                    words,
                    x=0.5,
                    y=0.5,
                    xref="paper",
                    yref="paper",
                    xanchor="center",
                    align="center",
                    font={"size": 13, "color": theme.muted},
                )
            ],
        ),
    }
    return Chart(
        figure=figure,
        title=title,
        subtitle=reason,
        summary=f"{reason} {remedy}",
        height=height,
        is_empty=True,
    )
