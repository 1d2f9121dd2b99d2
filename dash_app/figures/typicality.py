"""How typical one customer is of the segment, and how near the runner-up."""

from __future__ import annotations

from core.features.base import Kind
from core.readmodels import CustomerAssignment, SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import bare_axis, empty_chart, layout, note
from dash_app.figures.colour import mix
from dash_app.figures.text import escape
from dash_app.theme import Theme

FARTHER_THAN = "Farther out than"  # heads what is stored as typicality: high is unusual
_HEIGHT = 96
_UNUSUAL, _UNLIKE = 90.0, 99.0  # percentiles of distance within the segment


def typicality(
    assignment: CustomerAssignment,
    segment: SegmentSummary,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a strip from the segment's centre to its edge with the customer's place on it."""
    if assignment.typicality is None or assignment.distance is None:
        return empty_chart(
            theme,
            "No distance to tell",
            f"{segment.name} has no centre to be far from.",
            "Its customers belong to it by rule.",
            height=160,
        )
    place = assignment.typicality
    colour = theme.segment_colour(segment.colour)
    zones = [
        (0.0, 50.0, mix(colour, theme.surface, 0.35), "nearer half"),
        (50.0, _UNUSUAL, mix(colour, theme.surface, 0.65), "farther half"),
        (_UNUSUAL, 100.0, mix(theme.muted, theme.surface, 0.65), "edge"),
    ]
    figure = {
        "data": [
            *(_zone(start, end, shade, name, segment) for start, end, shade, name in zones),
            {
                "type": "scatter",
                "mode": "markers",
                "x": [place],
                "y": [0],
                "marker": {
                    "color": theme.surface,
                    "size": 16,
                    "line": {"color": theme.ink, "width": 3},
                },
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [escape(_sentence(assignment, segment))],
            },
        ],
        "layout": layout(
            theme,
            _HEIGHT,
            left=10,
            right=10,
            barmode="stack",
            xaxis=bare_axis(range=[0, 100]),
            yaxis=bare_axis(range=[-1.15, 1.25]),
            annotations=[
                _word(theme, "typical of the segment", 0, "left"),
                _word(theme, "at its edge", 100, "right"),
                note(
                    theme,
                    "<b>this customer</b>",
                    x=place,
                    y=0.55,
                    yanchor="bottom",
                    xanchor="left" if place < 20 else "right" if place > 80 else "center",
                ),
            ],
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(place, segment),
        subtitle="Place among the segment's customers in order of their distance from its centre",
        summary=_sentence(assignment, segment),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Distance", Kind.NUMBER),
                TableColumn("Customers nearer to the centre", Kind.SHARE),
                TableColumn("Margin to the runner-up", Kind.NUMBER),
            ),
            [(segment.name, assignment.distance, place / 100, assignment.margin)],
        ),
        height=_HEIGHT,
    )


def _zone(start: float, end: float, shade: str, name: str, segment: SegmentSummary) -> PlotlyDict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [end - start],
        "y": [0],
        "width": 0.5,
        "marker": {"color": shade, "line": {"color": "rgba(0,0,0,0)", "width": 0}},
        "hoverinfo": "text",
        "hovertext": [
            escape(f"{name.capitalize()}: {end - start:.0f}% of the customers of {segment.name}.")
        ],
    }


def _word(theme: Theme, text: str, x: float, side: str) -> PlotlyDict:
    return note(
        theme,
        text,
        x=x,
        y=-0.45,
        yanchor="top",
        xanchor=side,
        font={"size": 11, "color": theme.muted},
    )


def _sentence(assignment: CustomerAssignment, segment: SegmentSummary) -> str:
    words = (
        f"{100 - (assignment.typicality or 0):.0f}% of the customers of {segment.name} are "
        f"farther from its centre; distance {assignment.distance:.2f}"
    )
    if assignment.margin is not None:
        words += f", margin {assignment.margin:.2f}"
    return words + "."


def _finding(place: float, segment: SegmentSummary) -> str:
    if place > _UNLIKE:
        return "Unlike any known customer"
    if place > _UNUSUAL:
        return f"At the edge of {segment.name}"
    if place > 50:
        return f"Within {segment.name}, farther out than most"
    return f"Typical of {segment.name}"
