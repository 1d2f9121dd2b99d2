"""Can I trust the columns? What is missing, and how the values of each feature are spread."""

from __future__ import annotations

from itertools import groupby

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import FeatureInfo
from core.snapshot_facts import FeatureProfile
from dash_app.components.cards import card, cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.lenses import menu_link
from dash_app.components.links import link
from dash_app.components.menus import menu
from dash_app.components.words import feature_label
from dash_app.figures.amounts import exact, short
from dash_app.figures.column_values import column_values
from dash_app.figures.lookup import labels
from dash_app.figures.missing_values import missing_values
from dash_app.figures.text import joined, plural
from dash_app.formats import count, percent
from dash_app.tabs.data.empty import not_measured
from dash_app.tabs.data.layout import Part
from dash_app.tabs.data.reading import DataInView, is_told
from dash_app.theme import Theme


def columns_page(found: DataInView, theme: Theme) -> Component:
    """Return the feature in view, its family as small multiples, and what is missing of all."""
    feature = feature_in_view(found)
    if feature is None:
        return not_measured(found)
    profile = found.profiles[feature.name]
    chart = column_values(profile, feature, theme=theme, currency=found.currency)
    told = tuple(one for one in found.profiles.values() if is_told(one, found.smallest))
    missing = missing_values(told, found.features, theme=theme)
    return grid(
        cell(chart_with_table(chart, chart_id="data-values", currency=found.currency), 7),
        cell(_facts_card(found, feature, profile), 5),
        cell(_family_card(found, feature), 12),
        cell(chart_with_table(missing, chart_id="data-missing"), 12),
    )


def feature_in_view(found: DataInView) -> FeatureInfo | None:
    """Return the feature that the URL names, else the first input of the lens in view."""
    names = [found.selection.feature or "", *(found.spec.feature_names if found.spec else ())]
    names += [feature.name for feature in found.features]
    known = (found.by_name[name] for name in names if name in found.by_name)
    return next((feature for feature in known if feature.name in found.profiles), None)


def missing_words(found: DataInView, profile: FeatureProfile) -> str:
    """Return how many customers have no value; a small group is not told."""
    if is_told(profile, found.smallest):
        return f"{count(profile.missing)} ({percent(profile.missing_share)})"
    few = f"fewer than {found.smallest} customers"
    return few if profile.missing < profile.n else f"all but {few}"


def _facts_card(found: DataInView, feature: FeatureInfo, profile: FeatureProfile) -> Component:
    views = joined(found.lenses_with(feature.name)) or "no view"
    facts = [
        ("Family", family_label(feature.family)),
        ("Side", feature.side.capitalize()),
        ("Privacy", privacy_words(feature)),
        ("Without a value", missing_words(found, profile)),
    ]
    if profile.median is not None:
        facts += [
            ("Smallest", exact(profile.minimum, feature, found.currency)),
            ("Middle half", _between(profile, feature, found.currency)),
            ("Largest", exact(profile.maximum, feature, found.currency)),
            ("Mean", exact(profile.mean, feature, found.currency)),
            ("Not zero", f"{percent(profile.nonzero_share)} of those with a value"),
        ]
    facts.append(("Input of", views))
    where = found.href(view=Part.LINEAGE.value, feature=feature.name)
    return card(
        feature_label(feature.label, feature.name),
        html.Dl(
            [part for term, words in facts for part in (html.Dt(term), html.Dd(words))],
            className="facts",
        ),
        subtitle=feature.description,
        tools=(link("Where does it come from?", where, "card-tool"),),
        class_name="facts-card",
    )


def _between(profile: FeatureProfile, feature: FeatureInfo, currency: str) -> str:
    low, high = exact(profile.p25, feature, currency), exact(profile.p75, feature, currency)
    return f"{low} to {high}"


def _family_card(found: DataInView, feature: FeatureInfo) -> Component:
    families = {
        name: list(members)
        for name, members in groupby(
            (one for one in found.features if one.name in found.profiles),
            key=lambda one: one.family,
        )
    }
    members = families[feature.family]
    items = [
        menu_link(
            f"{family_label(name)} ({len(features)})",
            found.href(feature=features[0].name),
            name == feature.family,
        )
        for name, features in families.items()
    ]
    label = family_label(feature.family)
    choice = menu(label, *items, label=f"Family: {label}. Choose another", class_name="card-choice")
    return card(
        f"{label}: {plural(len(members), 'feature')} at a glance",
        html.Ul(
            [html.Li(_tile(found, one, is_current=one == feature)) for one in members],
            className="tiles",
        ),
        subtitle="Each strip is the distribution of all customers, over the feature's own ranges",
        tools=(choice,),
    )


def _tile(found: DataInView, feature: FeatureInfo, *, is_current: bool) -> Component:
    profile = found.profiles[feature.name]
    counts = profile.counts or profile.level_counts
    tallest = max(counts, default=0) or 1
    bars = [
        html.Span(style={"height": f"{max(100 * n / tallest, 2 if n else 0):.0f}%"}) for n in counts
    ]
    current = {"aria-current": "true"} if is_current else {}
    return html.Div(
        [
            link(
                feature_label(feature.label, feature.name),
                found.href(feature=feature.name),
                "tile-name stretched",
                **current,
            ),
            html.Div(bars, className="strip", **{"aria-hidden": "true"}),
            html.Div(
                [
                    html.Span(_middle(profile, feature, found.currency)),
                    _missing_chip(profile, found.smallest),
                ],
                className="tile-foot",
            ),
        ],
        className="tile focusable" + (" is-current" if is_current else ""),
    )


def _middle(profile: FeatureProfile, feature: FeatureInfo, currency: str) -> str:
    if feature.kind == Kind.FLAG and profile.mean is not None:
        return f"{percent(profile.mean, 0)} yes"
    if profile.median is not None:
        return f"median {short(profile.median, feature, currency)}"
    if profile.levels:
        level, n = max(
            zip(profile.levels, profile.level_counts, strict=True), key=lambda entry: entry[1]
        )
        return f"{level} {percent(n / max(profile.n, 1), 0)}"
    return "not shown"


def _missing_chip(profile: FeatureProfile, smallest: int) -> Component:
    if not profile.missing or not is_told(profile, smallest):
        return html.Span()
    return html.Span(f"{percent(profile.missing_share, 0)} missing", className="text-care")


def family_label(family: str) -> str:
    """Return how people call a family.

    >>> family_label("many_small")
    'Many small'
    """
    return family.replace("_", " ").capitalize()


def privacy_words(feature: FeatureInfo) -> str:
    """Return a feature's class of privacy in words."""
    return {
        "ordinary": "Ordinary",
        "sensitive": "Sensitive: insight only, not for credit decisions",
        "proxy": "Stands in for something sensitive",
        "direct": "Identifies a person",
    }[feature.sensitivity]


def unit_words(feature: FeatureInfo, currency: str) -> str:
    """Return a feature's unit; money is in the currency of the data set."""
    if feature.kind == Kind.MONEY:
        return currency
    return feature.unit or {"share": "share", "flag": "yes or no"}.get(feature.kind, "")


def label_of(found: DataInView, name: str) -> str:
    """Return a feature's label."""
    return labels(found.features).get(name, name)
