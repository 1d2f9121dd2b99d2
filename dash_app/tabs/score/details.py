"""More about the answer: the customer's profile, the place on the map, what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from core.readmodels import FeatureInfo, LensSummary
from dash_app.components.cards import card, cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.links import link
from dash_app.components.segments import segment_badge
from dash_app.components.words import emphasised
from dash_app.figures.base import Chart
from dash_app.figures.map_scatter import map_scatter
from dash_app.figures.person_radar import person_radar
from dash_app.tabs.score.answer import Answer
from dash_app.tabs.score.reading import Form, Ground
from dash_app.tabs.score.sentences import change_sentences, place_words
from dash_app.theme import Theme

_MAP_HEIGHT = 360


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """The same customer in another lens: None where not all of its inputs are known."""

    lens: LensSummary
    href: str
    answer: Answer | None


def details_cards(
    found: Answer,
    form: Form,
    ground: Ground | None,
    elsewhere: Sequence[Elsewhere],
    theme: Theme,
    currency: str,
) -> Component:
    """Return radar, map (where there is enough to draw), changes and the other lenses."""
    changes = changes_card(found, form, elsewhere, currency)
    radar = radar_chart(found, form, theme)
    drawn = [] if radar.is_empty else [("score-radar", radar)]
    if ground is not None and found.runner_up is not None:
        drawn.append(("score-map", place_chart(found, ground, theme)))
    width = 12 // (len(drawn) + 1)
    return grid(
        *(
            cell(chart_with_table(chart, chart_id=name, currency=currency), width)
            for name, chart in drawn
        ),
        cell(changes, width),
    )


def radar_chart(found: Answer, form: Form, theme: Theme) -> Chart:
    """Return the customer beside the segment and the runner-up."""
    person = {
        axis.name: found.percentiles[axis.name]
        for axis in radar_axes(found, form.features)
        if axis.name in found.percentiles
    }
    return person_radar(
        person,
        form.statistics,
        found.segment,
        found.runner_up,
        _in_order(form, person),
        theme=theme,
    )


def radar_axes(found: Answer, features: Sequence[FeatureInfo]) -> tuple[FeatureInfo, ...]:
    """Return the axes of the lens that the model knows, filled up with its other inputs."""
    known = {feature.name: feature for feature in features}
    names = dict.fromkeys((*found.lens.radar, *found.lens.inputs))
    return tuple(known[name] for name in names if name in known and name in found.percentiles)[:7]


def place_chart(found: Answer, ground: Ground, theme: Theme) -> Chart:
    """Return the map with the customer on it."""
    chart = map_scatter(
        ground.sample,
        ground.axes,
        ground.segments,
        theme=theme,
        customer=found.place,
        height=_MAP_HEIGHT,
    )
    return replace(chart, title="Where this customer sits")


def changes_card(
    found: Answer, form: Form, elsewhere: Sequence[Elsewhere], currency: str
) -> Component:
    """Return the smallest single changes that would move the customer, and the other lenses."""
    rule = form.model.rule
    sentences = change_sentences(found, form.by_name, rule.zero if rule else (), currency)
    return card(
        "What would change it",
        html.Ul([html.Li(emphasised(text)) for text in sentences], className="headlines"),
        *(html.Div(_elsewhere(place), className="quiet-box elsewhere") for place in elsewhere),
        subtitle="One value alone, everything else as it is",
    )


def _elsewhere(place: Elsewhere) -> list[Component | str]:
    name = link(f"{place.lens.label} view", place.href)
    if place.answer is None:
        return [name, html.Span("Load a customer to see it.", className="text-muted")]
    segment, explained = place.answer.segment, place.answer.explanation
    words = place_words(explained.margin)
    if explained.margin is not None:
        words = f"{words}, margin {explained.margin:.2f}"
    if place.answer.runner_up is not None:
        words = f"{words} to {place.answer.runner_up.name}"
    return [
        name,
        segment_badge(segment.name, segment.colour),
        html.Span(words, className="text-muted"),
    ]


def _in_order(form: Form, person: Mapping[str, float | None]) -> list[FeatureInfo]:
    known = {feature.name: feature for feature in form.features}
    return [known[name] for name in person]
