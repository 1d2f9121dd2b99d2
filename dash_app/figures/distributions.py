"""How one number is spread in each segment: a strip of columns per segment, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, Histogram, SegmentSummary
from dash_app.figures.amounts import exact, short
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import NAMES_WIDTH, empty_chart, label_axis, layout, value_axis
from dash_app.figures.lookup import EVERYONE, names_and_colours
from dash_app.figures.ranges import Scale, is_one_number, range_words, scale_of
from dash_app.figures.text import escape, named
from dash_app.formats import percent
from dash_app.theme import Theme

_STRIP = 58  # pixels per segment
_FILLED = 0.82  # of a strip that its tallest column takes, its own or everyone's
_WHOLE_TICKS = 9  # edges up to which every whole number has a tick


def distributions(
    histograms: Sequence[Histogram],
    segments: Sequence[SegmentSummary],
    feature: FeatureInfo,
    *,
    theme: Theme,
    currency: str = "USD",
    statistics: Sequence[FeatureStatistic] = (),
) -> Chart:
    """Return a strip per segment: columns are shares of its customers, the outline everyone's.

    Medians are those of ``statistics``; where there is none, they are found within their range.
    """
    by_segment = {h.segment: h for h in histograms if h.feature == feature.name and any(h.counts)}
    groups = [group for group in names_and_colours(segments, theme) if group[0] in by_segment]
    if not groups:
        return empty_chart(
            theme,
            f"{feature.label}: nothing to show",
            f"No segment has values of {feature.label}.",
            "Choose another feature.",
        )
    shares = {number: _shares(histogram) for number, histogram in by_segment.items()}
    everyones = shares.get(None, [0.0])
    edges = by_segment[groups[0][0]].edges
    scale = scale_of(edges)
    height = _STRIP * len(groups) + 56
    exact_medians = {row.segment: row.median for row in statistics if row.feature == feature.name}
    medians = {
        number: _median(histogram) if (known := exact_medians.get(number)) is None else known
        for number, histogram in by_segment.items()
    }
    by_rule = {segment.number for segment in segments if segment.is_rule}
    traces = []
    for row, (number, name, colour) in enumerate(groups):
        base = float(len(groups) - 1 - row)
        tallest = max(*shares[number], *everyones)
        heights = [round(_FILLED * share / tallest, 5) for share in shares[number]]
        traces.append(
            _columns(
                scale.places,
                heights,
                base,
                colour,
                _hover(name, by_segment[number], feature, currency),
            )
        )
        if number is not None and None in shares:
            outline = [round(_FILLED * share / tallest, 5) for share in everyones]
            traces.append(_outline(scale.places, outline, base, theme))
    traces.append(_middles([scale.place(medians[number]) for number, _, _ in groups], theme))
    unit = feature.unit or (currency if feature.kind == Kind.MONEY else "")
    title = f"{feature.label}, {unit}" if unit and unit != feature.label.lower() else feature.label
    figure = {
        "data": traces,
        "layout": layout(
            theme,
            height,
            right=14,
            bargap=0,
            barmode="overlay",
            xaxis=value_axis(
                theme,
                title,
                range=[scale.places[0], scale.places[-1]],
                **_ticks(scale, feature, currency),
            ),
            yaxis={
                **label_axis(theme, [name for _, name, _ in reversed(groups)], NAMES_WIDTH),
                "tickvals": [index + 0.3 for index in range(len(groups))],
                "range": [-0.12, len(groups)],
            },
        ),
    }
    columns = [
        range_words(low, high, feature, currency, brief=True) for low, high in pairwise(edges)
    ]
    return Chart(
        figure=figure,
        title=_finding(
            [group for group in groups if group[0] not in by_rule], medians, feature, currency
        ),
        subtitle=f"{feature.label}: share of customers per range; the outline is all customers, "
        f"the triangle the middle one; each strip fills its height{scale.remark}",
        summary=" ".join(
            f"{name}: half are above about {exact(_round(medians[number]), feature, currency)}."
            for number, name, _ in groups
        ),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Customers", Kind.COUNT),
                *(TableColumn(column, Kind.SHARE) for column in columns),
            ),
            [(name, sum(by_segment[number].counts), *shares[number]) for number, name, _ in groups],
            features=(feature,),
        ),
        height=height,
    )


def _shares(histogram: Histogram) -> list[float]:
    total = sum(histogram.counts)
    return [count / total for count in histogram.counts]


def _columns(
    at: Sequence[float], heights: Sequence[float], base: float, colour: str, hover: list[str]
) -> PlotlyDict:
    return {
        "type": "bar",
        "x": [(low + high) / 2 for low, high in pairwise(at)],
        "width": [high - low for low, high in pairwise(at)],
        "y": list(heights),
        "base": base,
        "marker": {"color": colour, "opacity": 0.75, "line": {"width": 0}},
        "hoverinfo": "text",
        "hovertext": hover,
    }


def _outline(
    at: Sequence[float], heights: Sequence[float], base: float, theme: Theme
) -> PlotlyDict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(at),
        "y": [base + height for height in (*heights, heights[-1])],
        "line": {"color": theme.ink, "width": 1, "shape": "hv"},
        "opacity": 0.55,
        "hoverinfo": "skip",
    }


def _middles(places: Sequence[float], theme: Theme) -> PlotlyDict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(places),
        "y": [len(places) - 1 - row - 0.05 for row in range(len(places))],
        "marker": {"symbol": "triangle-up", "size": 8, "color": theme.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _ticks(scale: Scale, feature: FeatureInfo, currency: str) -> PlotlyDict:
    """Return ticks in the feature's own words; at edges where the axis is not to scale."""
    if scale.is_to_scale:
        prefix = escape(short(0, feature, currency)[:-1]) if feature.kind == Kind.MONEY else ""
        form = ".0%" if feature.kind in (Kind.SHARE, Kind.FLAG) else ",~s"
        few = scale.is_whole and len(scale.edges) <= _WHOLE_TICKS
        step = {"dtick": 1} if few else {"nticks": 5 if prefix else 7}
        return {"tickprefix": prefix, "tickformat": form, "tickangle": 0, **step}
    every = -(-(len(scale.edges) - 1) // 5)
    shown = list(range(0, len(scale.edges), every))
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [escape(short(scale.edges[index], feature, currency)) for index in shown],
        "tickangle": 0,
    }


