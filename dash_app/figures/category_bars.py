"""Who is in each segment: the levels of one category as parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import CategoryCount, FeatureInfo, SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    BESIDE_NAMES,
    NAMES_WIDTH,
    empty_chart,
    layout,
    legend,
    legend_height,
    row_height,
    rows_axis,
    value_axis,
)
from dash_app.figures.colour import ink_on, ramp
from dash_app.figures.lookup import names_and_colours
from dash_app.figures.text import escape, named, wrap
from dash_app.formats import percent, points, whole_percent
from dash_app.theme import Theme

_UNKNOWN = "Unknown"  # the level of customers whose value is missing
_MOST = 6  # levels drawn by themselves; the rarest beyond are one part
Shares = dict[int | None, dict[str, tuple[int, float]]]  # segment → level → (n, share)


def category_bars(
    counts: Sequence[CategoryCount],
    segments: Sequence[SegmentSummary],
    category: FeatureInfo,
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return 100 % bars per segment under that of all customers, in shades of the row's colour."""
    mine = [count for count in counts if count.feature == category.name]
    if not mine or not segments:
        return empty_chart(
            theme,
            f"{category.label}: nothing to show",
            f"No segment has values of {category.label}.",
            "Choose another feature.",
        )
    shares, levels = _pooled(mine, category)
    groups = [group for group in names_and_colours(segments, theme) if group[0] in shares]
    top = legend_height(levels, BESIDE_NAMES)
    height = row_height([name for _, name, _ in groups], 44, NAMES_WIDTH) * len(groups) + top + 34
    shades = [ramp(colour, theme, len(levels)) for _, _, colour in groups]
    figure = {
        "data": [
            _part(level, [shade[position] for shade in shades], groups, shares, theme)
            for position, level in enumerate(levels)
        ],
        "layout": layout(
            theme,
            height,
            right=14,
            barmode="stack",
            bargap=0.34,
            showlegend=True,
            legend=legend(theme, traceorder="normal"),
            uniformtext={"mode": "hide", "minsize": 10},
            xaxis=value_axis(theme, range=[0, 1], tickformat=".0%", nticks=5, showgrid=False),
            yaxis=rows_axis(theme, [name for _, name, _ in groups], NAMES_WIDTH),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(category, segments, shares, levels),
        subtitle=f"{category.label}: share of each segment's customers, strongest shade first",
        summary=" ".join(_sentence(name, shares[number]) for number, name, _ in groups),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Customers", Kind.COUNT),
                *(TableColumn(level, Kind.SHARE) for level in levels),
            ),
            [
                (
                    name,
                    sum(n for n, _ in shares[number].values()),
                    *(shares[number].get(level, (0, 0.0))[1] for level in levels),
                )
                for number, name, _ in groups
            ],
            features=(category,),
        ),
        height=height,
    )


def _pooled(counts: Sequence[CategoryCount], category: FeatureInfo) -> tuple[Shares, list[str]]:
    """Return the shares and levels: in their order, or the most frequent first."""
    total: dict[str, int] = {}
    for count in counts:
        total[count.level] = total.get(count.level, 0) + count.n
    order = {level: position for position, level in enumerate(category.levels)}
    levels = sorted(total, key=lambda level: (order.get(level, len(order)), -total[level], level))
    shares: Shares = {}
    if len(levels) <= _MOST:
        for count in counts:
            shares.setdefault(count.segment, {})[count.level] = (count.n, count.share)
        return shares, levels
    kept = sorted(levels, key=lambda level: -total[level])[: _MOST - 1]
    others = f"{len(levels) - len(kept)} others"
    for count in counts:
        level = count.level if count.level in kept else others
        n, share = shares.setdefault(count.segment, {}).get(level, (0, 0.0))
        shares[count.segment][level] = (n + count.n, share + count.share)
    return shares, [*(level for level in levels if level in kept), others]


def _part(
    level: str,
    shades: Sequence[str],
    groups: Sequence[tuple[int | None, str, str]],
    shares: Shares,
    theme: Theme,
) -> PlotlyDict:
    values = [shares[number].get(level, (0, 0.0)) for number, _, _ in groups]
    return {
        "type": "bar",
        "orientation": "h",
        "name": wrap(level, 28, 1),
        "y": list(range(len(groups))),
        "x": [share for _, share in values],
        "marker": {"color": list(shades), "line": {"color": theme.surface, "width": 1}},
        "text": [whole_percent(share) for _, share in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "inside",
        "textfont": {"size": 11, "color": [ink_on(shade) for shade in shades]},
        "hoverinfo": "text",
        "hovertext": [
            escape(f"{percent(share)} of {name} ({n:,} customers): {level}.")
            for (n, share), (_, name, _) in zip(values, groups, strict=True)
        ],
    }


def _finding(
    category: FeatureInfo,
    segments: Sequence[SegmentSummary],
    shares: Shares,
    levels: Sequence[str],
) -> str:
    """Return the level that departs most from all customers, counted in points."""
    everyone = shares.get(None, {})
    apart = [
        (share - everyone[level][1], segment.name, level)
        for segment in segments
        for level, (_, share) in sorted(shares.get(segment.number, {}).items())
        if level in everyone and level in levels and level != _UNKNOWN and not segment.is_rule
    ]
    if not apart or abs(max(apart, key=lambda entry: abs(entry[0]))[0]) < 0.05:
        return f"{category.label} differs little between segments"
    difference, name, level = max(apart, key=lambda entry: abs(entry[0]))
    return f"{level}: {points(difference)} in {named(name)} vs all customers"


def _sentence(name: str, of_level: dict[str, tuple[int, float]]) -> str:
    ranked = sorted(of_level.items(), key=lambda item: (-item[1][1], item[0]))[:3]
    words = ", ".join(f"{level} {percent(share)} ({n:,})" for level, (n, share) in ranked)
    return f"{name}: {words}."
