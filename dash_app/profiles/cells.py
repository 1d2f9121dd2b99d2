"""The cells that both sides' pages are put together from."""

from __future__ import annotations

from dash.development.base_component import Component

from core.readmodels import FeatureInfo
from dash_app.components.cards import cell
from dash_app.components.empty import empty_state
from dash_app.components.heights import as_tall_as
from dash_app.figures.base import Chart
from dash_app.figures.category_bars import category_bars
from dash_app.figures.k_scores import k_scores
from dash_app.figures.means_heatmap import means_heatmap
from dash_app.figures.radar import radar
from dash_app.figures.raw_dots import raw_dots
from dash_app.privacy import pooled_levels
from dash_app.profiles.cards import segment_cards
from dash_app.profiles.choices import axes, categorical, compared_segments, heat_features
from dash_app.profiles.differences import differences_card
from dash_app.profiles.model import Profile
from dash_app.profiles.reliability import reliability_card

_TALLEST_RADAR = 460  # pixels; beyond them a radar only gets emptier
_BESIDE_CHECKS = 460


def cards_of(found: Profile) -> Component:
    """Return the cards of all segments; a card puts its segment in focus."""
    return segment_cards(
        found.segments,
        found.focus,
        lambda key: found.view.href(segments=(key,)),
        found.smallest,
    )


def nothing_to_show(found: Profile) -> Component:
    """Return what stands where no segment is large enough."""
    return empty_state(
        "No segments to show",
        f"Every segment of this view has fewer than {found.smallest} customers, and groups that "
        "small are never shown.",
    )


def axes_cells(found: Profile) -> tuple[Component, Component]:
    """Return the axes of the lens twice: up to three segments as a radar, all in raw units."""
    features = axes(found.view.lens, found.facts)
    keys = found.view.selection.segments
    raw = raw_dots(
        found.facts.statistics,
        found.shown,
        features,
        theme=found.theme,
        currency=found.currency,
    )
    shape = radar(
        found.facts.statistics,
        compared_segments(found.shown, found.focus, keys),
        features,
        theme=found.theme,
        currency=found.currency,
        of=len(found.shown),
    )
    shape = as_tall_as(shape, min(raw.height, _TALLEST_RADAR))
    raw = as_tall_as(raw, shape.height)
    return cell(found.drawn(shape, "radar"), 5), cell(found.drawn(raw, "raw-dots"), 7)


def differences_cell(found: Profile, columns: int) -> Component:
    """Return what makes the segment in focus different."""
    if found.focus is None:
        return cell(nothing_to_show(found), columns)
    facts = found.facts
    of_side = [feature for feature in facts.features if feature.side == found.view.lens.side]
    card = differences_card(found.focus, facts.differentiators, of_side, found.currency)
    return cell(card, columns)


def category_cells(found: Profile) -> tuple[Component, ...]:
    """Return the levels of a few categories per segment, side by side."""
    features = categorical(found.view.lens, found.facts)
    charts = [_category_chart(found, feature) for feature in features]
    tallest = max((chart.height for chart in charts), default=0)
    return tuple(
        cell(
            found.drawn(as_tall_as(chart, tallest), f"category-{feature.name}"),
            12 // len(features),
        )
        for chart, feature in zip(charts, features, strict=True)
    )


def heat_chart(found: Profile) -> Chart:
    """Return every feature of every segment at a glance."""
    return means_heatmap(
        found.facts.statistics,
        found.shown,
        heat_features(found.view.lens, found.facts),
        theme=found.theme,
        currency=found.currency,
    )


def reliability_cells(found: Profile) -> tuple[Component, ...]:
    """Return what can be relied on, and the scores of the numbers of segments if several."""
    lens, facts = found.view.lens, found.facts
    inputs = facts.named(lens.inputs)
    card = reliability_card(lens, facts.verdict, facts.choice_reason, inputs)
    if len(facts.k_scores) < 2:
        return (cell(card, 12),)
    scores = k_scores(facts.k_scores, theme=found.theme)
    scores = as_tall_as(scores, _BESIDE_CHECKS)
    return cell(card, 5), cell(found.drawn(scores, "k-scores"), 7)


def _category_chart(found: Profile, feature: FeatureInfo) -> Chart:
    counts = [row for row in found.facts.categories if row.feature == feature.name]
    pooled = pooled_levels(counts, found.smallest)
    return category_bars(pooled, found.shown, feature, theme=found.theme)
