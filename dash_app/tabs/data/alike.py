"""Which features say the same thing: the map of correlations, and redundant pairs by name."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from core.snapshot_facts import Associations, Measure
from dash_app.components.cards import card, cell, grid, lead_sentence
from dash_app.components.charts import chart_with_table
from dash_app.components.lenses import menu_link
from dash_app.components.links import link
from dash_app.components.menus import menu
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import emphasised, feature_label
from dash_app.figures.correlation_map import REDUNDANT, correlation_map
from dash_app.figures.text import joined, plural
from dash_app.formats import signed_number
from dash_app.tabs.data.columns import family_label, label_of
from dash_app.tabs.data.empty import not_measured
from dash_app.tabs.data.reading import DataInView
from dash_app.theme import Theme

CATEGORIES = "categories"
_LENS, _FAMILY = "view-", "family-"  # before a name, in the URL
_LISTED = 14  # pairs by name
_FIT_A_PHONE = 14  # features whose map is still legible on a phone


@dataclass(frozen=True, slots=True)
class Choice:
    """Which features are compared: how the URL and people call it."""

    key: str | None
    label: str
    found: Associations


@dataclass(frozen=True, slots=True)
class Pair:
    """Two features that say nearly the same, and the views they enter together and alone."""

    a: str
    b: str
    value: float
    both: tuple[str, ...]
    either: tuple[str, ...]


def alike_page(found: DataInView, theme: Theme) -> Component:
    """Return what is redundant in words, the map of a choice of features, and the pairs."""
    offered = choices(found)
    if not offered:
        return not_measured(found)
    chosen = next((c for c in offered if c.key == found.selection.colour), offered[0])
    items = [menu_link(c.label, found.href(colour=c.key), c.key == chosen.key) for c in offered]
    chart = correlation_map(chosen.found, found.features, theme=theme)
    tool = menu(
        chosen.label, *items, label=f"Features: {chosen.label}. Choose others",
        class_name="card-choice",
    )  # fmt: skip
    drawn = chart_with_table(chart, chart_id="data-alike", tools=(tool,))
    pairs = redundant_pairs(found, chosen.found)
    wide = " wide-drawing" if len(chosen.found.features) > _FIT_A_PHONE else ""
    return html.Div(
        [
            lead_sentence(alike_sentence(found, redundant_pairs(found, *found.facts.associations))),
            grid(
                cell(html.Div(drawn, className=f"map-of-likeness{wide}"), 7),
                cell(_pairs_card(found, pairs), 5),
            ),
        ],
        className="stack",
    )


def choices(found: DataInView) -> tuple[Choice, ...]:
    """Return what can be compared: all numbers, those of a view, of a family, and categories."""
    by_measure = {one.measure: one for one in found.facts.associations}
    offered: list[Choice] = []
    numbers = by_measure.get(Measure.SPEARMAN)
    if numbers is not None:
        offered.append(Choice(None, f"All {len(numbers.features)} numbers", numbers))
        parts = [
            *((f"{_LENS}{spec.name}", f"Inputs of {spec.label}", frozenset(spec.feature_names))
              for spec in found.lenses),
            *((f"{_FAMILY}{family}", family_label(family),
               frozenset(f.name for f in found.features if f.family == family))
              for family in dict.fromkeys(f.family for f in found.features)),
        ]  # fmt: skip
        for key, label, names in parts:
            part = numbers.of(names)
            if len(part.features) > 1:
                offered.append(Choice(key, f"{label} ({len(part.features)})", part))
    categories = by_measure.get(Measure.CRAMERS_V)
    if categories is not None:
        own = CATEGORIES if numbers is not None else None
        offered.append(Choice(own, f"Categories ({len(categories.features)})", categories))
    return tuple(offered)


def redundant_pairs(found: DataInView, *associations: Associations) -> tuple[Pair, ...]:
    """Return the pairs that say nearly the same; those that enter a view together first."""
    pairs = []
    for one in associations:
        for a, b, value in one.pairs(REDUNDANT):
            of_a, of_b = found.lenses_with(a), found.lenses_with(b)
            both = tuple(label for label in of_a if label in of_b)
            either = tuple(dict.fromkeys(label for label in (*of_a, *of_b) if label not in both))
            pairs.append(Pair(a, b, value, both, either))
    return tuple(sorted(pairs, key=lambda p: (not p.both, not p.either, -abs(p.value), p.a, p.b)))


def alike_sentence(found: DataInView, pairs: tuple[Pair, ...]) -> str:
    """Return how much of the data says the same twice, and whether a view counts it twice."""
    if not pairs:
        return "**No two features say the same.** Every one adds something of its own."
    inside = [pair for pair in pairs if pair.both]
    words = f"**{plural(len(pairs), 'pair')} of features say nearly the same** (above {REDUNDANT})."
    if not inside:
        return f"{words} **No view has both of a pair**, so nothing counts twice."
    first = inside[0]
    named = f"{label_of(found, first.a)} and {label_of(found, first.b)} in {joined(first.both)}"
    verb = "stands" if len(inside) == 1 else "stand"
    return (
        f"{words} **{plural(len(inside), 'pair')} {verb} together in a view** and "
        f"{'counts' if len(inside) == 1 else 'count'} twice there: {named}"
        f"{' and others' if len(inside) > 1 else ''}."
    )


def pair_words(pair: Pair) -> str:
    """Return where the two features of a pair are used.

    >>> pair_words(Pair("a", "b", 0.95, ("Behavioural",), ()))
    'both in **Behavioural**'
    """
    if pair.both:
        return f"both in **{joined(pair.both)}**"
    return f"one of them in {joined(pair.either)}" if pair.either else "in no view"


def _pairs_card(found: DataInView, pairs: tuple[Pair, ...]) -> Component:
    if not pairs:
        return card(
            "No redundant pairs",
            html.P(f"No correlation is beyond {REDUNDANT}.", className="card-subtitle"),
        )
    rows = [
        (
            html.Span(
                [_feature_link(found, pair.a), " and ", _feature_link(found, pair.b)],
            ),
            html.Span(emphasised(pair_words(pair))),
            signed_number(pair.value),
        )
        for pair in pairs[:_LISTED]
    ]
    columns = (Column("Features"), Column("Used"), Column("Value", is_number=True))
    more = f"; {_LISTED} of {len(pairs)}, the map's table has more" if len(pairs) > _LISTED else ""
    return card(
        "Redundant pairs",
        rows_table(columns, rows, caption="Pairs of features that say nearly the same"),
        subtitle=f"Beyond ±{REDUNDANT}; pairs inside one view first{more}",
        class_name="pairs",
    )


def _feature_link(found: DataInView, name: str) -> Component:
    where = found.href(view="columns", feature=name, colour=None)
    return link(feature_label(label_of(found, name), name), where)
