"""How one number is spread in each segment, and which number the reader chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dash.development.base_component import Component

from core.readmodels import FeatureInfo, Histogram
from dash_app.components.cards import cell
from dash_app.components.heights import as_tall_as
from dash_app.components.lenses import menu_link
from dash_app.components.menus import menu
from dash_app.components.words import feature_label
from dash_app.figures.base import Chart
from dash_app.figures.distributions import distributions
from dash_app.privacy import coarse_histograms
from dash_app.profiles.cells import heat_chart
from dash_app.profiles.choices import chosen_feature, distribution_features, most_telling
from dash_app.profiles.model import Profile

_LONGER_HEAD = 64  # pixels that a card with a choice has above its chart


def spread_cells(found: Profile) -> tuple[Component, ...]:
    """Return the distribution of one feature beside the heat map of all, ending together."""
    heat = heat_chart(found)
    offered = distribution_features(found.view.lens, found.facts)
    telling = most_telling(offered, found.facts.statistics, found.shown)
    feature = chosen_feature(offered, found.view.selection.feature) or telling
    if feature is None:
        return (cell(found.drawn(heat, "means"), 12),)
    chart = as_tall_as(_chart(found, feature), heat.height - _LONGER_HEAD)
    heat = as_tall_as(heat, chart.height + _LONGER_HEAD)
    return (
        cell(found.drawn(chart, "distribution", _choice(found, feature, offered)), 5),
        cell(found.drawn(heat, "means"), 7),
    )


def _chart(found: Profile, feature: FeatureInfo) -> Chart:
    exact = [row for row in found.facts.histograms if row.feature == feature.name]
    coarse = coarse_histograms(exact, found.smallest)
    chart = distributions(
        coarse,
        found.shown,
        feature,
        theme=found.theme,
        currency=found.currency,
        statistics=found.facts.statistics,
    )
    if chart.is_empty or _customers(coarse) == _customers(exact):
        return chart
    blank = f"; ranges of fewer than {found.smallest} customers are left blank and not counted"
    return replace(chart, subtitle=chart.subtitle + blank)


def _customers(histograms: Iterable[Histogram]) -> int:
    return sum(sum(histogram.counts) for histogram in histograms)


def _choice(found: Profile, chosen: FeatureInfo, offered: Sequence[FeatureInfo]) -> Component:
    items = [
        menu_link(
            feature_label(feature.label, feature.name),
            found.view.href(feature=feature.name),
            feature == chosen,
        )
        for feature in offered
    ]
    label = f"Feature: {chosen.label}. Choose another"
    return menu(
        feature_label(chosen.label, chosen.name),
        *items,
        label=label,
        class_name="card-choice",
        align_end=True,
    )
