"""How the values of one feature are spread among all customers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from core.features.base import Kind
from core.readmodels import FeatureInfo
from core.snapshot_facts import FeatureProfile
from dash_app.figures.amounts import exact, short
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    bare_axis,
    empty_chart,
    layout,
    note,
    row_height,
    rows_axis,
    value_axis,
)
from dash_app.figures.ranges import Scale, range_words, scale_of
from dash_app.figures.text import escape
from dash_app.formats import percent
from dash_app.theme import Theme

_HEIGHT = 280


def column_values(
    profile: FeatureProfile,
    feature: FeatureInfo,
    *,
    theme: Theme,
    currency: str = "USD",
) -> Chart:
    """Return columns over ranges of a number, or a bar per level of a category."""
    if any(profile.counts):
        return _numbers(profile, feature, theme, currency)
    if any(profile.level_counts):
        return _levels(profile, feature, theme)
    return empty_chart(
        theme,
        f"{feature.label}: nothing to show",
        "No value is shared by enough customers to be shown.",
        "Choose another feature.",
    )


def _numbers(profile: FeatureProfile, feature: FeatureInfo, theme: Theme, currency: str) -> Chart:
    total = sum(profile.counts)
    shares = [count / total for count in profile.counts]
    scale = scale_of(profile.edges)
    ranges = [
        range_words(low, high, feature, currency, brief=True)
        for low, high in pairwise(profile.edges)
    ]
    tallest = max(shares)
    figure = {
        "data": [
            {
                "type": "bar",
                "x": [(low + high) / 2 for low, high in pairwise(scale.places)],
                "width": [high - low for low, high in pairwise(scale.places)],
                "y": shares,
                "marker": {"color": theme.accent, "line": {"color": theme.surface, "width": 1}},
                "hoverinfo": "text",
                "hovertext": [
                    escape(
                        f"{percent(share)} of customers ({count:,}) have "
                        f"{range_words(low, high, feature, currency)}."
                    )
                    for share, count, (low, high) in zip(
                        shares, profile.counts, pairwise(profile.edges), strict=True
                    )
                ],
            }
        ],
        "layout": layout(
            theme,
            _HEIGHT,
            right=14,
            top=30,
            bargap=0,
            xaxis=value_axis(
                theme,
                _axis_title(feature, currency),
                range=[scale.places[0], scale.places[-1]],
                showgrid=False,
                **_ticks(scale, feature, currency),
            ),
            yaxis=value_axis(theme, range=[0, 1.06 * tallest], tickformat=".0%", nticks=4),
            **_median_mark(profile, feature, scale, theme, currency),
        ),
    }
    middle = exact(profile.median, feature, currency)
    return Chart(
        figure=figure,
        title=_finding(profile, feature, middle),
        subtitle=f"{feature.label}: share of customers per range; "
        f"the line is the median{scale.remark}",
        summary=f"{feature.label} goes from {exact(profile.minimum, feature, currency)} to "
        f"{exact(profile.maximum, feature, currency)}, with {middle} in the middle.",
        table=table(
            (
                TableColumn("Range"),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Share", Kind.SHARE),
            ),
            list(zip(ranges, profile.counts, shares, strict=True)),
            features=(feature,),
        ),
        height=_HEIGHT,
    )


def _finding(profile: FeatureProfile, feature: FeatureInfo, middle: str) -> str:
    if feature.kind == Kind.FLAG:
        return f"{feature.label}: {percent(profile.mean)} of customers"
    if profile.median in (profile.minimum, profile.maximum):
        return f"{feature.label}: {middle} for at least half of the customers"
    return f"{feature.label}: half of the customers are above {middle}"


def _levels(profile: FeatureProfile, feature: FeatureInfo, theme: Theme) -> Chart:
    total = max(profile.n, 1)
    rows = list(zip(profile.levels, profile.level_counts, strict=True))
    if not feature.levels:
        rows.sort(key=lambda row: (-row[1], row[0]))
    names = [level for level, _ in rows]
    shares = [count / total for _, count in rows]
    height = row_height(names, 30, 20, 2) * len(rows) + 20
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": list(range(len(rows))),
                "x": shares,
                "marker": {"color": theme.accent, "line": {"width": 0}},
                "text": [percent(share) for share in shares],
                "textposition": "outside",
                "textfont": {"size": 12},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    escape(f"{name}: {percent(share)} of customers ({count:,}).")
                    for (name, count), share in zip(rows, shares, strict=True)
                ],
            }
        ],
        "layout": layout(
            theme,
            height,
            right=58,
            bargap=0.42,
            barcornerradius=2,
            xaxis=bare_axis(range=[0, max(shares)]),
            yaxis=rows_axis(theme, names, 20, 2),
        ),
    }
    most, share = max(zip(names, shares, strict=True), key=lambda entry: entry[1])
    return Chart(
        figure=figure,
        title=f"{feature.label}: {percent(share)} are {most}",
        subtitle="Share of customers with a known value",
        summary=" ".join(
            f"{name}: {percent(share)}." for name, share in zip(names, shares, strict=True)
        ),
        table=table(
            (
                TableColumn(feature.label),
                TableColumn("Customers", Kind.COUNT),
                TableColumn("Share", Kind.SHARE),
            ),
            [(name, count, share) for (name, count), share in zip(rows, shares, strict=True)],
            features=(feature,),
        ),
        height=height,
    )


def _axis_title(feature: FeatureInfo, currency: str) -> str:
    unit = feature.unit or (currency if feature.kind == Kind.MONEY else "")
    is_said = unit == feature.label.lower()
    return f"{feature.label}, {unit}" if unit and not is_said else feature.label


def _median_mark(
    profile: FeatureProfile, feature: FeatureInfo, scale: Scale, theme: Theme, currency: str
) -> PlotlyDict:
    if profile.median is None:
        return {}
    at = scale.place(profile.median)
    first, last = scale.places[0], scale.places[-1]
    place = (at - first) / ((last - first) or 1)
    anchor = "left" if place < 0.2 else "right" if place > 0.8 else "center"
    label = f"median {short(profile.median, feature, currency)}"
    line = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    return {
        "shapes": [{**line, "line": {"color": theme.ink, "width": 1, "dash": "dot"}}],
        "annotations": [
            note(theme, escape(label), x=at, y=1, yref="paper", xanchor=anchor, yanchor="bottom")
        ],
    }


def _ticks(scale: Scale, feature: FeatureInfo, currency: str) -> PlotlyDict:
    """Return ticks in the feature's own words, as many as have room."""
    ends: Sequence[float] = scale.edges if not scale.is_to_scale else scale.places
    if scale.is_whole:
        ends = [(low + high) / 2 for low, high in pairwise(scale.edges)]
        places = [(low + high) / 2 for low, high in pairwise(scale.places)]
    else:
        places = list(scale.places)
    every = max(-(-len(ends) // 6), 1)
    return {
        "tickmode": "array",
        "tickvals": places[::every],
        "ticktext": [escape(short(value, feature, currency)) for value in ends[::every]],
        "tickangle": 0,
        "ticklabelstandoff": 5,
    }
