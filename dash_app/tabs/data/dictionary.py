"""What does each column mean? Every feature with its label, unit, description and values."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.features.base import NUMERIC_KINDS, Kind
from dash_app.components.cards import card
from dash_app.components.links import link
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import feature_label
from dash_app.figures.amounts import short
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.text import plural
from dash_app.tabs.data.columns import family_label, missing_words, unit_words
from dash_app.tabs.data.empty import not_measured
from dash_app.tabs.data.layout import Part
from dash_app.tabs.data.reading import DataInView, is_told

_SEARCH = "data-dictionary-search"


def dictionary_page(found: DataInView) -> Component:
    """Return a table of all features with a field that narrows it."""
    if not found.features:
        return not_measured(found)
    columns = (
        Column("Feature"),
        Column("What it means"),
        Column("Unit"),
        Column("Family"),
        Column("Privacy"),
        Column("Missing"),
        Column("Min", is_number=True),
        Column("Median", is_number=True),
        Column("Max", is_number=True),
    )
    rows = []
    for feature in found.features:
        profile = found.profiles.get(feature.name)
        values = (profile.minimum, profile.median, profile.maximum) if profile else (None,) * 3
        is_number = feature.kind in NUMERIC_KINDS
        rows.append(
            (
                [
                    link(
                        feature_label(feature.label, feature.name),
                        found.href(view=Part.COLUMNS.value, feature=feature.name),
                    ),
                    html.Code(feature.name, className="feature-name"),
                ],
                feature.description,
                unit_words(feature, found.currency),
                f"{family_label(feature.family)}, {feature.side}",
                feature.sensitivity,
                missing_words(found, profile) if profile else "not shown",
                *(
                    short(value, feature, found.currency)
                    if is_number and value is not None
                    else "–"
                    for value in values
                ),
            )
        )
    search = html.Div(
        [
            html.Label("Search the dictionary", htmlFor=_SEARCH, className="visually-hidden"),
            dbc.Input(
                id=_SEARCH,
                type="search",
                placeholder="Search: debt, sensitive, balances …",
                className="table-search",
                autoComplete="off",
            ),
            html.Span(plural(len(rows), "feature"), className="table-search-count", role="status"),
        ],
        className="table-search-bar",
        **{"data-filters": "data-dictionary-rows"},
    )
    return card(
        f"{plural(len(rows), 'feature')} and what they mean",
        search,
        html.Div(rows_table(columns, rows, caption="Data dictionary"), id="data-dictionary-rows"),
        subtitle="The export menu has the whole list as CSV and Excel",
        class_name="dictionary",
    )


def dictionary_table(found: DataInView) -> Table:
    """Return the dictionary in full precision for a file."""
    numbers = ("Smallest", "Median", "Largest")
    rows = []
    for feature in found.features:
        profile = found.profiles.get(feature.name)
        told = profile is not None and is_told(profile, found.smallest)
        rows.append(
            (
                feature.name,
                feature.label,
                feature.description,
                unit_words(feature, found.currency),
                feature.family,
                feature.side,
                feature.kind,
                feature.sensitivity,
                ", ".join(feature.source_columns),
                ", ".join(found.lenses_with(feature.name)),
                profile.n if profile and told else None,
                profile.missing if profile and told else None,
                *(
                    (None, None, None)
                    if profile is None
                    else (profile.minimum, profile.median, profile.maximum)
                ),
            )
        )
    return table(
        (
            TableColumn("Name"),
            TableColumn("Label"),
            TableColumn("Description"),
            TableColumn("Unit"),
            TableColumn("Family"),
            TableColumn("Side"),
            TableColumn("Kind"),
            TableColumn("Privacy"),
            TableColumn("Computed from"),
            TableColumn("Input of"),
            TableColumn("With a value", Kind.COUNT),
            TableColumn("Without a value", Kind.COUNT),
            *(TableColumn(name, Kind.NUMBER) for name in numbers),
        ),
        rows,
    )
