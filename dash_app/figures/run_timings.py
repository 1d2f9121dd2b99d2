"""Where a run's time went."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import bare_axis, empty_chart, layout, row_height, rows_axis
from dash_app.figures.text import escape
from dash_app.formats import whole_percent
from dash_app.theme import Theme


def run_timings(
    timings: Sequence[tuple[str, float]],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a bar per step, in the order in which they ran; ``timings`` in seconds."""
    if not timings:
        return empty_chart(
            theme, "No timings", "The run has not recorded its steps.", "Start it again."
        )
    total = sum(seconds for _, seconds in timings)
    height = row_height([step for step, _ in timings], 34, 18) * len(timings) + 16
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": list(range(len(timings))),
                "x": [seconds for _, seconds in timings],
                "marker": {"color": theme.accent, "line": {"width": 0}},
                "text": [_seconds(seconds) for _, seconds in timings],
                "textposition": "outside",
                "textfont": {"size": 12},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    escape(
                        f"{step} took {_seconds(seconds)}, "
                        f"{whole_percent(seconds / total if total else 0)} of the run."
                    )
                    for step, seconds in timings
                ],
            }
        ],
        "layout": layout(
            theme,
            height,
            right=64,
            bargap=0.4,
            barcornerradius=2,
            xaxis=bare_axis(range=[0, max(seconds for _, seconds in timings) or 1]),
            yaxis=rows_axis(theme, [step for step, _ in timings], 18),
        ),
    }
    slowest, longest = max(timings, key=lambda entry: entry[1])
    return Chart(
        figure=figure,
        title=f"The run took {_seconds(total)}, {_seconds(longest)} of it to {_verb(slowest)}",
        subtitle="Seconds per step, in order",
        summary=" ".join(f"{step}: {_seconds(seconds)}." for step, seconds in timings),
        table=table((TableColumn("Step"), TableColumn("Seconds", Kind.NUMBER, "s")), list(timings)),
        height=height,
    )


def _seconds(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {round(seconds % 60)} s"


def _verb(step: str) -> str:
    return step[:1].lower() + step[1:]
