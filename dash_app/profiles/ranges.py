"""How far a segment's values reach: lowest, usual, highest, and how many have any."""

from __future__ import annotations

from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic
from dash_app.components.cards import card, cell
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import led_by_label
from dash_app.formats import NO_DATA, format_value, percent
from dash_app.profiles.choices import axes, heat_features
from dash_app.profiles.model import Profile

_HEADS = ("Lowest", "Usual range", "Median", "Highest", "Have any")


def ranges_cell(found: Profile, columns: int) -> Component:
    """Return the ranges of the segment in focus."""
    if found.focus is None:
        return cell([], columns)
    title = f"From lowest to highest: {found.focus.name}"
    rows = range_rows(found)
    labels = {feature.label: feature.name for feature in found.facts.features}
    heads = (Column("Feature"), *(Column(head, is_number=True) for head in _HEADS))
    return cell(
        card(
            title,
            rows_table(
                heads,
                [(led_by_label(first, labels), *rest) for first, *rest in rows],
                caption=title,
            ),
            subtitle="Nine in ten customers of the segment lie in the usual range",
        ),
        columns,
    )


def range_rows(found: Profile) -> list[tuple[str, ...]]:
    """Return label, lowest, usual range, median, highest and share that has any, per feature."""
    lens, facts = found.view.lens, found.facts
    number = found.focus.number if found.focus else None
    features = tuple(dict.fromkeys((*axes(lens, facts), *heat_features(lens, facts))))
    mine = {row.feature: row for row in facts.statistics if row.segment == number}
    return [_row(f, mine[f.name], found.currency) for f in features if f.name in mine]


def _row(feature: FeatureInfo, row: FeatureStatistic, currency: str) -> tuple[str, ...]:
    kind = Kind(feature.kind)
    in_words = kind in (Kind.DAYS, Kind.YEARS)  # named beside the label, not in every cell
    unit = feature.unit or kind
    is_named = in_words and unit.lower() not in feature.label.lower()
    label = f"{feature.label}, {unit}" if is_named else feature.label

    def said(value: float | None) -> str:
        return format_value(value, Kind.NUMBER if in_words else kind, "", currency)

    ends = dict.fromkeys((said(row.p05), said(row.p95)))  # one where both read the same
    usual = NO_DATA if row.p05 is None else " to ".join(ends)
    return (
        label,
        said(row.minimum),
        usual,
        said(row.median),
        said(row.maximum),
        percent(row.nonzero_share, 0),
    )
