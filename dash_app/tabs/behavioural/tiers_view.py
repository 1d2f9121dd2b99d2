"""The sub-view Value tiers: a profile in, key figures, sizes and value, table and spread out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.components.cards import card, cell, grid, kpi_card, kpi_row
from dash_app.components.tables import data_table
from dash_app.components.words import feature_label
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.segment_shares import segment_shares
from dash_app.figures.text import in_sentence
from dash_app.formats import count, money, percent
from dash_app.profiles.cells import nothing_to_show
from dash_app.profiles.model import Profile
from dash_app.tabs.behavioural.view import groups_in_detail


def tiers_page(found: Profile) -> Component:
    """Return key figures, tiers, sizes beside value, profiles, spread, differences, ranges."""
    if found.focus is None:
        return nothing_to_show(found)
    if not found.view.selection.segments:
        found = replace(found, focus=found.shown[0])  # who is asked for first is the highest tier
    return html.Div(
        [
            kpi_row(*_key_figures(found)),
            grid(cell(_shares(found), 4), cell(_tiers_card(found), 8)),
            groups_in_detail(found),
        ],
        className="stack",
    )


def tiers_table(found: Profile) -> Table:
    """Return a row per tier: size, value, share of both, and how far the value of one reaches."""
    columns = (
        TableColumn("Tier"),
        TableColumn("Customers", Kind.COUNT),
        TableColumn("Share", Kind.SHARE),
        TableColumn(_label(found), Kind.MONEY),
        TableColumn("Share of value", Kind.SHARE),
        TableColumn("Lowest", Kind.MONEY),
        TableColumn("Median", Kind.MONEY),
        TableColumn("Highest", Kind.MONEY),
    )
    value = _value(found)
    rows = [_row(found, segment) for segment in found.segments]
    return table(columns, rows, features=(value,) if value else ())


def _row(found: Profile, tier: SegmentSummary) -> tuple[str | float | None, ...]:
    if tier not in found.shown:
        return (tier.name, *(None,) * 7)
    reach = _reach(found, tier.number)
    ends = (
        (reach.minimum, reach.median, reach.maximum) if reach else (None, tier.value_median, None)
    )
    return (tier.name, tier.size, tier.share, tier.value_total, tier.value_share, *ends)


def _key_figures(found: Profile) -> Iterator[Component]:
    """Yield what all hold together, and how many are in the highest tier with what share of it."""
    first, label = found.shown[0], _label(found)

    def said(amount: float | None) -> str:
        return money(None if amount is None else round(amount), found.currency, compact=True)

    known = [tier.value_total for tier in found.segments if tier.value_total is not None]
    if known:
        everyone = _reach(found, None)
        note = f"median {said(everyone.median)} per customer" if everyone else ""
        value = _value(found)
        head = feature_label(label, value.name) if value else label
        yield kpi_card(head, said(sum(known)), note)
    yield kpi_card(f"In {first.name}", count(first.size), f"{percent(first.share)} of customers")
    yield kpi_card(
        f"Held by {first.name}", percent(first.value_share, 0), f"of {in_sentence(label)}"
    )
    if reach := _reach(found, first.number):
        note = f"median {said(reach.median)} in {first.name}"
        yield kpi_card(f"{first.name} begins at", said(reach.minimum), note)


def _shares(found: Profile) -> Component:
    chart = segment_shares(
        found.shown,
        theme=found.theme,
        currency=found.currency,
        value=_value(found),
    )
    return found.drawn(chart, "tiers")


def _tiers_card(found: Profile) -> Component:
    title = "From the highest tier to the lowest"
    return card(
        title,
        data_table(tiers_table(found), currency=found.currency, caption=title),
        html.P(found.facts.choice_reason, className="card-subtitle"),
        subtitle=f"Lowest, median and highest: {in_sentence(_label(found))} of one customer. Tiers "
        f"under {found.smallest} customers are not told",
    )


def _label(found: Profile) -> str:
    value = _value(found)
    return value.label if value else "Value"


def _value(found: Profile) -> FeatureInfo | None:
    return next(iter(found.facts.named([found.view.lens.value_feature or ""])), None)


def _reach(found: Profile, segment: int | None) -> FeatureStatistic | None:
    name = found.view.lens.value_feature
    rows = found.facts.statistics
    return next((row for row in rows if (row.segment, row.feature) == (segment, name)), None)
