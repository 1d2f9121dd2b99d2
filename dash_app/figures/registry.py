"""Every figure of the app. The conformance suite runs over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dash_app.figures.base import Chart
from dash_app.figures.category_bars import category_bars
from dash_app.figures.differentiator_bars import differentiator_bars
from dash_app.figures.distributions import distributions
from dash_app.figures.many_small_or_few_large import many_small_or_few_large
from dash_app.figures.means_heatmap import means_heatmap
from dash_app.figures.saving_and_debt import saving_and_debt
from dash_app.figures.radar import radar
from dash_app.figures.raw_dots import raw_dots
from dash_app.figures.segment_shares import segment_shares
from dash_app.figures.share_history import share_history

FIGURES: Mapping[str, Callable[..., Chart]] = MappingProxyType(
    {
        builder.__name__: builder
        for builder in (
            category_bars, distributions, means_heatmap, differentiator_bars, many_small_or_few_large, saving_and_debt,
            segment_shares,
            share_history,
            radar,
            raw_dots,
        )
    }
)
