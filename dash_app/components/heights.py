"""Charts that share a row end together."""

from __future__ import annotations

from dataclasses import replace

from dash_app.figures.base import Chart


def as_tall_as(chart: Chart, height: int) -> Chart:
    """Return the chart at least so tall, so that it fills the row it shares with another."""
    if chart.height >= height:
        return chart
    layout = {**chart.figure["layout"], "height": height}
    return replace(chart, figure={**chart.figure, "layout": layout}, height=height)