def _hover(name: str, histogram: Histogram, feature: FeatureInfo, currency: str) -> list[str]:
    total = sum(histogram.counts)
    return [
        escape(
            f"{name}: {percent(count / total)} ({count:,} customers), {feature.label} "
            f"{range_words(low, high, feature, currency)}."
        )
        for count, (low, high) in zip(histogram.counts, pairwise(histogram.edges), strict=True)
    ]


def _median(histogram: Histogram) -> float:
    """Return the median, taking customers as evenly spread within a range."""
    half, passed = sum(histogram.counts) / 2, 0.0
    for count, (low, high) in zip(histogram.counts, pairwise(histogram.edges), strict=True):
        if passed + count >= half and is_one_number(low, high):
            return (low + high) / 2
        if passed + count >= half:
            return low + (high - low) * (half - passed) / count if count else low
        passed += count
    return histogram.edges[-1]


def _round(value: float) -> float:
    return float(f"{value:.2g}")


def _finding(
    groups: Sequence[tuple[int | None, str, str]],
    medians: dict[int | None, float],
    feature: FeatureInfo,
    currency: str,
) -> str:
    known = [(medians[number], name) for number, name, _ in groups if number is not None]
    if len(known) < 2 or None not in medians:
        return f"{feature.label} of {known[0][1] if known else EVERYONE.lower()}"
    value, name = max(known, key=lambda entry: abs(entry[0] - medians[None]))
    here = short(_round(value), feature, currency)
    return (
        f"{feature.label}: about {here} in the middle of {named(name)}, "
        f"{short(_round(medians[None]), feature, currency)} of all customers"
    )
