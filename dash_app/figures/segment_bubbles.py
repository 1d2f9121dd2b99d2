"""Segments as bubbles: how large, what they are worth, and one feature of choice."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo, FeatureStatistic, SegmentSummary
from dash_app.figures.amounts import exact, short, typical_column
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, legend, legend_height, value_axis
from dash_app.figures.colour import quiet
from dash_app.figures.lookup import indexed, others_in_grey, told_apart, typical
from dash_app.figures.text import escape, in_sentence, named, wrap
from dash_app.formats import count, format_value, percent
from dash_app.theme import Theme

_PLOT = 300  # pixels
_LARGEST = 64  # pixels across
_LOG_FROM = 30  # times that the largest is the smallest, from which an axis is logarithmic
_Spot = tuple[SegmentSummary, float, float]  # segment, feature, value


def segment_bubbles(
    segments: Sequence[SegmentSummary],
    statistics: Sequence[FeatureStatistic],
    feature: FeatureInfo,
    *,
    theme: Theme,
    currency: str = "USD",
    value: FeatureInfo | None = None,
    focus: str | None = None,
) -> Chart:
    """Return a bubble per segment: feature across, value up, customers as area.

    Each carries its segment's key as customdata; all but the ``focus`` (a key) are fainter.
    """
    value_label = in_sentence(value.label) if value else "value"
    found = indexed(statistics)
    spots = [
        (segment, x, segment.value_median)
        for segment in segments
        if (x := typical(found, segment.number, feature)) is not None
        and segment.value_median is not None
    ]
    if not spots:
        return empty_chart(
            theme,
            "No segment has both a value and this feature",
            "Bubbles need the median of a value and of a feature.",
            "Choose another feature.",
        )
    apart = told_apart([segment for segment, _, _ in spots])
    largest = max(segment.size for segment, _, _ in spots)
    said = [_sentence(spot, feature, value_label, currency) for spot in spots]
    names = [segment.name for segment, _, _ in spots if segment.number in apart]
    top = legend_height(names)
    figure = {
        "data": [
            _bubble(
                spot,
                words,
                largest,
                theme.segment_colour(spot[0].colour) if spot[0].number in apart else quiet(theme),
                is_named=spot[0].number in apart,
                is_faint=focus is not None and spot[0].key != focus,
            )
            for spot, words in sorted(
                zip(spots, said, strict=True), key=lambda one: -one[0][0].size
            )
        ],
        "layout": layout(
            theme,
            _PLOT + top,
            top=8,
            showlegend=True,
            legend=legend(theme, itemsizing="constant", traceorder="normal"),
            xaxis=_axis(
                theme,
                typical_column(feature).label,
                [x for _, x, _ in spots],
                lambda value: short(value, feature, currency),
            ),
            yaxis=_axis(
                theme,
                f"Median {value_label}",
                [y for _, _, y in spots],
                lambda value: format_value(value, Kind.MONEY, "", currency, compact=True),
            ),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(spots, value_label, currency),
        subtitle=f"Median {value_label} against {_lower(typical_column(feature).label)}; the area "
        f"counts customers; click a bubble to put its segment in focus{others_in_grey(segments)}",
        summary=" ".join(said),
        table=table(
            (
                TableColumn("Segment"),
                TableColumn("Customers", Kind.COUNT),
                typical_column(feature),
                TableColumn(f"Median {value_label}", Kind.MONEY),
            ),
            [(segment.name, segment.size, x, y) for segment, x, y in spots],
            features=(feature,) if value is None else (feature, value),
        ),
        height=_PLOT + top,
    )


def _bubble(
    spot: _Spot, words: str, largest: int, colour: str, *, is_named: bool, is_faint: bool
) -> PlotlyDict:
    segment, x, y = spot
    return {
        "type": "scatter",
        "mode": "markers",
        "name": wrap(segment.name, 28, 2),
        "showlegend": is_named,
        "x": [x],
        "y": [y],
        "customdata": [segment.key],
        "marker": {
            "color": colour,
            "opacity": 0.25 if is_faint else 0.8,
            "size": [round(max(_LARGEST * math.sqrt(segment.size / largest), 10), 1)],
            "line": {"width": 1, "color": colour},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [escape(words)],
    }


def _axis(
    theme: Theme, title: str, values: Sequence[float], words: Callable[[float], str]
) -> PlotlyDict:
    """Return an axis with room for bubbles, logarithmic where values lie far apart."""
    low, high = min(values), max(values)
    if low > 0 and high / low >= _LOG_FROM:
        limits = (math.log10(low) - 0.35, math.log10(high) + 0.35)
        ticks = [10.0**power for power in range(math.floor(limits[0]), math.ceil(limits[1]) + 1)]
        shown = [tick for tick in ticks if limits[0] <= math.log10(tick) <= limits[1]]
        form: PlotlyDict = {"type": "log", "range": [round(limit, 4) for limit in limits]}
    else:
        air = 0.2 * ((high - low) or abs(high) or 1.0)
        form = {"range": [low - air, high + air]}
        step = _round_step((high - low + 2 * air) / 5)
        first = math.ceil((low - air) / step)
        shown = [step * at for at in range(first, math.floor((high + air) / step) + 1)]
        shown = [tick for tick in shown if tick >= 0 or low < 0]
    return value_axis(
        theme,
        title,
        **form,
        tickmode="array",
        tickvals=shown,
        ticktext=[escape(words(tick)) for tick in shown],
        tickangle=0,
    )


def _round_step(step: float) -> float:
    """Return the next of 1, 2, 5, 10, … that is no less."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= step * 0.999)


def _sentence(spot: _Spot, feature: FeatureInfo, value_label: str, currency: str) -> str:
    segment, x, y = spot
    return (
        f"{segment.name}: {count(segment.size)} customers ({percent(segment.share)}), "
        f"{_lower(feature.label)} {exact(x, feature, currency)} and {value_label} "
        f"{format_value(y, Kind.MONEY, '', currency)} at the median."
    )


def _finding(spots: Sequence[_Spot], value_label: str, currency: str) -> str:
    segment, _, value = max(spots, key=lambda spot: spot[2])
    worth = format_value(value, Kind.MONEY, "", currency, compact=True)
    if len(spots) == 1:
        return f"Median {value_label}: {worth}"
    return (
        f"Most {value_label} per customer in {named(segment.name)}: {worth} at the median, "
        f"{percent(segment.share, 0)} of customers"
    )


def _lower(label: str) -> str:
    return in_sentence(label)
