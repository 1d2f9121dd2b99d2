"""How much of the customers' differences each component of the map carries."""

from __future__ import annotations

from itertools import accumulate

from core.features.base import Kind
from core.readmodels import MapAxes
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, note, value_axis
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_HEIGHT = 240
_MOST = 12


def scree(
    axes: MapAxes,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    dimensions: int = 2,
) -> Chart:
    """Return bars of the explained variance and the line of its sum.

    ``dimensions`` are those of the map beside it.
    """
    if not axes.explained_variance:
        return empty_chart(
            theme,
            "No components",
            "This view has no map.",
            "A map needs at least two prepared features.",
            height=_HEIGHT,
        )
    parts = list(axes.explained_variance)
    sums = [min(total, 1.0) for total in accumulate(parts)]
    shown = min(len(parts), _MOST)
    places = list(range(1, shown + 1))
    figure = {
        "data": [
            {
                "type": "bar",
                "x": places,
                "y": parts[:shown],
                "marker": {
                    "color": [
                        theme.accent if place <= dimensions else theme.muted for place in places
                    ],
                    "line": {"width": 0},
                },
                "text": [whole_percent(part) for part in parts[:shown]],
                "textposition": "outside",
                "textangle": 0,
                "textfont": {"size": 11},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    f"Component {place} carries {percent(part)}; the first {place} together "
                    f"{percent(total)}."
                    for place, part, total in zip(places, parts, sums, strict=False)
                ],
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": places[1:],
                "y": sums[1:shown],
                "line": {"color": theme.muted, "width": 2},
                "marker": {"color": theme.muted, "size": 5},
                "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            theme,
            _HEIGHT,
            top=14,
            bargap=0.35,
            barcornerradius=2,
            xaxis=value_axis(
                theme,
                "Component",
                showgrid=False,
                tickmode="array",
                tickvals=places,
                range=[0.4, shown + 0.6],
            ),
            yaxis=value_axis(theme, range=[0, 1.08], tickformat=".0%", nticks=6),
            annotations=[
                note(
                    theme,
                    "together",
                    x=places[-1],
                    y=sums[shown - 1],
                    xanchor="right",
                    yanchor="top",
                    yshift=-6,
                    font={"size": 11, "color": theme.muted},
                )
            ],
        ),
    }
    drawn = sums[min(dimensions, len(sums)) - 1]
    axes_drawn = "three axes" if dimensions == 3 else "two axes"
    return Chart(
        figure=figure,
        title=f"The map's {axes_drawn} carry {whole_percent(drawn)} of the differences",
        subtitle="Share of variance per component; the line is their sum",
        summary=f"The first component carries {percent(parts[0])}, {axes_drawn} {percent(drawn)}.",
        table=table(
            (
                TableColumn("Component", Kind.COUNT),
                TableColumn("Share of variance", Kind.SHARE),
                TableColumn("Together", Kind.SHARE),
            ),
            [(i, part, total) for i, (part, total) in enumerate(zip(parts, sums, strict=True), 1)],
        ),
        height=_HEIGHT,
    )
