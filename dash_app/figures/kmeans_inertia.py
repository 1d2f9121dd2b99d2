"""How much closer customers lie to their middles with every step of k-means."""

from __future__ import annotations

from core.readmodels import KMeansTrace
from dash_app.figures.base import Chart
from dash_app.figures.canvas import empty_chart, layout, value_axis
from dash_app.figures.kmeans_steps import step_sentences, steps_table
from dash_app.figures.text import escape
from dash_app.formats import number, whole_percent
from dash_app.theme import Theme

_HEIGHT = 440


def kmeans_inertia(
    trace: KMeansTrace,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the curve of inertia with a cursor; frames are those of `kmeans_steps`."""
    if not trace.frames:
        return empty_chart(
            theme,
            "No inertia to follow",
            "This view was not found by k-means in this run.",
            "Steps are kept when a run fits k-means anew.",
            height=_HEIGHT,
        )
    places = list(range(len(trace.frames)))
    inertias = [frame.inertia for frame in trace.frames]
    figure = {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": places,
                "y": inertias,
                "line": {"color": theme.muted, "width": 2.5},
                "hoverinfo": "text",
                "hovertext": [
                    escape(f"{sentence} Inertia {number(inertia)}.")
                    for sentence, inertia in zip(step_sentences(trace), inertias, strict=True)
                ],
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [places[-1]],
                "y": [inertias[-1]],
                "marker": {
                    "color": theme.accent,
                    "size": 12,
                    "line": {"color": theme.surface, "width": 2},
                },
                "hoverinfo": "skip",
                "cliponaxis": False,
            },
        ],
        "frames": [
            {"name": str(place), "traces": [1], "data": [{"x": [place], "y": [inertia]}]}
            for place, inertia in zip(places, inertias, strict=True)
        ],
        "layout": layout(
            theme,
            _HEIGHT,
            top=14,
            right=14,
            xaxis=value_axis(
                theme, "Step", showgrid=False, range=[-0.5, len(places) - 0.5], nticks=6
            ),
            yaxis=value_axis(theme, "Inertia", rangemode="tozero", nticks=6),
        ),
    }
    fallen = 1 - inertias[-1] / inertias[0] if inertias[0] else 0.0
    title = f"Inertia falls by {whole_percent(fallen)} from the start to the end"
    return Chart(
        figure=figure,
        title=title,
        subtitle="Sum of squared distances of all customers to their middle, after each step",
        summary=f"{title}: from {number(inertias[0])} to {number(inertias[-1])}.",
        table=steps_table(trace),
        height=_HEIGHT,
    )
