"""The RFM sub-view: cells and features in, the heat map, the groups and the cut points out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.insight.rfm_view import Cuts, RfmShare, RfmView, rfm_view
from core.readmodels import FeatureInfo, RfmOverview, SegmentSummary, Stability
from core.rule_groups import LEVELS
from dash_app.components.cards import card, cell, grid, lead_sentence
from dash_app.components.charts import chart_with_table
from dash_app.components.forms import field
from dash_app.components.heights import as_tall_as
from dash_app.components.tables import data_table
from dash_app.components.words import feature_label, only_read_aloud
from dash_app.figures.base import Table, TableColumn
from dash_app.figures.rfm_heat import rfm_heat
from dash_app.figures.segment_shares import segment_shares
from dash_app.figures.text import in_sentence
from dash_app.formats import count, format_value, percent
from dash_app.theme import Theme

CUT, RESULT = "behavioural-rfm-cut", "behavioural-rfm-result"
_EXPLAINED = (
    "Each feature is scored 1 to 5 by four cut points, at first those of the run, which lie "
    "between fifths of the customers it was fitted on; the same value always has the same score. "
    "Choose others to try them out: the drawings follow at once, and nothing is stored."
)


def rfm_page(
    overview: RfmOverview,
    features: Sequence[FeatureInfo],
    result: Sequence[Component],
    currency: str,
    run: int,
    smallest: int,
    groups: Sequence[SegmentSummary] = (),
) -> Component:
    """Return the lead sentence, the place of the drawings, and the cut points to choose."""
    return html.Div(
        [
            lead_sentence(
                _lead(overview, _named(rfm_view(overview), groups), features[2], smallest)
            ),
            html.Div(list(result), id={"type": RESULT, "run": run}, className="stack"),
            _cut_points(overview, features, currency, run),
        ],
        className="stack",
    )


def preview(
    overview: RfmOverview,
    features: Sequence[FeatureInfo],
    cuts: Cuts | None,
    theme: Theme,
    currency: str,
    smallest: int,
    groups: Sequence[SegmentSummary] = (),
) -> list[Component]:
    """Return heat map, bars and table with the run's cut points, or with those chosen.

    ``groups`` are those of the run's lens of RFM groups, whose names and colours are used.

    Raises
    ------
    UsageError
        The cut points fall, or are not among those that can be chosen.
    """
    found = _named(rfm_view(overview, cuts), groups)
    colours = [one.colour for one in groups] or range(len(found.groups))
    is_preview = cuts is not None and cuts != overview.cuts
    heat = rfm_heat(
        overview,
        theme=theme,
        currency=currency,
        cuts=cuts,
        frequency_unit=_times(features[1]),
        suppress_below=smallest,
    )
    shown = [one for one in found.groups if one.customers >= smallest]
    bars = segment_shares(
        [
            _as_segment(at, one, colour)
            for at, (one, colour) in enumerate(zip(found.groups, colours, strict=True))
            if one in shown
        ],
        theme=theme,
        currency=currency,
        value=features[2],
    )
    said = "Preview with the cut points below; nothing is stored." if is_preview else ""
    return [
        *([html.P(said, className="card-subtitle", role="status")] if said else []),
        grid(
            cell(
                chart_with_table(
                    as_tall_as(heat, bars.height),
                    chart_id="behavioural-rfm-heat",
                    currency=currency,
                ),
                7,
            ),
            cell(chart_with_table(bars, chart_id="behavioural-rfm-groups", currency=currency), 5),
            cell(_groups_card(found, features[2], currency, smallest), 12),
        ),
    ]


def _named(found: RfmView, groups: Sequence[SegmentSummary]) -> RfmView:
    """Return the groups under the names that they have as segments of a lens."""
    if not groups:
        return found
    named = [replace(one, name=group.name) for one, group in zip(found.groups, groups, strict=True)]
    return replace(found, groups=tuple(named))


def _lead(overview: RfmOverview, found: RfmView, money: FeatureInfo, smallest: int) -> str:
    largest = max(found.groups, key=lambda one: one.customers)
    shown = [one for one in found.groups if one.customers >= smallest] or [largest]
    richest = max(shown, key=lambda one: one.money)
    lead = (
        f"**{percent(largest.share)}** of {count(found.customers)} customers are **{largest.name}**"
    )
    if richest.money_share is not None:
        whose = "with" if richest is largest else f"and **{richest.name}** have"
        lead += f", {whose} {percent(richest.money_share)} of {in_sentence(money.label)}"
    if overview.without:
        them = "customer has" if overview.without == 1 else "customers have"
        lead += f". {count(overview.without)} {them} no date to be placed by and take no part"
    return f"{lead}."


def _groups_card(found: RfmView, money: FeatureInfo, currency: str, smallest: int) -> Component:
    columns = (
        TableColumn("Group"),
        TableColumn("What they do"),
        TableColumn("Customers", Kind.COUNT),
        TableColumn("Share", Kind.SHARE),
        TableColumn(money.label, Kind.MONEY),
        TableColumn(f"Share of {money.label.lower()}", Kind.SHARE),
    )
    rows = []
    for one in found.groups:
        numbers = (one.customers, one.share, one.money, one.money_share)
        is_small = 0 < one.customers < smallest
        told = (None,) * 5 if is_small else (one.sentence, *numbers)
        rows.append((one.name, *told))
    return card(
        "Named groups: everybody is in exactly one",
        data_table(
            Table(columns, tuple(rows), (money,)),
            currency=currency,
            caption="Named groups, size and value",
        ),
        subtitle="What they do: by their mean scores, and by their "
        f"{in_sentence(money.label)} per customer against that of all. "
        f"Groups under {smallest} customers are not counted out.",
    )


def _cut_points(
    overview: RfmOverview, features: Sequence[FeatureInfo], currency: str, run: int
) -> Component:
    """Return four choices per feature; the options are the edges that the pipeline counted by."""
    rows = [
        html.Fieldset(
            [
                html.Legend(feature_label(feature.label, feature.name), className="cut-legend"),
                html.Div(
                    [
                        _choice(
                            {"type": CUT, "run": run, "feature": at, "at": number},
                            value,
                            overview.edges[at],
                            feature,
                            currency,
                        )
                        for number, value in enumerate(overview.cuts[at])
                    ],
                    className="cut-points",
                ),
            ]
        )
        for at, feature in enumerate(features)
    ]
    return card("Cut points", *rows, subtitle=_EXPLAINED)


def _choice(
    identity: dict[str, str | int],
    value: float,
    edges: tuple[float, ...],
    feature: FeatureInfo,
    currency: str,
) -> Component:
    at = int(identity["at"])
    score = LEVELS - at if identity["feature"] == 0 else at + 1  # recent is good
    select = dbc.Select(
        id=identity,
        value=repr(value),
        options=[
            {
                "label": f"up to {format_value(edge, feature.kind, feature.unit, currency)}",
                "value": repr(edge),
            }
            for edge in edges
        ],
    )
    as_text = json.dumps(identity, sort_keys=True, separators=(",", ":"))  # as Dash writes it
    return field([f"Score {score}", only_read_aloud(feature.label)], select, field_id=as_text)


def _times(frequency: FeatureInfo) -> str:
    return frequency.unit if frequency.unit != "days" else "active days"


def _as_segment(at: int, one: RfmShare, colour: int) -> SegmentSummary:
    """Return a group as the bars draw segments."""
    return SegmentSummary(
        number=at,
        key=one.name,
        name=one.name,
        sentence=one.sentence,
        colour=colour,
        is_rule=True,
        size=one.customers,
        share=one.share,
        value_total=one.money,
        value_share=one.money_share,
        value_median=None,
        jaccard=None,
        stability=Stability.BY_RULE,
        rule="",
        rule_precision=None,
        rule_recall=None,
    )
