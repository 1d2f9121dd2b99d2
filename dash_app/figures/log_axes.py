"""Logarithmic axes: limits with air around all that is drawn, ticks at 1, 2, 5, 10, …"""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.readmodels import FeatureInfo
from dash_app.figures.amounts import short
from dash_app.figures.base import PlotlyDict
from dash_app.figures.canvas import value_axis
from dash_app.figures.text import escape
from dash_app.theme import Theme

Limits = tuple[float, float]  # decimal logarithms


def limits_of(parts: Sequence[tuple[float, float, float]]) -> Limits:
    """Return the decimal logarithms that hold all arms, with air around them."""
    low = min(value for part in parts for value in part if value > 0)
    low = max(low, min(part[1] for part in parts) / 50)  # a long arm may be cut, a median never
    high = max(part[2] for part in parts)
    air = 0.12 * max(math.log10(high / low), 0.6)
    return round(math.log10(low) - air, 4), round(math.log10(high) + air, 4)


def log_axis(
    theme: Theme, title: str, limits: Limits, feature: FeatureInfo, currency: str
) -> PlotlyDict:
    """Return a logarithmic axis that names 1, 2, 5, 10, … as far as they fit."""
    steps = [
        step * 10.0**power
        for power in range(math.floor(limits[0]), math.ceil(limits[1]) + 1)
        for step in (1, 2, 5)
        if limits[0] <= math.log10(step * 10.0**power) <= limits[1]
    ]
    if len(steps) > 7:
        steps = [step for step in steps if math.log10(step).is_integer()]
    return value_axis(
        theme,
        title,
        type="log",
        range=list(limits),
        tickmode="array",
        tickvals=steps,
        ticktext=[escape(short(step, feature, currency)) for step in steps],
        tickangle=0,
    )
