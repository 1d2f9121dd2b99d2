"""How far a segment's values reach: lowest, usual, highest, beside all customers."""

from __future__ import annotations

from dash.development.base_component import Component

from core.readmodels import FeatureInfo, FeatureStatistic
from dash_app.components.cards import card, cell
from dash_app.components.tables import data_table
from dash_app.figures.base import Table, TableColumn, table
from dash_app.formats import NO_DATA, format_value, percent
from dash_app.profiles.choices import axes, numeric_inputs
from dash_app.profiles.model import Profile


def ranges_cell(found: Profile, columns: int) -> Component:
    """Return the ranges of the segment in focus."""
    if found.focus is None:
        return cell([], columns)
    name = found.focus.name
    return cell(
        card(
            f"From lowest to highest: {name}",
            data_table(ranges_table(found), currency=found.currency, caption=f"Ranges of {name}"),
            subtitle="Nine in ten customers of the segment lie in the usual range",
        ),
        columns,
    )


def ranges_table(found: Profile) -> Table:
    """Return one row per feature of the lens: usual range, ends, and how many have any."""
    lens, facts = found.view.lens, found.facts
    number = found.focus.number if found.focus else None
    features = tuple(dict.fromkeys((*axes(lens, facts), *numeric_inputs(lens, facts))))
    mine = {row.feature: row for row in facts.statistics if row.segment == number}
    return table(
        (
            TableColumn("Feature"),
            TableColumn("Lowest"),
            TableColumn("Usual range"),
            TableColumn("Median"),
            TableColumn("Highest"),
            TableColumn("Have any"),
        ),
        [_row(f, mine[f.name], found.currency) for f in features if f.name in mine],
    )


def _row(
    feature: FeatureInfo, row: FeatureStatistic, currency: str
) -> tuple[str, str, str, str, str, str]:
    def said(value: float | None) -> str:
        return format_value(value, feature.kind, feature.unit, currency)

    usual = NO_DATA if row.p05 is None else f"{said(row.p05)} to {said(row.p95)}"
    return (
        feature.label,
        said(row.minimum),
        usual,
        said(row.median),
        said(row.maximum),
        percent(row.nonzero_share),
    )
