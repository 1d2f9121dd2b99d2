"""Would we get the same segments from other customers?"""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.quality import Quality, SegmentQuality
from core.readmodels import SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    NAMES_WIDTH,
    empty_chart,
    layout,
    row_height,
    rows_axis,
    value_axis,
)
from dash_app.figures.text import escape
from dash_app.theme import Theme

_SPREAD = 0.56  # of a row that the dots of one segment take
_STEP = 0.618034  # of the golden ratio: neighbours land far apart, and always in the same place


def stability_strip(
    quality: Quality,
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a dot per segment and draw of customers over Hennig's bands, and the mean."""
    known = {one.segment: one for one in quality.segments if one.jaccards}
    rows = [(segment, known[segment.number]) for segment in segments if segment.number in known]
    if not rows:
        return empty_chart(
            theme,
            "No draws of customers",
            "This run kept none.",
            "Start a new run to see whether other draws of customers give the same segments.",
        )
    names = [segment.name for segment, _ in rows]
    height = row_height(names, 46 if len(rows) <= 8 else 36, NAMES_WIDTH) * len(rows) + 56
    low = min(0.5, *(min(one.jaccards) for _, one in rows)) - 0.02
    figure = {
        "data": [
            trace
            for row, (segment, one) in enumerate(rows)
            for trace in _traces(row, segment, one, theme)
        ],
        "layout": layout(
            theme,
            height,
            shapes=[
                _zone(low, 0.60, theme.bad_ground),
                _zone(0.60, 0.75, theme.care_ground),
                _zone(0.75, 0.85, theme.good_ground, 0.55),
                _zone(0.85, 1.0, theme.good_ground),
            ],
            xaxis=value_axis(
                theme,
                "Jaccard similarity",
                range=[low, 1.015],
                showgrid=False,
                tickmode="array",
                tickvals=[0.6, 0.75, 0.85, 1.0] if low > 0.3 else [0, 0.3, 0.6, 0.75, 0.85, 1.0],
            ),
            yaxis=rows_axis(theme, names, NAMES_WIDTH),
        ),
    }
    worst, least = min(rows, key=lambda entry: _mean(entry[1]))
    return Chart(
        figure=figure,
        title=f"The least certain segment, {worst.name}, is found again to {_mean(least):.0%}",
        subtitle=f"How much of each segment {len(least.jaccards)} other draws of customers give "
        "again; the ring is the mean. From 0.85 highly stable, from 0.75 stable, from 0.60 "
        "uncertain members, below not to be trusted",
        summary=" ".join(_sentence(segment, one) for segment, one in rows),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Mean", Kind.NUMBER),
                TableColumn("Lowest", Kind.NUMBER),
                TableColumn("Median", Kind.NUMBER),
                TableColumn("Highest", Kind.NUMBER),
                TableColumn("Draws", Kind.COUNT),
                TableColumn("Band"),
            ),
            [
                (
                    segment.name,
                    _mean(one),
                    min(one.jaccards),
                    sorted(one.jaccards)[len(one.jaccards) // 2],
                    max(one.jaccards),
                    len(one.jaccards),
                    segment.stability.value,
                )
                for segment, one in rows
            ],
        ),
        height=height,
    )


def _traces(
    row: int, segment: SegmentSummary, one: SegmentQuality, theme: Theme
) -> tuple[PlotlyDict, PlotlyDict]:
    colour = theme.segment_colour(segment.colour)
    draws = {
        "type": "scatter",
        "mode": "markers",
        "x": list(one.jaccards),
        "y": [round(row + _SPREAD * ((i * _STEP) % 1 - 0.5), 3) for i in range(len(one.jaccards))],
        "marker": {"color": colour, "size": 6, "opacity": 0.55, "line": {"width": 0}},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    mean = {
        "type": "scatter",
        "mode": "markers",
        "x": [_mean(one)],
        "y": [row],
        "marker": {
            "color": theme.surface,
            "size": 13,
            "line": {"color": theme.ink, "width": 2.5},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [escape(_sentence(segment, one))],
    }
    return draws, mean


def _zone(start: float, end: float, colour: str, opacity: float = 1.0) -> PlotlyDict:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": start,
        "x1": end,
        "y0": 0,
        "y1": 1,
        "fillcolor": colour,
        "opacity": opacity,
        "line": {"width": 0},
        "layer": "below",
    }


def _mean(one: SegmentQuality) -> float:
    return sum(one.jaccards) / len(one.jaccards)


def _sentence(segment: SegmentSummary, one: SegmentQuality) -> str:
    return (
        f"{segment.name}: {_mean(one):.2f} on average of {len(one.jaccards)} draws, "
        f"{min(one.jaccards):.2f} at worst."
    )
